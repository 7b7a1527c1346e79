import { z } from 'zod'
import {
  basedOn,
  command,
  html,
  id,
  instant,
  line,
  listOf,
  page,
  query,
  queryBoolean,
  queryList,
  ref,
  refusals,
} from './action.ts'

export const ticketKind = z.enum(['incident', 'request'])
export const ticketStates = [
  'new',
  'in_progress',
  'waiting_requester',
  'waiting_vendor',
  'waiting_change',
  'resolved',
  'closed',
] as const
export const ticketState = z.enum(ticketStates)
export type TicketState = z.output<typeof ticketState>
/** What was asked for is done: nothing of it falls due, and it may be reopened for a while. */
export const isDone = (state: string): boolean => state === 'resolved' || state === 'closed'
/** 1 high, 2 medium, 3 low (ITIL 4 impact and urgency). */
export const level = z.int().min(1).max(3)
/** 1 critical, 2 high, 3 moderate, 4 low, 5 planning. */
export const priority = z.int().min(1).max(5)
/** A ticket is named by its id or its reference (`INC-1042`). */
export const ticketKey = z.string().min(1).max(60)

/** The clock that matters most on a ticket: the earliest that runs, else the one with least left. */
export const clockFace = z.object({
  commitment: id,
  kind: z.string(),
  phase: z.enum(['running', 'paused']),
  dueAt: instant.nullable(),
  remainingSeconds: z.int().nullable(),
  /** The due moment has passed. */
  late: z.boolean(),
})
export type ClockFace = z.output<typeof clockFace>

export const ticketRow = z.object({
  id,
  reference: z.string(),
  version: z.int(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  impact: level,
  urgency: level,
  priority,
  queue: ref,
  assignee: ref.nullable(),
  requester: ref.nullable(),
  category: ref.nullable(),
  confidential: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  /** The last thing a person did or said on it. */
  lastActivityAt: instant,
  lastNote: z.object({ excerpt: z.string(), by: z.string().nullable(), at: instant, public: z.boolean() }).nullable(),
  due: clockFace.nullable(),
  refusals,
})
export type TicketRow = z.output<typeof ticketRow>

export const attachment = z.object({ id, name: z.string(), type: z.string(), size: z.int(), inline: z.boolean() })

/** The mail a text came as; its raw message is shown to whoever works on the ticket. */
export const mailOrigin = z.object({
  id,
  from: z.object({ name: z.string(), address: z.string() }),
  /** What the sender is to the ticket; `automatic`: no person wrote it. */
  standing: z.enum(['participant', 'outsider', 'automatic']),
})

/** One clock of a ticket as the side panel shows it. */
export const ticketClock = z.object({
  commitment: id,
  kind: z.string(),
  /** Of a commitment made by hand. */
  title: z.string().nullable(),
  party: z.enum(['customer', 'team', 'vendor']),
  phase: z.enum(['running', 'paused', 'stopped', 'cancelled', 'waived']),
  dueAt: instant.nullable(),
  remainingSeconds: z.int().nullable(),
  targetSeconds: z.int().nullable(),
  targetDays: z.int().nullable(),
  late: z.boolean(),
  breachedAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  serviceLevel: ref.nullable(),
  owner: z.object({ kind: z.enum(['person', 'team']), id, name: z.string(), fallback: z.boolean() }),
})
export type TicketClock = z.output<typeof ticketClock>

export const mostChildrenCounted = 1000

export const ticket = ticketRow.extend({
  description: z.string(),
  source: z.enum(['web', 'api', 'import', 'cli', 'monitoring', 'mail']),
  /** How it came, where it came by mail, and what was folded of it: quoted text, signature. */
  mail: mailOrigin.nullable(),
  folded: z.string().nullable(),
  resolution: z.string().nullable(),
  resolvedAt: instant.nullable(),
  closedAt: instant.nullable(),
  /** Until then a resolved or closed ticket can be reopened. */
  reopenUntil: instant.nullable(),
  reopenCount: z.int(),
  openedBy: ref.nullable(),
  vendor: ref.nullable(),
  waitingSince: instant.nullable(),
  /** Where its conversation goes on, since when, by whose hand; `into` is null for who does not see that ticket. */
  merged: z.object({ into: ref.nullable(), at: instant, by: z.string() }).nullable(),
  /** The tickets whose conversation goes on here, of which the reader sees each. */
  gathered: z.array(z.object({ id, reference: z.string(), title: z.string(), direct: z.boolean() })),
  /** The ticket of which it is a part; null where there is none, or the reader does not see it. */
  parent: z.object({ id, reference: z.string(), title: z.string() }).nullable(),
  /** How many children of it the reader sees, counted up to {@link mostChildrenCounted}; `more`: there are more than that. */
  children: z.object({ total: z.int(), open: z.int(), more: z.boolean() }),
  watchers: z.array(ref),
  attachments: z.array(attachment),
  clocks: z.array(ticketClock),
  /** What the system a ticket was imported from said about it, field by field. */
  imported: z.record(z.string(), z.string()).nullable(),
})
export type Ticket = z.output<typeof ticket>

/** One entry of the timeline: a note, or a recorded event put into a sentence. */
export const timelineEntry = z.object({
  id: z.string(),
  kind: z.enum(['note', 'event']),
  at: instant,
  by: z.object({
    kind: z.enum(['person', 'apiKey', 'job', 'integration', 'automation', 'system']),
    name: z.string(),
    id: id.nullable(),
  }),
  note: z
    .object({
      id,
      public: z.boolean(),
      body: z.string(),
      attachments: z.array(attachment),
      mail: mailOrigin.nullable(),
      /** Quoted text and signature of a mail. */
      folded: z.string().nullable(),
      /** The reference of the merged ticket on which it was said. */
      from: z.string().nullable(),
    })
    .nullable(),
  event: z.object({ type: z.string(), sentence: z.string() }).nullable(),
})
export type TimelineEntry = z.output<typeof timelineEntry>

/** Time spent as it is entered with an answer; {@link durationOf} of duration.ts reads it. */
export const timeSent = z.object({
  duration: z.string().max(40).meta({ description: '`1h 30m`, `1:30`, `90m`, `1.5h`, `90` (minutes) or `PT1H30M`' }),
  billable: z.boolean().default(false),
})

const key = { id: ticketKey }
const changing = { ...key, version: basedOn }

/** A macro used in what is written, as it was when it was chosen. */
export const macroUse = z
  .object({ id, version: z.int(), acts: z.array(z.int().min(0)).max(20) })
  .meta({ description: 'The macro used, and which of its effects are carried out with it, by their place from 0' })
export type MacroUse = z.output<typeof macroUse>

export const tickets = {
  list: query({
    name: 'tickets.list',
    path: '/tickets',
    permission: 'tickets.read',
    summary: 'Tickets the reader may see, filtered, sorted, page by page.',
    input: z.object({
      open: queryBoolean.optional(),
      queue: z
        .string()
        .max(120)
        .optional()
        .meta({ description: 'Id or name of a queue, or `mine`: the queues the reader serves' }),
      assignee: z.string().max(60).optional().meta({ description: 'Id of a person, `me` or `none`' }),
      requester: z.string().max(60).optional().meta({ description: 'Id of a person, or `me`' }),
      state: queryList(ticketState).optional(),
      priority: queryList(z.string().regex(/^[1-5]$/)).optional(),
      category: id.optional(),
      kind: ticketKind.optional(),
      vendor: id.optional(),
      about: id.optional().meta({ description: 'Id of an asset, service or location the ticket is about' }),
      parent: ticketKey.optional().meta({ description: 'Id or reference of the ticket whose children are listed' }),
      late: queryBoolean.optional().meta({ description: 'Only those with a running clock past its due moment' }),
      watching: queryBoolean.optional(),
      q: z.string().max(200).optional().meta({ description: 'Words in title, texts or reference' }),
      sort: z.enum(['due', 'created', '-created', 'updated', '-updated', 'priority']).default('-created'),
      ...page,
    }),
    output: listOf(ticketRow),
  }),
  show: query({
    name: 'tickets.show',
    path: '/tickets/{id}',
    permission: 'tickets.read',
    summary: 'One ticket, by id or reference, with its clocks.',
    input: z.object(key),
    output: ticket,
  }),
  timeline: query({
    name: 'tickets.timeline',
    path: '/tickets/{id}/timeline',
    permission: 'tickets.read',
    summary:
      'Notes and events of a ticket, with what was said on tickets merged into it; newest page first, each page in order of time.',
    input: z.object({ ...key, ...page }),
    output: listOf(timelineEntry),
  }),
  open: command({
    name: 'tickets.open',
    method: 'POST',
    path: '/tickets',
    permission: 'tickets.open',
    summary: 'Open a ticket. Only the title is required.',
    input: z.object({
      title: line(255),
      description: html.default(''),
      kind: ticketKind.default('incident'),
      queue: z.string().max(120).optional().meta({ description: 'Id or name; the default queue without' }),
      requester: z.string().max(254).optional().meta({ description: 'Id or address of a person; the reader without' }),
      assignee: id.nullable().optional(),
      impact: level.default(2),
      urgency: level.default(2),
      category: id.nullable().optional(),
      confidential: z.boolean().default(false),
      parent: ticketKey.optional().meta({ description: 'Id or reference of the ticket of which it is a child' }),
      attachments: z.array(id).max(50).default([]),
      assets: z
        .array(z.string().min(1).max(60))
        .max(20)
        .default([])
        .meta({ description: 'Ids or tags of the devices it is about; requesters name what they have' }),
    }),
    output: ticket,
  }),
  edit: command({
    name: 'tickets.edit',
    method: 'PATCH',
    path: '/tickets/{id}',
    permission: 'tickets.open',
    summary: 'Change fields of a ticket. Impact and urgency set the priority.',
    input: z.object({
      ...changing,
      title: line(255).optional(),
      description: html.optional(),
      kind: ticketKind.optional(),
      impact: level.optional(),
      urgency: level.optional(),
      category: id.nullable().optional(),
      confidential: z.boolean().optional(),
      requester: id.nullable().optional(),
    }),
    output: ticket,
  }),
  assign: command({
    name: 'tickets.assign',
    method: 'PUT',
    path: '/tickets/{id}/assignment',
    permission: 'tickets.work',
    summary: 'Give the ticket to a person, or to another queue, or to nobody.',
    input: z.object({
      ...changing,
      assignee: z
        .union([id, z.literal('me')])
        .nullable()
        .optional(),
      queue: z.string().max(120).optional(),
    }),
    output: ticket,
  }),
  changeState: command({
    name: 'tickets.change-state',
    method: 'PUT',
    path: '/tickets/{id}/state',
    permission: 'tickets.work',
    summary: 'Start work, or wait for the requester, a vendor or a change.',
    input: z.object({
      ...changing,
      state: z.enum(['in_progress', 'waiting_requester', 'waiting_vendor', 'waiting_change']),
      vendor: id.optional().meta({ description: 'Required to wait for a vendor' }),
      reason: z.string().trim().max(500).optional(),
    }),
    output: ticket,
  }),
  resolve: command({
    name: 'tickets.resolve',
    method: 'POST',
    path: '/tickets/{id}/resolution',
    permission: 'tickets.work',
    summary: 'Resolve the ticket and tell the requester how.',
    input: z.object({
      ...changing,
      resolution: html.default(''),
      children: z
        .boolean()
        .optional()
        .meta({ description: 'Start a bulk edit too, that resolves its open children with the same words' }),
    }),
    output: ticket,
  }),
  close: command({
    name: 'tickets.close',
    method: 'POST',
    path: '/tickets/{id}/closure',
    permission: 'tickets.open',
    summary: 'Close a resolved ticket.',
    input: z.object(changing),
    output: ticket,
  }),
  reopen: command({
    name: 'tickets.reopen',
    method: 'POST',
    path: '/tickets/{id}/reopening',
    permission: 'tickets.open',
    summary: 'Reopen a resolved or closed ticket within its reopen window.',
    input: z.object({ ...changing, reason: z.string().trim().max(500).default('') }),
    output: ticket,
  }),
  addNote: command({
    name: 'tickets.add-note',
    method: 'POST',
    path: '/tickets/{id}/notes',
    permission: 'tickets.open',
    summary: 'Reply to everyone on the ticket, or leave an internal note for IT.',
    input: z.object({
      ...key,
      public: z.boolean(),
      body: html.meta({ description: 'May be left empty where a macro does something' }),
      attachments: z.array(id).max(50).default([]),
      macro: macroUse.optional(),
      time: timeSent
        .optional()
        .meta({ description: 'Time spent by whoever sends it, today; for those who work on the ticket' }),
    }),
    output: ticket,
  }),
  watch: command({
    name: 'tickets.watch',
    method: 'PUT',
    path: '/tickets/{id}/watchers/{person}',
    permission: 'tickets.open',
    summary: 'Let a person follow the ticket.',
    input: z.object({ ...key, person: z.union([id, z.literal('me')]) }),
    output: ticket,
  }),
  unwatch: command({
    name: 'tickets.unwatch',
    method: 'DELETE',
    path: '/tickets/{id}/watchers/{person}',
    permission: 'tickets.open',
    summary: 'Stop following.',
    input: z.object({ ...key, person: z.union([id, z.literal('me')]) }),
    output: ticket,
  }),
}

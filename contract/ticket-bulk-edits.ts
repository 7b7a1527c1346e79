import { z } from 'zod'
import { command, html, id, instant, listOf, page, query, refusals } from './action.ts'
import { level, tickets } from './tickets.ts'

/** The most tickets of one bulk edit: found by a filter, or chosen one by one. */
export const mostFound = 20_000
export const mostChosen = 1_000

/** What the list of tickets can be asked, without its page; anything else is refused rather than left out. */
export const bulkFilter = tickets.list.input.omit({ limit: true, after: true, count: true }).strict()
export type BulkFilter = z.output<typeof bulkFilter>

export const bulkStates = [
  'in_progress',
  'waiting_requester',
  'waiting_vendor',
  'waiting_change',
  'resolved',
  'closed',
] as const

/** What is done with each ticket, in this order; what is left out stays as it is. */
export const bulkChange = z.object({
  queue: id.optional(),
  /** `null`: nobody. */
  assignee: id.nullable().optional(),
  category: id.nullable().optional(),
  impact: level.optional(),
  urgency: level.optional(),
  note: z.object({ public: z.boolean(), body: html.min(1) }).optional(),
  state: z.enum(bulkStates).optional(),
  /** For `waiting_vendor`. */
  vendor: id.optional(),
  /** For `resolved`: what the requester is told. */
  resolution: html.optional(),
})
export type BulkChange = z.output<typeof bulkChange>

const which = {
  filter: bulkFilter.optional(),
  /** `version`: leave the ticket alone where it has moved on since. */
  tickets: z
    .array(z.object({ id, version: z.int().min(1).optional() }))
    .min(1)
    .max(mostChosen)
    .optional(),
  change: bulkChange,
}

/** `same`: it was so already. `left`: it no longer matched. `changed`: it has moved on since it was chosen. */
export const bulkVerdicts = ['done', 'same', 'refused', 'left', 'changed'] as const
export const bulkVerdict = z.enum(bulkVerdicts)
export type BulkVerdict = z.output<typeof bulkVerdict>

export const bulkEdit = z.object({
  id,
  status: z.enum(['waiting', 'running', 'done', 'stopped', 'failed']),
  total: z.int(),
  settled: z.int(),
  counts: z.record(bulkVerdict, z.int()),
  /** What is done with each, in words. */
  change: z.array(z.string()),
  byFilter: z.boolean(),
  error: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  refusals,
})
export type BulkEdit = z.output<typeof bulkEdit>

export const bulkRow = z.object({
  position: z.int(),
  /** Null for one that the reader no longer sees. */
  ticket: z.object({ id, reference: z.string(), title: z.string() }).nullable(),
  verdict: bulkVerdict.nullable(),
  why: z.string().nullable(),
})
export type BulkRow = z.output<typeof bulkRow>

export const ticketBulkEdits = {
  preview: command({
    name: 'ticket-bulk-edits.preview',
    method: 'POST',
    path: '/ticket-bulk-edit-previews',
    permission: 'tickets.work',
    summary: 'How many tickets a bulk edit would touch, and how many it would be refused for, as they stand now.',
    stateless: true,
    input: z.object(which),
    output: z.object({
      matched: z.int(),
      /** More match than one edit takes. */
      tooMany: z.boolean(),
      allowed: z.int(),
      refused: z.array(z.object({ why: z.string(), n: z.int() })),
    }),
  }),
  start: command({
    name: 'ticket-bulk-edits.start',
    method: 'POST',
    path: '/ticket-bulk-edits',
    permission: 'tickets.work',
    summary: 'Change many tickets in the background, one edit of a person after the other.',
    input: z.object(which),
    output: bulkEdit,
  }),
  list: query({
    name: 'ticket-bulk-edits.list',
    path: '/ticket-bulk-edits',
    permission: 'tickets.work',
    summary: 'The reader’s bulk edits, newest first.',
    input: z.object(page),
    output: listOf(bulkEdit),
  }),
  show: query({
    name: 'ticket-bulk-edits.show',
    path: '/ticket-bulk-edits/{id}',
    permission: 'tickets.work',
    summary: 'One of the reader’s bulk edits: how far it is, and what came of it.',
    input: z.object({ id }),
    output: bulkEdit,
  }),
  rows: query({
    name: 'ticket-bulk-edits.rows',
    path: '/ticket-bulk-edits/{id}/tickets',
    permission: 'tickets.work',
    summary: 'What became of each ticket, in the order in which they are changed.',
    input: z.object({ id, verdict: bulkVerdict.optional(), ...page }),
    output: listOf(bulkRow),
  }),
  stop: command({
    name: 'ticket-bulk-edits.stop',
    method: 'POST',
    path: '/ticket-bulk-edits/{id}/stop',
    permission: 'tickets.work',
    summary: 'Stop a bulk edit; what is done stays done.',
    input: z.object({ id }),
    output: bulkEdit,
  }),
}

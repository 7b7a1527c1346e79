import { z } from 'zod'
import { basedOn, command, givenDate, id, instant, plainDate, query, ref, refusals } from './action.ts'
import { assetKey, assetState, holder, holderKind } from './assets.ts'
import { money } from './money.ts'
import { ticketKey } from './tickets.ts'

/** What a ticket can be about (ITIL 4: affected configuration items). */
export const itemKind = z.enum(['asset', 'service', 'location'])

export const itemTasks = ['affected', 'deploy', 'take_back', 'repair', 'stolen'] as const
/**
 * What the ticket does with an asset. `deploy`, `take_back`: when the ticket is resolved, it is handed out or taken back. `repair`: it is in repair
 * from now until the ticket is resolved. `stolen`: it is stolen from now on, and what must be done about it is promised.
 */
export const itemTask = z.enum(itemTasks)
export type ItemTask = z.output<typeof itemTask>

export const ticketItem = z.object({
  id,
  version: z.int(),
  kind: itemKind,
  item: z.object({ id, reference: z.string(), name: z.string() }),
  /** Of an asset. */
  state: assetState.nullable(),
  holder: holder.nullable(),
  task: itemTask,
  /** Who is to have it; null: the requester. */
  to: holder.nullable(),
  dueBackOn: plainDate.nullable(),
  warrantyUntil: plainDate.nullable(),
  place: ref.nullable(),
  cost: money.nullable(),
  /** When the task was carried out. */
  doneAt: instant.nullable(),
  by: z.string(),
  at: instant,
  refusals,
})
export type TicketItem = z.output<typeof ticketItem>

const several = z.object({ items: z.array(ticketItem) })
const plan = {
  to: z
    .object({ kind: holderKind, id })
    .nullable()
    .optional()
    .meta({ description: 'Who is to have it; the requester without' }),
  dueBackOn: givenDate.nullable().optional().meta({ description: 'A loan: when it is expected back' }),
  warrantyUntil: givenDate.nullable().optional().meta({ description: 'Its warranty ends then, from the hand-over on' }),
  place: id.nullable().optional().meta({ description: 'Where it is put when it comes back' }),
  cost: money.nullable().optional().meta({ description: 'What the work on it cost' }),
}

export const ticketItems = {
  list: query({
    name: 'ticket-items.list',
    path: '/tickets/{id}/items',
    permission: 'tickets.read',
    summary: 'The devices, services and places a ticket is about.',
    input: z.object({ id: ticketKey }),
    output: several,
  }),
  link: command({
    name: 'ticket-items.link',
    method: 'POST',
    path: '/tickets/{id}/items',
    permission: 'tickets.open',
    summary: 'Say what a ticket is about, and what it does with it. Requesters name what they have.',
    input: z.object({
      id: ticketKey,
      kind: itemKind.default('asset'),
      item: assetKey.meta({ description: 'Id; of an asset its tag too' }),
      task: itemTask.default('affected'),
      ...plan,
    }),
    output: several,
  }),
  change: command({
    name: 'ticket-items.change',
    method: 'PATCH',
    path: '/tickets/{id}/items/{link}',
    permission: 'tickets.work',
    summary: 'Change what a ticket does with an asset, or what the work on it cost.',
    input: z.object({ id: ticketKey, link: id, version: basedOn, task: itemTask.optional(), ...plan }),
    output: several,
  }),
  unlink: command({
    name: 'ticket-items.unlink',
    method: 'DELETE',
    path: '/tickets/{id}/items/{link}',
    permission: 'tickets.work',
    summary: 'Take back that a ticket is about something.',
    input: z.object({ id: ticketKey, link: id }),
    output: several,
  }),
}

export const assetCosts = {
  show: query({
    name: 'asset-costs.show',
    path: '/assets/{id}/costs',
    permission: 'assets.read',
    summary: 'What an asset cost so far by currency: its price and the work on tickets the reader sees.',
    input: z.object({ id: assetKey }),
    output: z.object({
      /** Tickets about it that the reader sees, and those of them that are open. */
      tickets: z.int(),
      open: z.int(),
      totals: z.array(z.object({ price: money, work: money, total: money })),
    }),
  }),
}

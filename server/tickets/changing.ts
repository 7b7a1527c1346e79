import type { Ticket } from '../../contract/tickets.ts'
import { may } from '../../contract/permissions.ts'
import type { Ctx } from '../platform/ctx.ts'
import { notFound, Problem, stale } from '../platform/errors.ts'
import { changes } from '../platform/events.ts'
import { type Happening, keepPromises, type Promised } from '../service-levels/public.ts'
import type { Standing } from './rules/ticket-states.ts'
import { refreshSearchText } from './search-text.ts'
import { shownTicket } from './shown-ticket.ts'
import {
  anyTicket,
  saveDue,
  saveTicket,
  setServiceLevel,
  type StoredTicket,
  ticketByKey,
  type TicketColumns,
} from './tickets-store.ts'

/** What the actor is to this ticket. Seeing internal notes is not working: managers and auditors only look. */
export const standing = (ctx: Ctx, t: StoredTicket): Standing => ({
  inside: t.inside && may(ctx.actor.role, 'tickets.work'),
  requester: t.requester_id === ctx.actor.id || t.opened_by === ctx.actor.id,
})

/** The ticket, held for this transaction; 404 where the actor does not see it, 409 `stale` where `version` is an old one. */
export async function lockedTicket(
  ctx: Ctx,
  input: { id: string; version?: number | undefined },
): Promise<StoredTicket> {
  const found = await ticketByKey(ctx.tx, ctx.actor, input.id, true)
  if (found === undefined) throw notFound('ticket')
  if (input.version !== undefined && input.version !== found.version) throw stale(await shownTicket(ctx, found), input)
  return found
}

/** The ticket as the service levels see it. */
export const promised = (t: StoredTicket): Promised => ({
  subject: { kind: 'ticket', id: t.id },
  organisation: t.organisation_id,
  facts: {
    kind: t.kind,
    priority: t.priority,
    queue: t.queue_id,
    categories: t.category_path,
    organisation: t.organisation_id,
  },
  state: t.state,
  owner: { person: t.assignee_id, teams: t.queue_teams },
})

/** How the ticket stood, for conditions that listen for a hand-over or another priority. */
export const stoodBefore = (t: StoredTicket) => ({
  queue: t.queue_id,
  priority: t.priority,
  person: t.assignee_id,
  teams: t.queue_teams,
})

/** Lets the clocks hear what happened and keeps the ticket's copy of its due moment. */
export async function tellClocks(
  ctx: Ctx,
  t: StoredTicket,
  happening: Happening,
  cause: string,
  at = ctx.now,
): Promise<void> {
  const kept = await keepPromises(ctx, promised(t), happening, { at, cause })
  await saveDue(ctx.tx, [{ id: t.id, dueAt: kept.dueAt }])
  if (kept.serviceLevel !== undefined) await setServiceLevel(ctx.tx, t.id, kept.serviceLevel)
}

/** Fields whose change the search text repeats. */
const searched = new Set(['title', 'description', 'queue_id', 'assignee_id', 'requester_id', 'confidential'])
/** Fields that pick the service level or the owner of its clocks. */
const timed = new Set(['kind', 'priority', 'queue_id', 'category_id', 'assignee_id'])

/**
 * The one way a ticket changes: what differs is saved as a new version, recorded with its before and after, told to
 * the clocks, and answered as the ticket then stands. Nothing different: nothing recorded. `names` puts readable
 * names beside ids in the event; `afterSaving` runs between saving and answering.
 */
export async function changeTicket(
  ctx: Ctx,
  before: StoredTicket,
  columns: Partial<TicketColumns>,
  act: {
    type: string
    happening?: Happening
    names?: { before?: Record<string, unknown>; after?: Record<string, unknown> }
    note?: string
    afterSaving?: (event: string) => Promise<void>
  },
): Promise<Ticket> {
  const change = changes(before, { ...before, ...columns })
  const fields = Object.keys(change.after)
  if (fields.length === 0 && act.afterSaving === undefined) {
    ctx.unchanged()
    return shownTicket(ctx, before)
  }
  if (fields.length > 0) await saveTicket(ctx.tx, before.id, columns, ctx.now)
  const event = ctx.record({
    type: act.type,
    subject: { kind: 'ticket', id: before.id },
    before: { ...change.before, ...act.names?.before },
    after: {
      ...change.after,
      ...act.names?.after,
      ...(act.note === undefined || act.note === '' ? {} : { reason: act.note }),
    },
  })
  const after = await ticketByKey(ctx.tx, ctx.actor, before.id)
  // whoever moves a ticket out of sight is told so, rather than shown an error
  const now: StoredTicket = after ?? { ...before, ...columns, version: before.version + 1 }
  const happening =
    act.happening ??
    (fields.some((field) => timed.has(field)) ? { kind: 'changed' as const, before: stoodBefore(before) } : null)
  if (happening !== null) await tellClocks(ctx, now, happening, event)
  if (act.afterSaving !== undefined) await act.afterSaving(event)
  if (fields.some((field) => searched.has(field))) await refreshSearchText(ctx.tx, [before.id])
  return shownTicket(ctx, (await ticketByKey(ctx.tx, ctx.actor, before.id)) ?? now)
}

/** A ticket that came back to whoever had it (`before`), and they left meanwhile: it waits in its queue. Answers it as it then stands. */
export async function leftToQueue(ctx: Ctx, before: StoredTicket, shown: Ticket): Promise<Ticket> {
  if (before.assignee_id === null || before.assignee_active) return shown
  const { queue_name, assignee_name } = before
  return changeTicket(
    ctx,
    (await anyTicket(ctx.tx, before.id))!,
    { assignee_id: null },
    {
      type: 'ticket.assigned',
      names: { before: { queue_name, assignee_name }, after: { queue_name, assignee_name: null } },
    },
  )
}

export const demandFiles = (wanted: number, attached: number): void => {
  if (attached < wanted) throw new Problem(400, 'tickets.file-not-yours')
}

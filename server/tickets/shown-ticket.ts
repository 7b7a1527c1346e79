import { isAfter } from '../../contract/instants.ts'
import type { Ticket, TicketClock, TicketRow } from '../../contract/tickets.ts'
import type { RefusalShown } from '../../contract/action.ts'
import { may } from '../../contract/permissions.ts'
import { filesOf } from '../files/public.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { clocksOf } from '../commitments/public.ts'
import { reopenUntil, whyNotClose, whyNotNote, whyNotReopen, whyNotResolve, whyNotWork } from './rules/ticket-states.ts'
import { gatheredInto, mergeShown } from './merges-store.ts'
import { childrenOf, parentShown } from './parents-store.ts'
import { whyNotPart } from './rules/why-not-parent.ts'
import { whyNotTakeApart } from './rules/why-not-merge.ts'
import { ticketSettings } from './settings.ts'
import type { ListedTicket } from './tickets-list.ts'
import { importedFacts, originOf, type StoredTicket, watchersOf } from './tickets-store.ts'

export const refOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

/** What the actor may do to a ticket and why not, from the same rules that guard the actions. */
export function ticketRefusals(
  actor: Actor,
  t: {
    state: Ticket['state']
    requester_id: string | null
    opened_by?: string | null
    inside: boolean
    resolved_at: string | null
    merged_into: string | null
  },
  now: string,
  reopenDays: number,
): Record<string, RefusalShown | null> {
  const who = {
    inside: t.inside && may(actor.role, 'tickets.work'),
    requester: t.requester_id === actor.id || t.opened_by === actor.id,
  }
  const facts = { state: t.state, merged_into: t.merged_into, reopenUntil: reopenUntil(t.resolved_at, reopenDays) }
  return shownRefusals({
    assign: whyNotWork(facts, who),
    changeState: whyNotWork(facts, who),
    resolve: whyNotResolve(facts, who),
    close: whyNotClose(facts, who),
    reopen: whyNotReopen(facts, who, now),
    reply: may(actor.role, 'tickets.open')
      ? whyNotNote(who, true, facts)
      : { code: 'forbidden', params: { permission: 'tickets.open' } },
    note: whyNotNote(who, false, facts),
    edit: whyNotWork(facts, who),
    merge: whyNotWork({ state: 'new', merged_into: t.merged_into }, who),
    takeApart: whyNotTakeApart(t, who),
    parent: whyNotPart(t, who),
  })
}

/** A row of a list. */
export function shownRow(actor: Actor, t: ListedTicket, now: string, reopenDays: number): TicketRow {
  const { clock } = t
  const due = clock === null || clock.due === null ? null : new Date(clock.due).toISOString()
  return {
    id: t.id,
    reference: t.reference,
    version: t.version,
    kind: t.kind,
    title: t.title,
    state: t.state,
    impact: t.impact,
    urgency: t.urgency,
    priority: t.priority,
    queue: { id: t.queue_id, name: t.queue_name },
    assignee: refOf(t.assignee_id, t.assignee_name),
    requester: refOf(t.requester_id, t.requester_name),
    category: refOf(t.category_id, t.category_name),
    confidential: t.confidential,
    createdAt: t.created_at,
    updatedAt: t.updated_at,
    lastActivityAt: t.last_activity_at,
    lastNote:
      t.note_at === null
        ? null
        : { excerpt: t.note_excerpt ?? '', by: t.note_by, at: t.note_at, public: t.note_public === true },
    due:
      clock === null
        ? null
        : {
            commitment: clock.id,
            kind: clock.kind,
            phase: clock.phase,
            dueAt: due,
            remainingSeconds: clock.remaining,
            late: due !== null && isAfter(now, due),
          },
    refusals: ticketRefusals(actor, t, now, reopenDays),
  }
}

/** The clock a list shows of several: the earliest that runs, else the paused one with least left. */
export function faceOf(clocks: readonly TicketClock[]): Ticket['due'] {
  const open = clocks.filter((c) => c.party === 'customer' && (c.phase === 'running' || c.phase === 'paused'))
  const [first] = open.toSorted(
    (a, b) => (a.dueAt ?? '~').localeCompare(b.dueAt ?? '~') || (a.remainingSeconds ?? 0) - (b.remainingSeconds ?? 0),
  )
  if (first === undefined) return null
  return {
    commitment: first.commitment,
    kind: first.kind,
    phase: first.phase as 'running' | 'paused',
    dueAt: first.dueAt,
    remainingSeconds: first.remainingSeconds,
    late: first.late,
  }
}

/** A ticket with everything its page shows. `bare`: known to have neither files nor watchers yet. */
export async function shownTicket(ctx: Ctx, t: StoredTicket, { bare = false } = {}): Promise<Ticket> {
  const settings = await ticketSettings(ctx.tx, t.organisation_id)
  const clocks = await clocksOf(ctx, t.id)
  const files = bare ? [] : await filesOf(ctx.tx, [t.id])
  const until = reopenUntil(t.resolved_at, settings.reopenDays)
  const origin = t.source === 'mail' ? await originOf(ctx.tx, t.id) : undefined
  return {
    id: t.id,
    reference: t.reference,
    version: t.version,
    kind: t.kind,
    title: t.title,
    state: t.state,
    impact: t.impact,
    urgency: t.urgency,
    priority: t.priority,
    queue: { id: t.queue_id, name: t.queue_name },
    assignee: refOf(t.assignee_id, t.assignee_name),
    requester: refOf(t.requester_id, t.requester_name),
    category: refOf(t.category_id, t.category_name),
    confidential: t.confidential,
    createdAt: t.created_at,
    updatedAt: t.updated_at,
    lastActivityAt: t.last_activity_at,
    lastNote: null,
    due: faceOf(clocks),
    description: t.description,
    source: t.source,
    mail: origin?.mail ?? null,
    folded: origin?.folded ?? null,
    resolution: t.resolution,
    resolvedAt: t.resolved_at,
    closedAt: t.closed_at,
    reopenUntil: until,
    reopenCount: t.reopen_count,
    openedBy: t.opened_by === null ? null : { id: t.opened_by, name: t.opened_by_name },
    vendor: refOf(t.vendor_id, t.vendor_name),
    waitingSince: t.waiting_since,
    merged: t.merged_into == null ? null : await mergeShown(ctx.tx, ctx.actor, t.id),
    gathered: bare
      ? []
      : (await gatheredInto(ctx.tx, ctx.actor, t.id)).map(({ id, reference, title, direct }) => ({
          id,
          reference,
          title,
          direct,
        })),
    parent: t.parent_id == null ? null : await parentShown(ctx.tx, ctx.actor, t.parent_id),
    children: bare ? { total: 0, open: 0, more: false } : await childrenOf(ctx.tx, ctx.actor, t.id),
    watchers: bare ? [] : await watchersOf(ctx.tx, t.id),
    attachments: files
      .filter((f) => f.note_id === null)
      .map(({ id, name, type, size, inline }) => ({ id, name, type, size, inline })),
    clocks,
    imported: t.source === 'import' ? await importedFacts(ctx.tx, t.id) : null,
    refusals: ticketRefusals(ctx.actor, t, ctx.now, settings.reopenDays),
  }
}

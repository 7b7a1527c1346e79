import type { RawBuilder } from 'kysely'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'

/**
 * Who sees a ticket. This is the only statement of the rule; lists, counts, search, live updates, files and the
 * ledger all ask here.
 *
 * - One's own: requester, opener, assignee or watcher.
 * - `tickets.work`: every ticket of the queues one's teams serve; `tickets.all`: every ticket of the organisation.
 * - A confidential ticket is seen only as one's own, or by members of a serving team who were given that right.
 */
const queuesOf = (teams: readonly string[]) =>
  sql`(select queue_id from queue_teams where team_id = any(${teams}::uuid[]))`

const own = (actor: Actor) =>
  sql<boolean>`(t.opened_by = ${actor.id} ${
    actor.person === null
      ? sql``
      : sql`or t.requester_id = ${actor.person} or t.assignee_id = ${actor.person} or exists (select 1 from ticket_watchers w where w.person_id = ${actor.person} and w.ticket_id = t.id)`
  })`

/** Condition over a `tickets t`: one's own. The part of the rule that lists of one's own tickets need. */
export const ownTicket = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(t.organisation_id = ${actor.organisation} and ${own(actor)})`

/** Condition over a `tickets t`. */
export function visibleTicket(actor: Actor): RawBuilder<boolean> {
  const trusted =
    actor.confidentialTeams.length === 0
      ? sql<boolean>`false`
      : sql<boolean>`t.queue_id in ${queuesOf(actor.confidentialTeams)}`
  const general = may(actor.role, 'tickets.all')
    ? sql<boolean>`true`
    : may(actor.role, 'tickets.work') && actor.teams.length > 0
      ? sql<boolean>`t.queue_id in ${queuesOf(actor.teams)}`
      : sql<boolean>`false`
  return sql<boolean>`(t.organisation_id = ${actor.organisation} and ((not t.confidential and ${general}) or (t.confidential and ${trusted}) or ${own(actor)}))`
}

/**
 * Condition over a `tickets t` the actor sees: the actor works on it for IT, and so also sees internal notes. A
 * requester never does, whatever the role, while the ticket is confidential.
 */
export function insideTicket(actor: Actor): RawBuilder<boolean> {
  if (!may(actor.role, 'tickets.work') && !may(actor.role, 'tickets.all')) return sql<boolean>`false`
  const assigned =
    actor.person === null ? sql<boolean>`false` : sql<boolean>`t.assignee_id is not distinct from ${actor.person}::uuid`
  const general = may(actor.role, 'tickets.all')
    ? sql<boolean>`true`
    : sql<boolean>`t.queue_id in ${queuesOf(actor.teams)}`
  return sql<boolean>`(${assigned} or (not t.confidential and ${general}) or (t.confidential and t.queue_id in ${queuesOf(actor.confidentialTeams)}))`
}

/**
 * The part of the rule that sums over tickets can keep: which queues the actor sees by role and team, and of which also the confidential tickets.
 * One's own tickets elsewhere are seen one by one and stand in no sum.
 */
export const queuesSeen = (actor: Actor) => ({
  all: may(actor.role, 'tickets.all'),
  open: queuesOf(may(actor.role, 'tickets.work') ? actor.teams : []),
  confidential: queuesOf(actor.confidentialTeams),
})

/** Queues the actor serves, as a subquery of ids. */
export const servedQueues = (actor: Actor) => queuesOf(actor.teams)

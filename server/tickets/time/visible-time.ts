import type { RawBuilder } from 'kysely'
import { may } from '../../../contract/permissions.ts'
import type { Actor } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { insideTicket, visibleTicket } from '../visibility.ts'

/** Over `tickets t`: the reader works on it or oversees it. */
export const insideTime = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${visibleTicket(actor)} and ${insideTicket(actor)})`

/**
 * Who sees an entry that counts, over `ticket_time_entries e` and its `tickets t`: whoever is inside its ticket, and whose time it is. Requesters see none,
 * not even of their own from when they worked for IT. Lists, sums, the report, the export and the time of a task all ask here.
 */
export const visibleTime = (actor: Actor): RawBuilder<boolean> =>
  !may(actor.role, 'tickets.work') && !may(actor.role, 'tickets.all')
    ? sql<boolean>`false`
    : sql<boolean>`(e.organisation_id = ${actor.organisation} and e.withdrawn_at is null and (e.person_id = ${actor.person}::uuid or ${insideTime(actor)}))`

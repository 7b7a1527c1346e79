import type { RawBuilder } from 'kysely'
import type { Actor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { visibleTicket } from '../tickets/public.ts'

/**
 * Condition over a `major_incidents incident`: the actor is told of it. Whoever sees its ticket, has a role in it, is named as a stakeholder in person or
 * by a team, who asked for a part of its ticket, and everybody where it is told to everybody and its ticket has not become confidential since.
 */
export const toldOf = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(incident.organisation_id = ${actor.organisation} and ((incident.everyone and not exists (select 1 from tickets hidden where hidden.id = incident.ticket_id and hidden.confidential)) or incident.teams && ${actor.teams}::uuid[]
    ${actor.person === null ? sql`` : sql`or ${actor.person}::uuid = any(incident.persons) or ${actor.person}::uuid in (incident.commander_id, incident.communications_id, incident.technical_id) or ${actor.person}::uuid in ${askedForParts(sql`incident.ticket_id`)}`}
    or ${onTicketSeen(actor)}))`

/** The persons who asked for children of a ticket or for tickets merged into it; nobody where it is confidential. */
export const askedForParts = (ticket: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select part.requester_id from tickets whole join tickets part on part.parent_id = whole.id or part.merged_into = whole.id
    where whole.id = ${ticket} and not whole.confidential and part.requester_id is not null)`

/** Condition over a `major_incidents incident`: the actor sees its ticket, and with it who is told. */
export const onTicketSeen = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from tickets t where t.id = incident.ticket_id and ${visibleTicket(actor)})`

import type { Input, Output } from '../../../contract/action.ts'
import type { tickets } from '../../../contract/tickets.ts'
import { sanitised } from '../../notes/public.ts'
import { personById } from '../../people/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem, refuse } from '../../platform/errors.ts'
import { changeTicket, lockedTicket, standing } from '../changing.ts'
import { priorityOf } from '../rules/priority.ts'
import { whyNotEdit } from '../rules/ticket-states.ts'
import { refreshSearchText } from '../search-text.ts'
import { ticketSettings } from '../settings.ts'
import { shownTicket } from '../shown-ticket.ts'
import { addWatcher, removeWatcher, ticketByKey, type TicketColumns } from '../tickets-store.ts'

export async function editTicket(ctx: Ctx, input: Input<typeof tickets.edit>): Promise<Output<typeof tickets.edit>> {
  const before = await lockedTicket(ctx, input)
  const { id: _id, version: _version, ...given } = input
  const fields = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field)
  refuse(whyNotEdit(before, standing(ctx, before), fields))
  if (given.requester != null && (await personById(ctx.tx, before.organisation_id, given.requester)) === undefined)
    throw new Problem(400, 'tickets.unknown-person')
  const { matrix } = await ticketSettings(ctx.tx, before.organisation_id)
  const impact = given.impact ?? before.impact
  const urgency = given.urgency ?? before.urgency
  const columns: Partial<TicketColumns> = {
    ...(given.title === undefined ? {} : { title: given.title }),
    ...(given.description === undefined ? {} : { description: sanitised(given.description) }),
    ...(given.kind === undefined ? {} : { kind: given.kind }),
    ...(given.impact === undefined && given.urgency === undefined
      ? {}
      : { impact, urgency, priority: priorityOf(matrix, impact, urgency) }),
    ...(given.category === undefined ? {} : { category_id: given.category }),
    ...(given.confidential === undefined ? {} : { confidential: given.confidential }),
    ...(given.requester === undefined ? {} : { requester_id: given.requester }),
  }
  return changeTicket(ctx, before, columns, { type: 'ticket.changed' })
}

/** People add and remove themselves; others only where they work the ticket. */
export async function watchTicket(ctx: Ctx, input: Input<typeof tickets.watch>): Promise<Output<typeof tickets.watch>> {
  const { ticket, person, name } = await watcher(ctx, input)
  if (!(await addWatcher(ctx.tx, ticket.id, person))) ctx.unchanged()
  else {
    ctx.record({
      type: 'ticket.watched',
      subject: { kind: 'ticket', id: ticket.id },
      after: { person, person_name: name },
    })
    await refreshSearchText(ctx.tx, [ticket.id])
  }
  return shownTicket(ctx, ticket)
}

export async function unwatchTicket(
  ctx: Ctx,
  input: Input<typeof tickets.unwatch>,
): Promise<Output<typeof tickets.unwatch>> {
  const { ticket, person, name } = await watcher(ctx, input)
  const removed = await removeWatcher(ctx.tx, ticket.id, person)
  const answer = await shownTicket(ctx, ticket)
  if (!removed) ctx.unchanged()
  else {
    ctx.record({
      type: 'ticket.unwatched',
      subject: { kind: 'ticket', id: ticket.id },
      before: { person, person_name: name },
    })
    await refreshSearchText(ctx.tx, [ticket.id])
  }
  return answer
}

async function watcher(ctx: Ctx, input: { id: string; person: string }) {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, input.id, true)
  if (ticket === undefined) throw notFound('ticket')
  const person = input.person === 'me' ? ctx.actor.person : input.person
  const who = standing(ctx, ticket)
  if (person !== ctx.actor.person && !who.inside) throw new Problem(403, 'tickets.not-yours-to-work')
  const known = person === null ? undefined : await personById(ctx.tx, ctx.actor.organisation, person)
  if (known === undefined) throw new Problem(400, 'tickets.unknown-person')
  return { ticket, person: known.id, name: known.name }
}

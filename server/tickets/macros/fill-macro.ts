import type { Input, Output } from '../../../contract/action.ts'
import type { MacroName, macros } from '../../../contract/macros.ts'
import { filled, namesIn, sanitised } from '../../notes/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse } from '../../platform/errors.ts'
import { escapedText } from '../../platform/rules/escaped-text.ts'
import { standing } from '../changing.ts'
import { firstName } from '../rules/macros.ts'
import { whyNotNote } from '../rules/ticket-states.ts'
import { type StoredTicket, ticketByKey } from '../tickets-store.ts'
import { spokenOf } from './macros-store.ts'
import { demandNames, macroOf, shownMacros } from './set-up-macros.ts'

/** What the names of a text stand for on a ticket; empty where nothing is known. The due moment in the zone of whoever writes. */
async function valuesOf(ctx: Ctx, ticket: StoredTicket): Promise<Record<MacroName, string>> {
  const [requester, me] = [await spokenOf(ctx.tx, ticket.requester_id), await spokenOf(ctx.tx, ctx.actor.person)]
  const hasDue = ticket.due_at < '9999' && ticket.due_at !== 'infinity'
  return {
    'requester.name': requester?.name ?? '',
    'requester.firstName': firstName(requester?.name ?? ''),
    'requester.email': requester?.email ?? '',
    'requester.phone': requester?.phone ?? '',
    'requester.department': requester?.department ?? '',
    'ticket.reference': ticket.reference,
    'ticket.subject': ticket.title,
    'ticket.queue': ticket.queue_name,
    'ticket.category': ticket.category_name ?? '',
    'ticket.due': hasDue ? sentence('macros.due', { dueAt: ticket.due_at }, ctx.actor.zone) : '',
    'me.name': me?.name ?? ctx.actor.name,
    'me.firstName': firstName(me?.name ?? ctx.actor.name),
    'me.email': me?.email ?? '',
    'me.phone': me?.phone ?? '',
  }
}

async function fillIn(ctx: Ctx, ticket: StoredTicket, body: string): Promise<Output<typeof macros.preview>> {
  const values: Readonly<Record<string, string>> = await valuesOf(ctx, ticket)
  const escaped = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, escapedText(value)]))
  const lacks = namesIn(body).filter((name) => values[name] === '')
  return {
    body: sanitised(filled(body, escaped)),
    lacks: lacks.map((name) => sentence(`macros.lacks.${name}`)),
  }
}

async function worked(ctx: Ctx, key: string): Promise<StoredTicket> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, key)
  if (ticket === undefined) throw notFound('ticket')
  refuse(whyNotNote(standing(ctx, ticket), false, ticket))
  return ticket
}

export async function fillMacro(ctx: Ctx, input: Input<typeof macros.fill>): Promise<Output<typeof macros.fill>> {
  const ticket = await worked(ctx, input.ticket)
  const macro = await macroOf(ctx, input.id)
  const [shown] = await shownMacros(ctx, [macro])
  return { ...(await fillIn(ctx, ticket, macro.body)), macro: shown! }
}

export async function previewMacro(
  ctx: Ctx,
  input: Input<typeof macros.preview>,
): Promise<Output<typeof macros.preview>> {
  const ticket = await worked(ctx, input.ticket)
  const body = sanitised(input.body)
  demandNames(body)
  return fillIn(ctx, ticket, body)
}

import type { Input, Output } from '../../../contract/action.ts'
import type { tickets } from '../../../contract/tickets.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { ticketSettings } from '../settings.ts'
import { shownRow, shownTicket } from '../shown-ticket.ts'
import { countTickets, ticketPage } from '../tickets-list.ts'
import { gatheredInto } from '../merges-store.ts'
import { ticketByKey } from '../tickets-store.ts'
import { timelinePage } from '../timeline.ts'

const countCap = 1000

export async function listTickets(ctx: Ctx, input: Input<typeof tickets.list>): Promise<Output<typeof tickets.list>> {
  const { rows, next } = await ticketPage(ctx.tx, ctx.actor, input, ctx.now)
  const { reopenDays } = await ticketSettings(ctx.tx, ctx.actor.organisation)
  const items = rows.map((row) => shownRow(ctx.actor, row, ctx.now, reopenDays))
  if (input.count === undefined) return { items, next }
  const cap = input.count === 'capped' ? countCap : null
  const total = await countTickets(ctx.tx, ctx.actor, input, ctx.now, cap)
  return { items, next, total: cap === null ? total : Math.min(total, cap), totalCapped: cap !== null && total > cap }
}

export async function showTicket(ctx: Ctx, input: Input<typeof tickets.show>): Promise<Output<typeof tickets.show>> {
  const found = await ticketByKey(ctx.tx, ctx.actor, input.id)
  if (found === undefined) throw notFound('ticket')
  return shownTicket(ctx, found)
}

export async function showTimeline(
  ctx: Ctx,
  input: Input<typeof tickets.timeline>,
): Promise<Output<typeof tickets.timeline>> {
  const found = await ticketByKey(ctx.tx, ctx.actor, input.id)
  if (found === undefined) throw notFound('ticket')
  const gathered = await gatheredInto(ctx.tx, ctx.actor, found.id)
  return timelinePage(ctx.tx, ctx.actor, found, gathered, input.limit, input.after)
}

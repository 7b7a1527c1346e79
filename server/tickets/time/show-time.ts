import type { Input, Output } from '../../../contract/action.ts'
import { may } from '../../../contract/permissions.ts'
import type { timeEntries } from '../../../contract/time-entries.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { isId } from '../../platform/identifiers.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { standing } from '../changing.ts'
import { gatheredInto } from '../merges-store.ts'
import { whyNotNote } from '../rules/ticket-states.ts'
import { whyNotSpan } from '../rules/time-entries.ts'
import { ticketByKey } from '../tickets-store.ts'
import { shownTime } from './enter-time.ts'
import { timeGroupsPage } from './report-store.ts'
import { sumOfTime, type TimeAsked, timePage } from './time-store.ts'
import { billedByDefault, isLead } from './who-and-whom-store.ts'

export async function showTicketTime(
  ctx: Ctx,
  input: Input<typeof timeEntries.ofTicket>,
): Promise<Output<typeof timeEntries.ofTicket>> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, input.id)
  if (ticket === undefined) throw notFound('ticket')
  if (!ticket.inside) refuse({ code: 'time.for-it' })
  // what was merged into it goes on in it, with the time it took
  const merged = (await gatheredInto(ctx.tx, ctx.actor, ticket.id)).filter((one) => one.inside)
  const asked = { tickets: [ticket.id, ...merged.map((one) => one.id)] }
  const { rows, next } = await timePage(ctx.tx, ctx.actor, asked, input.limit, input.after)
  return {
    items: rows.map((row) => shownTime(ctx, row)),
    next,
    sum: await sumOfTime(ctx.tx, ctx.actor, asked),
    billedTo: await billedByDefault(ctx.tx, ticket.id),
    others: may(ctx.actor.role, 'tickets.configure') || (await isLead(ctx.tx, ctx.actor)),
    refusals: shownRefusals({
      add: may(ctx.actor.role, 'tickets.work')
        ? whyNotNote(standing(ctx, ticket), false, ticket)
        : { code: 'tickets.not-yours-to-work' },
    }),
  }
}

type Asked = Pick<Input<typeof timeEntries.list>, 'from' | 'to' | 'person' | 'queue' | 'billedTo' | 'billable'>

/** What is looked for; 400 for a span that ends before it begins or is too long. */
export function soughtOf(ctx: Ctx, { from, to, person, queue, billedTo, billable }: Asked): TimeAsked | null {
  const refusal = whyNotSpan(from, to)
  if (refusal !== null) throw invalid('to', refusal.code, refusal.params)
  const whose = person === 'me' ? ctx.actor.person : person
  // a key has no time of its own
  return whose === null ? null : { from, to, person: whose, queue, billedTo, billable }
}

export async function listTime(
  ctx: Ctx,
  input: Input<typeof timeEntries.list>,
): Promise<Output<typeof timeEntries.list>> {
  const asked = soughtOf(ctx, input)
  if (asked === null) return { items: [], next: null }
  const { rows, next } = await timePage(ctx.tx, ctx.actor, asked, input.limit, input.after)
  return { items: rows.map((row) => shownTime(ctx, row)), next }
}

export async function reportTime(
  ctx: Ctx,
  input: Input<typeof timeEntries.report>,
): Promise<Output<typeof timeEntries.report>> {
  const asked = soughtOf(ctx, input)
  if (asked === null) return { items: [], next: null, sum: { seconds: 0, billableSeconds: 0, entries: 0 } }
  const { rows, next, sum } = await timeGroupsPage(ctx.tx, ctx.actor, input.by, asked, input.limit, input.after)
  return {
    items: rows.map(({ key, ...row }) => ({ ...row, id: input.by !== 'billed_to' && isId(key) ? key : null })),
    next,
    sum,
  }
}

import type { Input, Output } from '../../contract/action.ts'
import type { majorIncidents } from '../../contract/major-incidents.ts'
import type { Ctx } from '../platform/ctx.ts'
import { notFound } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { standing, ticketByKey } from '../tickets/public.ts'
import { hasLiveIncident, incidentById, incidentPage, incidentsOf, liveIncidents } from './incidents-store.ts'
import { whyNotDeclare } from './rules/why-not.ts'
import { shownIncident, shownPublic, shownUpdate } from './shown.ts'

export const listLive = async (ctx: Ctx): Promise<Output<typeof majorIncidents.live>> => ({
  items: (await liveIncidents(ctx.tx, ctx.actor)).map(shownPublic),
})

export async function readNews(
  ctx: Ctx,
  { id }: Input<typeof majorIncidents.read>,
): Promise<Output<typeof majorIncidents.read>> {
  const found = await incidentById(ctx.tx, ctx.actor, id)
  if (found === undefined) throw notFound('major-incident')
  return {
    ...shownPublic(found),
    updates: found.updates.map(shownUpdate),
    report: found.report_sent_at === null ? '' : found.report,
  }
}

export async function listIncidents(
  ctx: Ctx,
  input: Input<typeof majorIncidents.list>,
): Promise<Output<typeof majorIncidents.list>> {
  const { rows, next } = await incidentPage(ctx.tx, ctx.actor, input)
  return {
    items: rows.map((row) => ({
      ...shownPublic(row),
      ticket: { id: row.ticket_id, reference: row.reference },
      updates: row.told,
      missed: row.missed,
    })),
    next,
  }
}

export async function listIncidentsOf(
  ctx: Ctx,
  { id }: Input<typeof majorIncidents.of>,
): Promise<Output<typeof majorIncidents.of>> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, id)
  if (ticket === undefined) throw notFound('ticket')
  const isLive = await hasLiveIncident(ctx.tx, ticket.id)
  return {
    items: (await incidentsOf(ctx.tx, ctx.actor, ticket.id)).map((one) => shownIncident(ctx.actor, one)),
    refusals: shownRefusals({
      declare: whyNotDeclare(
        { open: ticket.open, confidential: ticket.confidential, isLive },
        standing(ctx, ticket),
        false,
      ),
    }),
  }
}

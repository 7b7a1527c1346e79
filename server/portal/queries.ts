import type { Input, Output } from '../../contract/action.ts'
import type { portal } from '../../contract/portal.ts'
import { listMyApprovals } from '../approvals/public.ts'
import { listMostOrdered, listServices } from '../catalogue/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { Subjects } from '../platform/subjects.ts'
import { findTickets, ticketSettings } from '../tickets/public.ts'
import { openChecks, ownDevices, ownRequests } from './own-requests.ts'

/** How many of each the first page shows. */
const few = 5

export const showHome =
  (subjects: Subjects) =>
  async (ctx: Ctx, _input: Input<typeof portal.home>): Promise<Output<typeof portal.home>> => {
    const { person, organisation } = ctx.actor
    const shown = await listMostOrdered(ctx, 6)
    if (person === null)
      return {
        approvals: { items: [], more: false },
        questions: [],
        confirmations: [],
        terms: 0,
        checks: 0,
        requests: [],
        services: shown,
      }
    const approvals = await listMyApprovals(subjects)(ctx, { view: 'waiting', limit: few })
    const { reopenDays } = await ticketSettings(ctx.tx, organisation)
    const since = new Date(Date.parse(ctx.now) - reopenDays * 86_400_000).toISOString()
    const of = async (wanted: Parameters<typeof ownRequests>[2]) =>
      (await ownRequests(ctx.tx, person, wanted, few)).items
    return {
      approvals: { items: approvals.items, more: approvals.next !== null },
      questions: await of({ state: 'waiting_requester' }),
      confirmations: await of({ state: 'resolved', resolvedSince: since, unrated: true }),
      ...(await openChecks(ctx.tx, person)),
      requests: await of({ open: true }),
      services: shown,
    }
  }

export async function listRequests(
  ctx: Ctx,
  input: Input<typeof portal.requests>,
): Promise<Output<typeof portal.requests>> {
  const { person } = ctx.actor
  return person === null
    ? { items: [], next: null }
    : ownRequests(ctx.tx, person, { open: input.open }, input.limit, input.after)
}

export async function searchPortal(
  ctx: Ctx,
  { q }: Input<typeof portal.search>,
): Promise<Output<typeof portal.search>> {
  const services = (await listServices(ctx, { q })).items.slice(0, 10)
  const { person } = ctx.actor
  if (person === null) return { services, requests: [], devices: [] }
  const ids = (await findTickets(ctx.tx, ctx.actor, q, 50, person)).map((one) => one.id)
  return {
    services,
    requests: (await ownRequests(ctx.tx, person, { ids }, 10)).items,
    devices: await ownDevices(ctx.tx, person, q),
  }
}

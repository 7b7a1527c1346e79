import { lifeCycles } from '../../contract/life-cycles.ts'
import { seenFacts } from '../discovery/public.ts'
import { todayOf } from '../platform/ctx.ts'
import { notFound } from '../platform/errors.ts'
import { type Route, serve } from '../platform/mount.ts'
import { outOfSupportPage, supportOfProgram } from './support-lists-store.ts'
import { supportOfDevices } from './support-of-devices.ts'

export const lifeCycleRoutes: Route[] = [
  serve(lifeCycles.ofDevice, async (ctx, { id }) => {
    const [seen] = await seenFacts(ctx.tx, ctx.actor.organisation, { assets: [], devices: [id] })
    if (seen === undefined) throw notFound('device')
    const asked = {
      device: id,
      systems: seen.agents.flatMap((agent) => agent.sections.operatingSystem ?? []),
      agents: seen.agents.map((agent) => agent.number),
    }
    const found = (await supportOfDevices(ctx.tx, [asked], todayOf(ctx))).get(id)!
    return { system: found.system, programs: found.programs.map((one) => one.release) }
  }),
  serve(lifeCycles.ofProgram, async (ctx, { id }) => ({
    items: await supportOfProgram(ctx.tx, ctx.actor.organisation, id, todayOf(ctx)),
  })),
  serve(lifeCycles.outOfSupport, (ctx, input) =>
    outOfSupportPage(ctx.tx, ctx.actor.organisation, input.q, input.limit, input.after),
  ),
]

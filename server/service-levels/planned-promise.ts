import type { Target } from '../../contract/service-levels.ts'
import { compiledCalendar, currentVersion } from '../calendars/public.ts'
import { type Ctx, nowSeconds } from '../platform/ctx.ts'
import type { Refusal } from '../platform/errors.ts'
import { whyNotTargets } from './rules/why-not-targets.ts'
import { isCalendarUsable } from './store.ts'

/** Whether targets could be promised on a calendar of the organisation, without writing anything. */
export async function whyNotPromise(
  ctx: Ctx,
  planned: { calendar: string; targets: readonly Target[] },
): Promise<Refusal | null> {
  if (!(await isCalendarUsable(ctx.tx, ctx.actor.organisation, planned.calendar)))
    return { code: 'service-levels.calendar-unknown' }
  const calendar = await compiledCalendar(ctx.tx, await currentVersion(ctx.tx, planned.calendar))
  return whyNotTargets(planned.targets, calendar, nowSeconds(ctx))
}

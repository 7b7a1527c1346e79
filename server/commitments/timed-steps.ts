import type { LadderStep } from '../../contract/commitments.ts'
import { addTarget, compiledCalendar, isoInstant, isRefusal } from '../calendars/public.ts'
import { type Ctx, nowSeconds } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import { hoursOf, insertManyByHand } from './by-hand-store.ts'
import { loadClocks, lockClock, type Subject } from './clocks-store.ts'
import { applyClockEvents, startClocks } from './ledger.ts'
import type { OwnerNamed } from './owners.ts'
import { stepSource } from './rules/why-not-by-hand.ts'
import { insertTerms } from './terms-store.ts'

/** One step of a record that somebody must see to within working hours: an approval, a task. Only its record keeps it. */
export interface TimedStep {
  subject: Subject
  /** `approval`, `ticket_task`: has a word in `commitments.kind.*` and `clock.kind.*`. */
  kind: string
  title: string
  owner: OwnerNamed
  /** Working seconds from now on, or a moment (epoch seconds) whatever the hours. */
  target: { seconds: number } | { at: number }
}

const oneDay = 8 * 3600
/** Told at three quarters and when due; a working day later the lead, three later the coordinators. */
const ladder: LadderStep[] = [
  { step: '75 %', percent: 75, notify: ['owner'], raisePriority: false },
  { step: 'due', clockSeconds: 0, notify: ['owner'], raisePriority: false },
  { step: '1 working day late', workingSeconds: oneDay, notify: ['owner', 'lead'], raisePriority: false },
  { step: '3 working days late', workingSeconds: 3 * oneDay, notify: ['coordinators'], raisePriority: false },
]

/** What is promised for a moment is watched by the minute: told five minutes ahead and when due; a quarter of an hour later the lead, half an hour the coordinators. */
const ladderByMoment: LadderStep[] = [
  { step: '5 minutes ahead', clockSeconds: -300, notify: ['owner'], raisePriority: false },
  { step: 'due', clockSeconds: 0, notify: ['owner'], raisePriority: false },
  { step: '15 minutes late', clockSeconds: 900, notify: ['owner', 'lead', 'watchers'], raisePriority: false },
  { step: '30 minutes late', clockSeconds: 1800, notify: ['coordinators'], raisePriority: false },
]

/**
 * Starts a clock for each of the steps, any number with a fixed number of statements. Answers their ids and due moments, in order; null for all while
 * the organisation has no working hours to count on. `cause`: the event of the log.
 */
export async function startSteps(
  ctx: Ctx,
  organisation: string,
  steps: readonly TimedStep[],
  cause: string,
): Promise<({ id: string; dueAt: string | null } | null)[]> {
  if (steps.length === 0) return []
  const calendarVersion = await hoursOf(ctx.tx, organisation)
  if (calendarVersion === undefined) return steps.map(() => null)
  const { zone } = await compiledCalendar(ctx.tx, calendarVersion)
  const made = steps.map((step) => ({ ...step, id: newId() }))
  const terms = await insertTerms(
    ctx.tx,
    made.map((step) => ({
      id: newId(),
      name: step.title,
      kind: step.kind,
      party: 'team' as const,
      target: step.target,
      calendarVersion,
      ladder: 'at' in step.target ? ladderByMoment : ladder,
      source: { kind: stepSource, id: step.id, revision: 1 },
      pauseIn: [],
      resetOnReopen: false,
      when: null,
    })),
  )
  const bySource = new Map(terms.map((one) => [one.source.id, one]))
  const judged = await startClocks(
    ctx,
    made.map((step) => ({
      id: step.id,
      organisation,
      subject: step.subject,
      owner: step.owner,
      terms: bySource.get(step.id)!,
      because: null,
      events: [{ at: nowSeconds(ctx), kind: 'start', cause, reason: 'step-begun', terms: bySource.get(step.id)! }],
    })),
  )
  await insertManyByHand(
    ctx.tx,
    made.map((step) => ({ commitment: step.id, title: step.title, zone, madeByName: ctx.actor.name, allDay: false })),
  )
  return made.map(({ id }, i) => {
    const due = judged[i]!.due
    return { id, dueAt: due === null ? null : isoInstant(due) }
  })
}

/** Ends the clocks of steps: `stop` those that were done, `cancel` those that nobody need see to any more. */
export async function endSteps(
  ctx: Ctx,
  ids: readonly (string | null)[],
  how: 'stop' | 'cancel',
  cause: string,
): Promise<void> {
  const wanted = ids.filter((id) => id !== null).toSorted()
  if (wanted.length === 0) return
  for (const id of wanted) await lockClock(ctx.tx, id)
  const clocks = (await loadClocks(ctx.tx, { ids: wanted })).filter(
    ({ phase }) => phase === 'running' || phase === 'paused',
  )
  await applyClockEvents(
    ctx,
    clocks.map((clock) => ({
      clock,
      events: [{ at: nowSeconds(ctx), kind: how, cause, reason: how === 'stop' ? 'done' : 'step-ended', terms: null }],
    })),
  )
}

/** Gives the clock of a step another owner. */
export async function giveStep(ctx: Ctx, id: string | null, owner: OwnerNamed): Promise<void> {
  if (id === null) return
  await lockClock(ctx.tx, id)
  const [clock] = await loadClocks(ctx.tx, { ids: [id] })
  if (clock !== undefined && (clock.phase === 'running' || clock.phase === 'paused'))
    await applyClockEvents(ctx, [{ clock, events: [], owner }])
}

/** The end of the day so many working days from now on; null while the organisation has no working hours, or they never come. */
export async function workingDaysFromNow(ctx: Ctx, organisation: string, days: number): Promise<string | null> {
  const version = await hoursOf(ctx.tx, organisation)
  if (version === undefined) return null
  const at = addTarget(await compiledCalendar(ctx.tx, version), nowSeconds(ctx), { workingDays: days, endOfDay: true })
  return isRefusal(at) ? null : isoInstant(at)
}

import { setImmediate } from 'node:timers/promises'
import type { Input, Output } from '../../../contract/action.ts'
import type { PreviewedClock, serviceLevels, Target } from '../../../contract/service-levels.ts'
import {
  type Calendar,
  compileCalendar,
  compiledCalendar,
  currentVersion,
  isoInstant,
  plannedHours,
} from '../../calendars/public.ts'
import { judgeClock, judgeMoved, loadClocks, type StoredClock, type Terms } from '../../commitments/public.ts'
import { type Ctx, nowSeconds } from '../../platform/ctx.ts'
import { type Db, sql } from '../../platform/db.ts'
import { invalid, notFound, Problem } from '../../platform/errors.ts'
import { canonical } from '../../platform/events.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { newTermsOf } from '../levels.ts'
import { type Course, eventOn } from '../rules/course.ts'
import { byWeight, type Outcome, outcomeOf } from '../rules/what-if.ts'
import { whyNotTargets } from '../rules/why-not-targets.ts'
import { activeLevelsOf, isCalendarUsable, levelById, type StoredLevel } from '../store.ts'

/** Clocks read at a time, and clocks judged before others get their turn. */
const slice = 1000
const inOneGo = 100

type Planned = Input<typeof serviceLevels.preview>

/** The hours of a calendar as they would be. */
interface Hours {
  calendar: string
  compiled: Calendar
}

interface Affected {
  level: StoredLevel
  course: Course
  /** Only vendors' clocks on the edited calendar move. */
  onlyVendors: boolean
}

/**
 * Counts every open clock that an edit would move as the edit itself will (`judgeMoved`), without writing anything. Refused as the edit is:
 * 404, and 400 where targets or hours cannot be.
 */
export const previewChange =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Planned): Promise<Output<typeof serviceLevels.preview>> => {
    const now = nowSeconds(ctx)
    const affected = await affectedLevels(ctx, input)
    const found: { clock: StoredClock; outcome: Outcome }[] = []
    let open = 0
    for (const one of affected) {
      const ids = await openClocks(ctx.tx, one, input.hours?.calendar)
      open += ids.length
      for (let i = 0; i < ids.length; i += slice) {
        const clocks = await loadClocks(ctx.tx, { ids: ids.slice(i, i + slice) })
        for (const [n, clock] of clocks.entries()) {
          const after = judgeMoved(clock, [eventOn(one.course, clock, now)], now).judged
          const outcome = outcomeOf(judgeClock(clock, now), after)
          if (outcome !== null) found.push({ clock: slim(clock), outcome })
          if (n % inOneGo === inOneGo - 1) await setImmediate()
        }
      }
    }
    found.sort((a, b) => byWeight(a.outcome, b.outcome) || (a.clock.id < b.clock.id ? -1 : 1))
    const seen = await seenSubjects(ctx, subjects, found)
    const shown = found.filter(({ clock }) => seen.has(clock.subject.id))
    const count = (holds: (o: Outcome) => boolean) => found.filter(({ outcome }) => holds(outcome)).length
    return {
      asOf: isoInstant(now),
      open,
      moved: found.length,
      becomeLate: count((o) => o.verdict === 'late'),
      noLongerLate: count((o) => o.verdict === 'no-longer-late'),
      cancelled: count((o) => o.verdict === 'cancelled'),
      superseded: count((o) => o.superseded),
      written: count((o) => o.written),
      hidden: found.length - shown.length,
      items: await named(ctx, subjects, shown.slice(0, input.limit)),
      capped: shown.length > input.limit,
    }
  }

/** What the list needs of a clock; its history is let go. */
const slim = (clock: StoredClock): StoredClock => ({ ...clock, events: [], breaches: [], recorded: [] })

async function affectedLevels(ctx: Ctx, input: Planned): Promise<Affected[]> {
  const hours = await hoursAsPlanned(ctx, input)
  const affected: Affected[] = []
  if (input.id === undefined) await checkTargets(ctx, input.calendar, input.targets, hours)
  else {
    const level = await levelById(ctx.tx, ctx.actor.organisation, input.id)
    if (level === undefined) throw notFound('service-level')
    const plan = await plannedLevel(ctx, level, input, hours)
    if (plan !== null) affected.push(plan)
  }
  if (hours === null) return affected
  for (const level of await activeLevelsOf(ctx.tx, ctx.actor.organisation)) {
    if (level.id === input.id) continue
    const isOn = level.calendar_id === hours.calendar
    const own = await plannedTerms(ctx.tx, level, level.calendar_id, level.targets, hours)
    affected.push({ level, course: await planned(ctx.tx, level, own, 'calendar-edited', hours), onlyVendors: !isOn })
  }
  return affected
}

async function hoursAsPlanned(ctx: Ctx, { hours }: Planned): Promise<Hours | null> {
  if (hours === undefined) return null
  const { calendar, ...edit } = hours
  const definition = await plannedHours(ctx, calendar, edit)
  return definition === null ? null : { calendar, compiled: compileCalendar(definition) }
}

const calendarAsPlanned = async (tx: Db, calendar: string, hours: Hours | null): Promise<Calendar> =>
  hours?.calendar === calendar ? hours.compiled : compiledCalendar(tx, await currentVersion(tx, calendar))

async function checkTargets(
  ctx: Ctx,
  calendar: string | undefined,
  targets: readonly Target[] | undefined,
  hours: Hours | null,
): Promise<void> {
  if (calendar === undefined) return
  if (!(await isCalendarUsable(ctx.tx, ctx.actor.organisation, calendar)))
    throw invalid('calendar', 'service-levels.calendar-unknown')
  const refusal = whyNotTargets(targets ?? [], await calendarAsPlanned(ctx.tx, calendar, hours), nowSeconds(ctx))
  if (refusal !== null) throw new Problem(400, refusal.code, refusal.params)
}

/** Null where the edit moves no clock: the same promise under the same or another name (W9). */
async function plannedLevel(
  ctx: Ctx,
  level: StoredLevel,
  input: Planned,
  hours: Hours | null,
): Promise<Affected | null> {
  const was = { calendar: level.calendar_id, conditions: level.conditions, targets: level.targets }
  const then = {
    calendar: input.calendar ?? was.calendar,
    conditions: input.conditions ?? was.conditions,
    targets: input.targets ?? was.targets,
  }
  const active = input.active ?? level.active
  await checkTargets(ctx, then.calendar, then.targets, hours)
  const moves = canonical(then) !== canonical(was) || then.calendar === hours?.calendar
  if (!moves && active === level.active) return null
  const own = active ? await plannedTerms(ctx.tx, level, then.calendar, then.targets, hours) : []
  const course = await planned(ctx.tx, level, own, active ? 'level-edited' : 'level-off', hours)
  return { level, course, onlyVendors: false }
}

async function plannedTerms(
  tx: Db,
  level: StoredLevel,
  calendar: string,
  targets: readonly Target[],
  hours: Hours | null,
): Promise<Terms[]> {
  const compiled = await calendarAsPlanned(tx, calendar, hours)
  const next = { id: level.id, name: level.name, revision: level.revision + 1, calendarVersion: '' }
  return newTermsOf(next, targets).map((terms) => ({ ...terms, calendar: compiled }))
}

async function planned(
  tx: Db,
  level: StoredLevel,
  own: readonly Terms[],
  reason: Course['reason'],
  hours: Hours | null,
): Promise<Course> {
  const { rows } = await sql<{ version: string; revision: number; calendar: string; isOwn: boolean }>`
    select distinct t.calendar_version_id as version, t.source_revision as revision, v.calendar_id as calendar, v.calendar_id = l.calendar_id as "isOwn"
    from commitment_terms t join calendar_versions v on v.id = t.calendar_version_id
      join service_level_versions l on l.service_level_id = t.source_id and l.revision = t.source_revision
    where t.source_id = ${level.id} and t.kind = 'vendor'`.execute(tx)
  const keyOf = (version: string, revision: number) => `${version}:${revision}`
  const found = new Map<string, Calendar>()
  for (const row of rows)
    if (!row.isOwn) found.set(keyOf(row.version, row.revision), await calendarAsPlanned(tx, row.calendar, hours))
  return {
    own,
    reason,
    cause: level.id,
    vendor: (plain, clock) => {
      const calendar = found.get(keyOf(clock.calendarVersion, clock.source.revision))
      return calendar === undefined ? plain : { ...plain, calendar }
    },
  }
}

async function openClocks(tx: Db, { level, onlyVendors }: Affected, calendar: string | undefined): Promise<string[]> {
  const vendors = onlyVendors
    ? sql`and t.kind = 'vendor' and t.calendar_version_id in (select id from calendar_versions where calendar_id = ${calendar ?? null})`
    : sql``
  const { rows } = await sql<{ id: string }>`
    select m.id from commitments m join commitment_terms t on t.id = m.terms_id
    where m.phase in ('running', 'paused') and t.source_id = ${level.id} ${vendors} order by m.subject_id, m.id`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

async function seenSubjects(
  ctx: Ctx,
  subjects: Subjects,
  found: readonly { clock: StoredClock }[],
): Promise<Set<string>> {
  const seen = new Set<string>()
  for (const [kind, ofKind] of Map.groupBy(found, ({ clock }) => clock.subject.kind)) {
    const ids = [...new Set(ofKind.map(({ clock }) => clock.subject.id))]
    for (let i = 0; i < ids.length; i += 5000)
      for (const id of await subjects.visibleIds(ctx.tx, ctx.actor, kind, ids.slice(i, i + 5000))) seen.add(id)
  }
  return seen
}

async function named(
  ctx: Ctx,
  subjects: Subjects,
  shown: readonly { clock: StoredClock; outcome: Outcome }[],
): Promise<PreviewedClock[]> {
  const described = await subjects.describe(
    ctx.tx,
    shown.map(({ clock }) => clock.subject),
  )
  const moment = (at: number | null) => (at === null ? null : isoInstant(at))
  return shown.map(({ clock, outcome: o }) => ({
    commitment: clock.id,
    kind: clock.kind,
    subject: { ...clock.subject, ...(described.get(clock.subject.id) ?? { reference: '', title: '' }) },
    phase: clock.phase === 'paused' ? 'paused' : 'running',
    verdict: o.verdict,
    dueAt: moment(o.due),
    newDueAt: moment(o.newDue),
    remainingSeconds: o.left,
    newRemainingSeconds: o.newLeft,
    superseded: o.superseded,
    written: o.written,
  }))
}

import type { Input, Output } from '../../../contract/action.ts'
import type { Layer, onCall, PathStep, Schedule } from '../../../contract/on-call.ts'
import { may } from '../../../contract/permissions.ts'
import { type Ctx, nowSeconds } from '../../platform/ctx.ts'
import { invalid, notFound, Problem, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { type Shift, shiftsBetween } from '../rules/shifts.ts'
import { whyNotSchedule, whyNotShift } from '../rules/why-not-on-call.ts'
import {
  insertSchedule,
  isScheduleName,
  isTeam,
  namesOf,
  overridesOf,
  saveSchedule,
  scheduleById,
  schedulesOf,
  type StoredSchedule,
} from '../schedules-store.ts'
import { standingsAt } from '../who-is-on-call.ts'

export const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** What the actor is to a schedule. */
export const standing = ({ actor }: Ctx, s: { team_id: string }) => ({
  member: actor.teams.includes(s.team_id),
  mayWrite: may(actor.role, 'on-call.write'),
})

export const shownShift = (s: Shift, names: ReadonlyMap<string, string>) => ({
  from: iso(s.from),
  to: iso(s.to),
  person: s.person === null ? null : { id: s.person, name: names.get(s.person) ?? '' },
  override: s.override,
})

export async function shownSchedules(ctx: Ctx, rows: readonly StoredSchedule[]): Promise<Schedule[]> {
  const standings = await standingsAt(ctx.tx, rows, nowSeconds(ctx))
  const persons = new Set(rows.flatMap((s) => s.layers.flatMap((l) => l.members)))
  for (const { now, next } of standings.values())
    for (const one of [now, next]) if (one?.person != null) persons.add(one.person)
  const names = await namesOf(ctx.tx, ctx.actor.organisation, [...persons])
  return rows.map((s) => {
    const { now, next } = standings.get(s.id)!
    const refusal = whyNotShift(standing(ctx, s))
    return {
      id: s.id,
      version: s.version,
      name: s.name,
      team: { id: s.team_id, name: s.team_name },
      zone: s.zone,
      layers: s.layers.map((l) => ({ ...l, people: l.members.map((id) => ({ id, name: names.get(id) ?? '' })) })),
      path: s.path,
      active: s.active,
      now: now === null ? null : shownShift(now, names),
      next: next === null ? null : shownShift(next, names),
      refusals: shownRefusals({
        edit: may(ctx.actor.role, 'on-call.write') ? null : { code: 'on-call.not-yours' },
        addOverride: refusal,
        removeOverride: refusal,
        writeNote: refusal,
      }),
    }
  })
}

export const reread = async (ctx: Ctx, id: string): Promise<Schedule> =>
  (await shownSchedules(ctx, [(await scheduleById(ctx.tx, ctx.actor.organisation, id))!]))[0]!

export async function known(ctx: Ctx, id: string, lock = false): Promise<StoredSchedule> {
  const found = await scheduleById(ctx.tx, ctx.actor.organisation, id, lock)
  if (found === undefined) throw notFound('on-call schedule')
  return found
}

export async function listSchedules(ctx: Ctx, input: Input<typeof onCall.list>): Promise<Output<typeof onCall.list>> {
  return { items: await shownSchedules(ctx, await schedulesOf(ctx.tx, ctx.actor.organisation, input.active)) }
}

export async function showSchedule(ctx: Ctx, input: Input<typeof onCall.show>): Promise<Output<typeof onCall.show>> {
  return (await shownSchedules(ctx, [await known(ctx, input.id)]))[0]!
}

const mostDays = 100 * 86_400

export async function showShifts(ctx: Ctx, input: Input<typeof onCall.shifts>): Promise<Output<typeof onCall.shifts>> {
  const found = await known(ctx, input.id)
  const [from, to] = [Date.parse(input.from) / 1000, Date.parse(input.to) / 1000]
  if (to <= from || to - from > mostDays) throw invalid('to', 'on-call.stretch')
  const overrides = await overridesOf(ctx.tx, [found.id], from, to)
  const shifts = shiftsBetween(found, overrides, Math.floor(from), Math.floor(to))
  const names = await namesOf(
    ctx.tx,
    ctx.actor.organisation,
    shifts.flatMap((s) => (s.person === null ? [] : [s.person])),
  )
  return {
    items: shifts.map((s) => shownShift(s, names)),
    overrides: overrides.map((o) => ({
      id: o.id,
      person: { id: o.person, name: o.person_name },
      from: iso(o.from),
      to: iso(o.to),
      reason: o.reason,
      madeBy: o.made_by_name,
    })),
  }
}

async function demandSchedule(ctx: Ctx, s: { zone: string; layers: readonly Layer[]; path: readonly PathStep[] }) {
  try {
    Temporal.PlainDate.from('2000-01-01').toZonedDateTime(s.zone)
  } catch {
    throw invalid('zone', 'on-call.zone-unknown', { zone: s.zone })
  }
  const names = await namesOf(ctx.tx, ctx.actor.organisation, [...new Set(s.layers.flatMap((l) => l.members))])
  const refusal = whyNotSchedule(s, new Set(names.keys()))
  if (refusal !== null)
    throw invalid(refusal.code === 'on-call.path-order' ? 'path' : 'layers', refusal.code, refusal.params)
}

async function demandName(ctx: Ctx, name: string, but: string | null): Promise<void> {
  if (await isScheduleName(ctx.tx, ctx.actor.organisation, name, but))
    throw new Problem(409, 'on-call.name-taken', { name })
}

export async function createSchedule(
  ctx: Ctx,
  input: Input<typeof onCall.create>,
): Promise<Output<typeof onCall.create>> {
  if (!(await isTeam(ctx.tx, ctx.actor.organisation, input.team))) throw invalid('team', 'on-call.team-unknown')
  await demandSchedule(ctx, input)
  await demandName(ctx, input.name, null)
  const id = newId()
  const { team, ...rest } = input
  await insertSchedule(ctx.tx, { ...rest, id, organisation: ctx.actor.organisation, team })
  ctx.record({ type: 'on-call.created', subject: { kind: 'on_call', id }, after: { ...input } })
  return reread(ctx, id)
}

export async function editSchedule(ctx: Ctx, input: Input<typeof onCall.edit>): Promise<Output<typeof onCall.edit>> {
  const before = await known(ctx, input.id, true)
  if (input.version !== undefined && input.version !== before.version)
    throw stale((await shownSchedules(ctx, [before]))[0]!, input)
  const was = { name: before.name, zone: before.zone, layers: before.layers, path: before.path, active: before.active }
  const after = {
    name: input.name ?? was.name,
    zone: input.zone ?? was.zone,
    layers: input.layers ?? was.layers,
    path: input.path ?? was.path,
    active: input.active ?? was.active,
  }
  const change = changes(was, after)
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    await demandSchedule(ctx, after)
    if (after.name !== was.name) await demandName(ctx, after.name, before.id)
    await saveSchedule(ctx.tx, before.id, after)
    ctx.record({ type: 'on-call.edited', subject: { kind: 'on_call', id: before.id }, ...change })
  }
  return reread(ctx, before.id)
}

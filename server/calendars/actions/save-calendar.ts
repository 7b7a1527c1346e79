import type { Input, Output } from '../../../contract/action.ts'
import type {
  CalendarDefinition,
  CalendarHours,
  calendars,
  Holiday,
  SpecialHours,
  Week,
} from '../../../contract/calendars.ts'
import { calendarEdited } from '../compiled.ts'
import { holidaysAround, isKnownPlace } from '../country-holidays.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, Problem, refuse, stale } from '../../platform/errors.ts'
import { canonical } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { shownCalendar, type UsedBy } from '../queries/show-calendar.ts'
import { whyNotCalendar } from '../rules/why-not-calendar.ts'
import { whyNotRetireCalendar } from '../rules/why-not-retire-calendar.ts'
import {
  calendarById,
  insertCalendar,
  insertVersion,
  isNameTaken,
  saveCalendar,
  type StoredCalendar,
} from '../store.ts'

interface Hours {
  zone: string
  week: Week
  specialHours: SpecialHours[]
  ownHolidays: Holiday[]
  country: string | null
  region: string | null
}

/** What the arithmetic reads: the hours with the holidays of their country and region. 400 where a rule says no (C9). */
async function definitionOf(ctx: Ctx, h: Hours): Promise<CalendarDefinition> {
  if (h.country === null && h.region !== null) throw invalid('region', 'calendars.region-without-country')
  if (h.country !== null && !(await isKnownPlace(h.country, h.region)))
    throw invalid('country', 'calendars.unknown-place')
  const year = Number(ctx.now.slice(0, 4))
  const legal = h.country === null ? [] : await holidaysAround(h.country, h.region, year)
  const definition = {
    zone: h.zone,
    week: h.week,
    holidays: [...h.ownHolidays, ...legal],
    specialHours: h.specialHours,
  }
  const refusal = whyNotCalendar(definition)
  if (refusal !== null) throw new Problem(400, refusal.code, refusal.params)
  return definition
}

const hoursNow = (c: StoredCalendar): Hours => ({
  zone: c.definition.zone,
  week: c.definition.week,
  specialHours: c.definition.specialHours ?? [],
  ownHolidays: c.own_holidays,
  country: c.country,
  region: c.region,
})

const hoursThen = (was: Hours, edit: CalendarHours): Hours => ({
  zone: edit.zone ?? was.zone,
  week: edit.week ?? was.week,
  specialHours: edit.specialHours ?? was.specialHours,
  ownHolidays: edit.ownHolidays ?? was.ownHolidays,
  country: edit.country === undefined ? was.country : edit.country,
  region: edit.region === undefined ? was.region : edit.region,
})

/** What the arithmetic would read after an edit that is not made; null where the hours stay as they are. 404, and 400 as the edit itself. */
export async function plannedHours(ctx: Ctx, id: string, edit: CalendarHours): Promise<CalendarDefinition | null> {
  const before = await calendarById(ctx.tx, ctx.actor.organisation, id)
  if (before === undefined) throw notFound('calendar')
  const was = hoursNow(before)
  const then = hoursThen(was, edit)
  return canonical(then) === canonical(was) ? null : definitionOf(ctx, then)
}

async function demandName(ctx: Ctx, name: string, but: string | null): Promise<void> {
  if (await isNameTaken(ctx.tx, ctx.actor.organisation, name, but))
    throw new Problem(409, 'calendars.name-taken', { name })
}

export const createCalendar =
  (usedBy: UsedBy) =>
  async (ctx: Ctx, input: Input<typeof calendars.create>): Promise<Output<typeof calendars.create>> => {
    await demandName(ctx, input.name, null)
    const hours: Hours = {
      zone: input.zone,
      week: input.week,
      specialHours: input.specialHours ?? [],
      ownHolidays: input.ownHolidays ?? [],
      country: input.country ?? null,
      region: input.region ?? null,
    }
    const definition = await definitionOf(ctx, hours)
    const id = newId()
    await insertCalendar(ctx.tx, ctx.actor.organisation, id, input.name)
    await insertVersion(ctx.tx, { ...hours, calendar: id, revision: 1, definition, by: ctx.actor.name })
    ctx.record({
      type: 'calendar.created',
      subject: { kind: 'calendar', id },
      after: { name: input.name, zone: input.zone },
    })
    return shownCalendar(ctx, (await calendarById(ctx.tx, ctx.actor.organisation, id))!, usedBy)
  }

export const editCalendar =
  (usedBy: UsedBy) =>
  async (ctx: Ctx, input: Input<typeof calendars.edit>): Promise<Output<typeof calendars.edit>> => {
    const before = await calendarById(ctx.tx, ctx.actor.organisation, input.id, true)
    if (before === undefined) throw notFound('calendar')
    if (input.version !== undefined && input.version !== before.version)
      throw stale(await shownCalendar(ctx, before, usedBy), input)
    const name = input.name ?? before.name
    const active = input.active ?? before.active
    if (name !== before.name) await demandName(ctx, name, before.id)
    if (before.active && !active)
      refuse(whyNotRetireCalendar({ usedBy: (await usedBy(ctx.tx, [before.id])).get(before.id) ?? 0 }))
    const was = hoursNow(before)
    const hours = hoursThen(was, input)
    const moved = canonical(hours) !== canonical(was)
    if (!moved && name === before.name && active === before.active) ctx.unchanged()
    else {
      const revision = before.revision + (moved ? 1 : 0)
      if (moved) {
        const definition = await definitionOf(ctx, hours)
        await insertVersion(ctx.tx, { ...hours, calendar: before.id, revision, definition, by: ctx.actor.name })
      }
      await saveCalendar(ctx.tx, before.id, { name, active, revision })
      // a name moves no clock: only new hours are news to those who count on them (W9)
      ctx.record({
        type: moved ? calendarEdited : 'calendar.renamed',
        subject: { kind: 'calendar', id: before.id },
        before: { name: before.name, active: before.active, revision: before.revision, ...(moved ? was : {}) },
        after: { name, active, revision, ...(moved ? hours : {}) },
      })
    }
    return shownCalendar(ctx, (await calendarById(ctx.tx, ctx.actor.organisation, before.id))!, usedBy)
  }

import type { Input, Output } from '../../../contract/action.ts'
import type { CalendarItem, CalendarRecord, calendars } from '../../../contract/calendars.ts'
import { may } from '../../../contract/permissions.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { isKnownPlace, knownCountries, publicHolidays } from '../country-holidays.ts'
import { whyNotEditCalendar, whyNotRetireCalendar } from '../rules/why-not-retire-calendar.ts'
import { allCalendars, calendarById, revisionsOf, type StoredCalendar } from '../store.ts'

/** How many records of the floors above use each calendar. */
export type UsedBy = (db: Db, calendars: readonly string[]) => Promise<Map<string, number>>

function shownItem(ctx: Ctx, c: StoredCalendar, usedBy: number): CalendarItem {
  const edit = whyNotEditCalendar(may(ctx.actor.role, 'calendars.write'))
  return {
    id: c.id,
    version: c.version,
    name: c.name,
    zone: c.definition.zone,
    revision: c.revision,
    active: c.active,
    usedBy,
    refusals: shownRefusals({ edit, retire: edit ?? whyNotRetireCalendar({ usedBy }) }),
  }
}

export async function shownCalendar(ctx: Ctx, c: StoredCalendar, usedBy: UsedBy): Promise<CalendarRecord> {
  return {
    ...shownItem(ctx, c, (await usedBy(ctx.tx, [c.id])).get(c.id) ?? 0),
    definition: c.definition,
    country: c.country,
    region: c.region,
    ownHolidays: c.own_holidays,
    revisions: await revisionsOf(ctx.tx, c.id),
  }
}

export const listCalendars =
  (usedBy: UsedBy) =>
  async (ctx: Ctx): Promise<Output<typeof calendars.list>> => {
    const all = await allCalendars(ctx.tx, ctx.actor.organisation)
    const used = await usedBy(
      ctx.tx,
      all.map((c) => c.id),
    )
    return { items: all.map((c) => shownItem(ctx, c, used.get(c.id) ?? 0)) }
  }

export const showCalendar =
  (usedBy: UsedBy) =>
  async (ctx: Ctx, input: Input<typeof calendars.show>): Promise<Output<typeof calendars.show>> => {
    const found = await calendarById(ctx.tx, ctx.actor.organisation, input.id)
    if (found === undefined) throw notFound('calendar')
    return shownCalendar(ctx, found, usedBy)
  }

export async function listHolidays(
  _ctx: Ctx,
  input: Input<typeof calendars.holidays>,
): Promise<Output<typeof calendars.holidays>> {
  const region = input.region ?? null
  if (!(await isKnownPlace(input.country, region))) throw invalid('country', 'calendars.unknown-place')
  const found = await publicHolidays(input.country, region, input.year)
  return { items: found.map(({ date, days, name, fromTime }) => ({ date, days, name, fromTime })) }
}

export const listCountries = async (): Promise<Output<typeof calendars.countries>> => ({
  items: await knownCountries(),
})

import { z } from 'zod'
import { basedOn, command, id, instant, line, query, refusals } from './action.ts'

/** An instant that arithmetic takes: years 1800 to 2299; parts of a second are cut off by the rules. */
export const moment = instant.refine(
  (text) => text >= '1800' && text < '2300',
  'A moment lies between the years 1800 and 2299',
)

const opens = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time as HH:MM, from 00:00 to 23:59')
const closes = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Write a time as HH:MM, from 00:00 to 24:00')

/** Working hours of one day, local, to the minute. `to` at or before `from` lies on the next date (C1–C3). */
export const span = z.strictObject({ from: opens, to: closes })
export type Span = z.infer<typeof span>

/** Closed from `fromTime` (00:00) of the first date to `toTime` (24:00) of the last, both included (C5–C9). */
export const holiday = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  yearly: z.boolean().optional(),
  fromTime: opens.optional(),
  toTime: closes.optional(),
  name: z.string().max(200).optional(),
})
export type Holiday = z.infer<typeof holiday>

/** Hours that replace the weekly ones and all holidays for spans that start on their date (C10, C11). */
export const specialHours = z.strictObject({
  date: z.iso.date(),
  spans: z.array(span).max(48),
  name: z.string().max(200).optional(),
})
export type SpecialHours = z.infer<typeof specialHours>

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

const daySpans = z.array(span).max(48).optional()

/** Weekly working spans; a weekday that is missing is closed. */
export const week = z.strictObject({
  mon: daySpans,
  tue: daySpans,
  wed: daySpans,
  thu: daySpans,
  fri: daySpans,
  sat: daySpans,
  sun: daySpans,
})
export type Week = z.infer<typeof week>

/** A calendar of working time. What its parts may not be together (C9) is asked of `whyNotCalendar`. */
export const calendarDefinition = z.strictObject({
  zone: z.string().min(1).max(100),
  week,
  holidays: z.array(holiday).max(5000).optional(),
  specialHours: z.array(specialHours).max(5000).optional(),
})
export type CalendarDefinition = z.infer<typeof calendarDefinition>

/** A stretch of time that does not count, half open. */
export const pause = z.object({ from: moment, to: moment })

/** How much is asked for: working seconds, or working days (to their closing with `endOfDay`). Exactly one of the two. */
export const amount = {
  seconds: z.int().optional(),
  workingDays: z.int().max(100_000).optional(),
  endOfDay: z.boolean().optional(),
}

export const previewCalendarInput = z
  .object({ calendar: calendarDefinition, start: moment, ...amount, pauses: z.array(pause).max(10_000).optional() })
  .refine((input) => (input.seconds === undefined) !== (input.workingDays === undefined), {
    message: 'Give either seconds or workingDays',
    path: ['seconds'],
  })
export type PreviewCalendarInput = z.infer<typeof previewCalendarInput>

/** `spans` are the stretches that counted, oldest first; `explanation` says the same in sentences. */
export const previewCalendarOutput = z.object({
  due: z.string(),
  spans: z.array(z.object({ from: z.string(), to: z.string(), seconds: z.int() })),
  explanation: z.array(z.string()),
})
export type PreviewCalendarOutput = z.infer<typeof previewCalendarOutput>

export const measureCalendarInput = z.object({ calendar: calendarDefinition, from: moment, to: moment })
export type MeasureCalendarInput = z.infer<typeof measureCalendarInput>

export const measureCalendarOutput = z.object({ seconds: z.int() })
export type MeasureCalendarOutput = z.infer<typeof measureCalendarOutput>

/** Arithmetic without a record: nothing is stored. The refusals of the rules (`negative`, `no-working-time`, C9) answer 4xx. */
export const calendarArithmetic = {
  previewCalendar: command({
    name: 'calendars.preview',
    method: 'POST',
    path: '/calendars/preview',
    permission: 'calendars.read',
    summary:
      'When working time or working days are used up on a calendar, with every span that counts. Stores nothing.',
    input: previewCalendarInput,
    output: previewCalendarOutput,
    stateless: true,
  }),
  measureCalendar: command({
    name: 'calendars.measure',
    method: 'POST',
    path: '/calendars/measure',
    permission: 'calendars.read',
    summary: 'Working seconds between two instants on a calendar. Stores nothing.',
    input: measureCalendarInput,
    output: measureCalendarOutput,
    stateless: true,
  }),
}

const country = z.string().regex(/^[A-Z]{2}$/, 'Write a country as two capital letters, such as DE')
const region = z.string().regex(/^[A-Z0-9]{1,6}$/, 'Write a region by its code, such as BY')

/** A calendar in a list. `version` counts changes of the record, `revision` the immutable versions of its definition. */
export const calendarItem = z.object({
  id,
  version: z.int(),
  name: z.string(),
  zone: z.string(),
  revision: z.int(),
  active: z.boolean(),
  /** Records that count their time on it. */
  usedBy: z.int(),
  refusals,
})
export type CalendarItem = z.output<typeof calendarItem>

export const calendarRecord = calendarItem.extend({
  /** What the arithmetic reads: `ownHolidays` and those of country and region are in its `holidays`. */
  definition: calendarDefinition,
  country: country.nullable(),
  region: region.nullable(),
  ownHolidays: z.array(holiday),
  revisions: z.array(z.object({ revision: z.int(), at: instant, by: z.string() })),
})
export type CalendarRecord = z.output<typeof calendarRecord>

const hours = {
  zone: z.string().min(1).max(100),
  week,
  specialHours: z.array(specialHours).max(2000),
  ownHolidays: z.array(holiday).max(2000),
  /** Its public holidays close the calendar. */
  country: country.nullable(),
  region: region.nullable(),
}
const fields = { name: line(120), ...hours }

/** An edit of the hours: what is left out stays as it is. */
export const calendarHours = z.object(hours).partial()
export type CalendarHours = z.output<typeof calendarHours>

export const countryHoliday = z.object({
  date: z.iso.date(),
  days: z.int(),
  name: z.string(),
  fromTime: z.string().nullable(),
})

export const calendars = {
  list: query({
    name: 'calendars.list',
    path: '/calendars',
    permission: 'calendars.read',
    summary: 'Calendars of working time, by name.',
    input: z.object({}),
    output: z.object({ items: z.array(calendarItem) }),
  }),
  countries: query({
    name: 'calendars.countries',
    path: '/calendars/countries',
    permission: 'calendars.read',
    summary: 'Countries and regions whose public holidays are known.',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          regions: z.array(z.object({ code: z.string(), name: z.string() })),
        }),
      ),
    }),
  }),
  holidays: query({
    name: 'calendars.holidays',
    path: '/calendars/holidays',
    permission: 'calendars.read',
    summary: 'Public holidays of a country, or of one of its regions, in a year.',
    input: z.object({ country, region: region.optional(), year: z.coerce.number().int().min(1970).max(2100) }),
    output: z.object({ items: z.array(countryHoliday) }),
  }),
  show: query({
    name: 'calendars.show',
    path: '/calendars/{id}',
    permission: 'calendars.read',
    summary: 'One calendar as it now stands.',
    input: z.object({ id }),
    output: calendarRecord,
  }),
  create: command({
    name: 'calendars.create',
    method: 'POST',
    path: '/calendars',
    permission: 'calendars.write',
    summary: 'Add a calendar.',
    input: z.object(fields).partial().extend({ name: fields.name, zone: fields.zone, week }),
    output: calendarRecord,
  }),
  edit: command({
    name: 'calendars.edit',
    method: 'PATCH',
    path: '/calendars/{id}',
    permission: 'calendars.write',
    summary: 'Change a calendar: new hours make a new version, and open clocks on it move.',
    input: z.object(fields).partial().extend({ id, active: z.boolean().optional(), version: basedOn }),
    output: calendarRecord,
  }),
}

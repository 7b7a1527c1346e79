import { z } from 'zod'
import { basedOn, command, id, instant, line, query, refusals } from '../../contract/action.ts'
import { calendarDefinition } from '../../contract/calendars.ts'

/** Stored calendars, until contract/calendars.ts names these actions itself. */
const row = z.object({ id, version: z.int(), name: z.string(), zone: z.string(), revision: z.int(), active: z.boolean(), usedBy: z.int(), refusals })
export type CalendarRow = z.output<typeof row>
const shown = row.extend({
  definition: calendarDefinition, country: z.string().nullable(), region: z.string().nullable(), ownHolidays: calendarDefinition.shape.holidays.unwrap(),
  revisions: z.array(z.object({ revision: z.int(), at: instant, by: z.string() })),
})
export type Calendar = z.output<typeof shown>
const fields = { name: line(120), definition: calendarDefinition, country: z.string().max(2).nullable(), region: z.string().max(10).nullable() }

export const calendars = {
  list: query({ name: 'calendars.list', path: '/calendars', permission: 'calendars.read', summary: 'Calendars.', input: z.object({}), output: z.object({ items: z.array(row) }) }),
  show: query({ name: 'calendars.show', path: '/calendars/{id}', permission: 'calendars.read', summary: 'One calendar.', input: z.object({ id }), output: shown }),
  create: command({ name: 'calendars.create', method: 'POST', path: '/calendars', permission: 'calendars.write', summary: 'Add a calendar.', input: z.object(fields).partial().required({ name: true, definition: true }), output: shown }),
  edit: command({ name: 'calendars.edit', method: 'PATCH', path: '/calendars/{id}', permission: 'calendars.write', summary: 'Change a calendar.', input: z.object(fields).partial().extend({ id, active: z.boolean().optional(), version: basedOn }), output: shown }),
  holidays: query({ name: 'calendars.holidays', path: '/calendars/holidays', permission: 'calendars.read', summary: 'Holidays of a country.', input: z.object({ country: z.string(), region: z.string().optional(), year: z.int() }), output: z.object({ items: z.array(z.object({ date: z.string(), name: z.string() })) }) }),
}

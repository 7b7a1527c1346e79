import { calendarArithmetic, calendars } from '../../contract/calendars.ts'
import { type Route, serve } from '../platform/mount.ts'
import { measureCalendar, previewCalendar } from './actions/arithmetic.ts'
import { createCalendar, editCalendar } from './actions/save-calendar.ts'
import { listCalendars, listCountries, listHolidays, showCalendar, type UsedBy } from './queries/show-calendar.ts'

export interface CalendarParts {
  usedBy?: UsedBy
}

export function calendarRoutes({ usedBy = async () => new Map() }: CalendarParts = {}): Route[] {
  return [
    serve(calendarArithmetic.previewCalendar, previewCalendar),
    serve(calendarArithmetic.measureCalendar, measureCalendar),
    serve(calendars.list, listCalendars(usedBy)),
    serve(calendars.countries, listCountries),
    serve(calendars.holidays, listHolidays),
    serve(calendars.show, showCalendar(usedBy)),
    serve(calendars.create, createCalendar(usedBy)),
    serve(calendars.edit, editCalendar(usedBy)),
  ]
}

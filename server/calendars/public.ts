/** The door of this capability. */
export { calendarRoutes } from './routes.ts'
export { calendarEdited, compiledCalendar, currentVersion } from './compiled.ts'
export { ensureDefaultCalendar } from './default-calendar.ts'
export { answered } from './actions/arithmetic.ts'
export { epochSeconds, isoInstant } from './rules/instants.ts'
export type { Calendar } from './rules/compile-calendar.ts'

/** The door of this capability. */
export { calendarRoutes } from './routes.ts'
export { calendarEdited, compiledCalendar, currentVersion } from './compiled.ts'
export { ensureDefaultCalendar } from './default-calendar.ts'

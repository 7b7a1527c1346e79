/** The door of this capability. */
export { todayRoutes } from './show-today.ts'
export { mailDigest } from './mail-digest.ts'

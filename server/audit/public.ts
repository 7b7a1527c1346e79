/** The door of this capability. */
export { auditRoutes } from './routes.ts'

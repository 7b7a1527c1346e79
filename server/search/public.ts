/** The door of this capability. */
export { searchRoutes } from './routes.ts'

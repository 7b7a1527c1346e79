/** The door of this capability. */
export { viewEstate } from './estate.ts'
export { savedViewRoutes } from './routes.ts'
export { savedViewSubject } from './subject.ts'

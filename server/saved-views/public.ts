/** The door of this capability. */
export { savedViewRoutes } from './routes.ts'
export { savedViewSubject } from './subject.ts'

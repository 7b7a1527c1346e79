/** The door of this capability. */
export { vendorRoutes } from './routes.ts'
export { vendorSubject } from './subject.ts'

/** The door of this capability. */
export { vendorRoutes } from './routes.ts'

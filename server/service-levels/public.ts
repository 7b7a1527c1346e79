/** The door of this capability. */
export { serviceLevelRoutes } from './routes.ts'
export { type Happening, keepPromises, type Promised } from './keep-promises.ts'

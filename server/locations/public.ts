/** The door of this capability. */
export { locationRoutes } from './routes.ts'
export { allLocations, insideLocation, locationById } from './store.ts'

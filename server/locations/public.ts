/** The door of this capability. */
export { locationRoutes } from './routes.ts'
export { allLocations, insideLocation, locationById } from './store.ts'
export { LocationTree, namesIn, type TreeStep, writeSteps } from './location-tree.ts'
export { locationsImport } from './imports/locations-import.ts'

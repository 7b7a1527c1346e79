/** The door of this capability. */
export { countPromises, promiseCounter, sumNextSpan } from './count-promises.ts'
export { mountPromiseExports } from './export-promises.ts'
export { asIfJob } from './judge-as-if.ts'
export { reportRoutes } from './routes.ts'

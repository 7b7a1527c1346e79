/** The door of this capability. */
export { serviceLevelRoutes } from './routes.ts'
export { type Happening, isHeard, keepPromises, type Promised } from './keep-promises.ts'
export { activeLevels, forgetLevels, levelsChannel, newTermsOf } from './levels.ts'
export { whyNotPromise } from './planned-promise.ts'
export { ensureDefaultServiceLevel } from './default-service-level.ts'
export { followCalendars } from './follow-calendars.ts'
export { retargetJob } from './retarget.ts'
export { ZoneWatch } from './zone-watch.ts'
export { levelById as levelOf, levelsUsingCalendars } from './store.ts'
export {
  type PastHappening,
  type PlannedPromises,
  planPromises,
  replacePromises,
  writePromises,
} from './plan-promises.ts'
export { type Level, serviceLevelFor } from './rules/service-level-for.ts'

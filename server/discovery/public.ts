/** The door of this capability. */
export { linkRegistered } from './link-registered.ts'
export { mountRawInventory } from './mount-raw.ts'
export { mountAgents } from './protocol/mount-agents.ts'
export { programCounter } from './recount-timer.ts'
export { discoveryRoutes } from './routes.ts'
export { deviceSubject } from './subject.ts'
export { takeInventoryJob } from './take-job.ts'

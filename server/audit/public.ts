/** The door of this capability. */
export { auditRoutes } from './routes.ts'
export { EventSealer, sealEvents } from './seal-events.ts'
export { logStanding } from './seals-store.ts'
export { verifyInstallation, verifyJob } from './verify-job.ts'

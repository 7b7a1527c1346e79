/** The door of this capability. */
export { attestationRoutes } from './routes.ts'
export { askSubject, attestationSubject } from './subject.ts'
export { disownedAssets } from './asks-store.ts'
export { followAttestationJob } from './follow-job.ts'

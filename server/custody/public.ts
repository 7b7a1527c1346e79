/** The door of this capability. */
export { custodyRoutes } from './routes.ts'
export { custodySubject } from './subject.ts'
export { followRelease } from './follow-release.ts'
export { mountReceipts } from './mount-receipts.ts'

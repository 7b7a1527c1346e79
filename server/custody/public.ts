/** The door of this capability. */
export { handOut, transfer } from './actions/hand-out.ts'
export { takeBack } from './actions/take-back.ts'
export { demandHolder } from './holders.ts'
export { custodyRoutes } from './routes.ts'
export { custodySubject } from './subject.ts'
export { followRelease } from './follow-release.ts'
export { mountReceipts } from './mount-receipts.ts'

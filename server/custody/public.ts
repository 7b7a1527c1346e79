/** The door of this capability. */
export { custodyRoutes } from './routes.ts'
export { custodySubject } from './subject.ts'
export { mountReceipts } from './mount-receipts.ts'

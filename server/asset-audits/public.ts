/** The door of this capability. */
export { assetAuditRoutes } from './routes.ts'
export { findAudits } from './audits-store.ts'
export { auditSubject } from './subject.ts'
export { tellAssetsJob } from './tell-assets.ts'
export { keepAccuracy } from './accuracy-store.ts'

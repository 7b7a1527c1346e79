/** The door of this capability. */
export { assetAuditRoutes } from './routes.ts'
export { auditSubject } from './subject.ts'
export { tellAssetsJob } from './tell-assets.ts'
export { accuracyOf } from './rules/accuracy.ts'

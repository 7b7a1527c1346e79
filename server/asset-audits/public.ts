/** The door of this capability. */
export { assetAuditRoutes } from './routes.ts'
export { auditSubject } from './subject.ts'

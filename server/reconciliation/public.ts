/** The door of this capability. */
export { queueDevices, reconciliationTap, reconciliationTimer } from './follow.ts'
export { mountDifferencesExport } from './mount-export.ts'
export { reconciliationRoutes } from './routes.ts'
export { differenceKindSubject } from './subject.ts'

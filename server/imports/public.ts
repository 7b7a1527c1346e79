/** The door of this capability: what main.ts and the command line use. */
export { importFile } from './import-file.ts'
export { mappingNamed } from './mappings-store.ts'
export { importJobs, ImportWatch } from './job.ts'
export { mountResultFile, resultFile } from './result-file.ts'
export { importRoutes } from './routes.ts'
export { shownImport } from './shown-import.ts'
export { importSubject } from './subject.ts'

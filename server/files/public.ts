/** The door of this capability. */
export type { FileContents } from './content.ts'
export { openContents } from './open-contents.ts'
export { mountFiles, tameName } from './mount-files.ts'
export { attachFiles, filesOf, insertUpload, keepFile, visibleFile } from './store.ts'

/** The door of this capability. */
export { FileContents } from './content.ts'
export { mountFiles } from './mount-files.ts'
export { attachFiles, filesOf, visibleFile } from './store.ts'

/** The door of this capability. */
export type { FileContents } from './content.ts'
export { openContents } from './open-contents.ts'
export { mountFiles } from './mount-files.ts'
export { attachFiles, filesOf, visibleFile } from './store.ts'

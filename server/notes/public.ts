/** The door of this capability. */
export { isEmptyText, plainText, sanitised } from './rich-text.ts'
export { insertNote, type StoredNote } from './store.ts'

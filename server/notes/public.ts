/** The door of this capability. */
export { isEmptyText, plainText, sanitised } from './rich-text.ts'
export { insertNote, type MailOrigin, type StoredNote } from './store.ts'

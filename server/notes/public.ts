/** The door of this capability. */
export { isEmptyText, plainText, sanitised } from './rich-text.ts'
export { insertNote, insertNotes, type MailOrigin, type NewNote, type StoredNote } from './store.ts'

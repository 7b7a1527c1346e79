/** The door of this capability. */
export { isEmptyText, paragraphs, plainText, sanitised } from './rich-text.ts'
export { insertNote, insertNotes, type MailOrigin, type NewNote, type StoredNote } from './store.ts'
export { filled, namesIn, wrongName } from './rules/fill-names.ts'

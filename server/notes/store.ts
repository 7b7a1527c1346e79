import { type Db, sql } from '../platform/db.ts'
import { storableJson } from '../platform/rules/storable-text.ts'

export interface StoredNote {
  id: string
  public: boolean
  body: string
  author_kind: string
  author_id: string | null
  author_name: string
  at: string
}

/** The mail a text came as. */
export interface MailOrigin {
  id: string
  from: { name: string; address: string }
  /** What the sender is to the record; `automatic`: no person wrote it. */
  standing: 'participant' | 'outsider' | 'automatic'
}

export interface NewNote {
  id: string
  subject: { kind: string; id: string }
  public: boolean
  /** Sanitised HTML. */
  body: string
  excerpt: string
  author: { kind: string; id: string | null; name: string }
  at: string
  mail?: MailOrigin | null
  /** Quoted text and signature, sanitised; shown when asked for. */
  folded?: string | null
}

export async function insertNote(db: Db, note: NewNote): Promise<void> {
  await sql`insert into notes (id, subject_kind, subject_id, public, body, excerpt, author_kind, author_id, author_name, at, mail, folded)
    values (${note.id}, ${note.subject.kind}, ${note.subject.id}, ${note.public}, ${note.body}, ${note.excerpt}, ${note.author.kind}, ${note.author.id}, ${note.author.name}, ${note.at},
      ${note.mail == null ? null : JSON.stringify(note.mail)}::jsonb, ${note.folded ?? null})`.execute(db)
}

/** Writes any number of notes, without mails of theirs, in one statement. */
export async function insertNotes(db: Db, notes: readonly NewNote[]): Promise<void> {
  if (notes.length === 0) return
  const rows = notes.map(({ subject, author, ...note }) => ({
    ...note,
    subject_kind: subject.kind,
    subject_id: subject.id,
    author_kind: author.kind,
    author_id: author.id,
    author_name: author.name,
  }))
  await sql`insert into notes (id, subject_kind, subject_id, public, body, excerpt, author_kind, author_id, author_name, at)
    select id, subject_kind, subject_id, public, body, excerpt, author_kind, author_id, author_name, at from jsonb_to_recordset(${storableJson(rows)}::jsonb)
      as g(id uuid, subject_kind text, subject_id uuid, public boolean, body text, excerpt text, author_kind text, author_id uuid, author_name text, at timestamptz)`.execute(
    db,
  )
}

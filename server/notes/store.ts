import { type Db, sql } from '../platform/db.ts'

export interface StoredNote {
  id: string
  public: boolean
  body: string
  author_kind: string
  author_id: string | null
  author_name: string
  at: string
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
}

export async function insertNote(db: Db, note: NewNote): Promise<void> {
  await sql`insert into notes (id, subject_kind, subject_id, public, body, excerpt, author_kind, author_id, author_name, at)
    values (${note.id}, ${note.subject.kind}, ${note.subject.id}, ${note.public}, ${note.body}, ${note.excerpt}, ${note.author.kind}, ${note.author.id}, ${note.author.name}, ${note.at})`.execute(
    db,
  )
}

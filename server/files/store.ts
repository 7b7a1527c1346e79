import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'

export interface StoredFile {
  id: string
  name: string
  type: string
  size: number
  sha256: Buffer
  subject_id: string | null
  created_by: string | null
}

export async function insertUpload(
  db: Db,
  file: {
    id: string
    organisation: string
    name: string
    type: string
    size: number
    sha256: Buffer
    by: string
    inline?: boolean
  },
): Promise<void> {
  await sql`insert into files (id, organisation_id, name, type, size, sha256, created_by, inline) values (${file.id}, ${file.organisation}, ${file.name}, ${file.type}, ${file.size}, ${file.sha256}, ${file.by}, ${file.inline === true})`.execute(
    db,
  )
}

/** A file that belongs to a subject from the start: what came with a mail, the mail itself. */
export async function keepFile(
  db: Db,
  file: {
    id: string
    organisation: string
    name: string
    type: string
    size: number
    sha256: Buffer
    by: string | null
    inline?: boolean
    subject: { kind: string; id: string; note?: string }
  },
): Promise<void> {
  await sql`insert into files (id, organisation_id, name, type, size, sha256, created_by, inline, subject_kind, subject_id, note_id)
    values (${file.id}, ${file.organisation}, ${file.name}, ${file.type}, ${file.size}, ${file.sha256}, ${file.by}, ${file.inline === true}, ${file.subject.kind}, ${file.subject.id}, ${file.subject.note ?? null})`.execute(
    db,
  )
}

/** A file the actor may open: attached to a subject one sees (a file of an internal note: whose inside one sees), or one's own upload. */
export async function visibleFile(
  db: Db,
  actor: Actor,
  subjects: Subjects,
  id: string,
): Promise<StoredFile | undefined> {
  const { rows } = await sql<StoredFile & { subject_kind: string | null; note_public: boolean | null }>`
    select f.*, n.public as note_public from files f left join notes n on n.id = f.note_id where f.id = ${id} and f.organisation_id = ${actor.organisation}`.execute(
    db,
  )
  const file = rows[0]
  if (file === undefined) return undefined
  if (file.subject_id === null || file.subject_kind === null) return file.created_by === actor.id ? file : undefined
  const kind = subjects.get(file.subject_kind)
  if (kind === undefined) return undefined
  const inside = file.note_public === false ? sql`and ${kind.insider(actor, sql.ref('g.id'))}` : sql``
  const seen =
    await sql`select 1 from (select ${file.subject_id}::uuid as id) g where ${kind.visible(actor, sql.ref('g.id'))} ${inside}`.execute(
      db,
    )
  return seen.rows.length > 0 ? file : undefined
}

/** Attaches the actor's own, still unattached uploads to a subject. Answers how many it could. */
export async function attachFiles(
  db: Db,
  actor: Actor,
  ids: readonly string[],
  to: { kind: string; id: string; note?: string },
): Promise<number> {
  if (ids.length === 0) return 0
  const { rows } = await sql`
    update files set subject_kind = ${to.kind}, subject_id = ${to.id}, note_id = ${to.note ?? null}
    where id = any(${ids}::uuid[]) and organisation_id = ${actor.organisation} and created_by = ${actor.id} and subject_id is null returning 1`.execute(
    db,
  )
  return rows.length
}

export interface ShownFile {
  id: string
  name: string
  type: string
  size: number
  inline: boolean
  note_id: string | null
  subject_id: string
}
/** The files of records, oldest first. */
export const filesOf = async (db: Db, subjects: readonly string[]): Promise<ShownFile[]> =>
  (
    await sql<ShownFile>`select id, name, type, size, inline, note_id, subject_id from files where subject_id = any(${subjects}::uuid[]) order by created_at, id`.execute(
      db,
    )
  ).rows

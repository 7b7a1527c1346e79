import { sentence } from '../platform/catalogue.ts'
import type { Actor } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'
import type { NoticeRow } from './store.ts'

export interface SaidNotice {
  row: NoticeRow
  sentence: string
  /** Null where it is about nothing, or about what the reader does not see (any more). */
  subject: { kind: string; id: string; reference: string; title: string } | null
  /** False where it is about a record that the reader does not see. */
  visible: boolean
}

/** Puts notices into words for a reader. What a notice is about is named only while the reader sees it. */
export async function sayNotices(
  db: Db,
  subjects: Subjects,
  reader: Actor,
  rows: readonly NoticeRow[],
): Promise<SaidNotice[]> {
  const about = rows.flatMap((row) =>
    row.subject_id === null ? [] : [{ kind: row.subject_kind!, id: row.subject_id }],
  )
  const visible = new Set<string>()
  for (const kind of new Set(about.map((s) => s.kind)))
    for (const id of await subjects.visibleIds(
      db,
      reader,
      kind,
      about.filter((s) => s.kind === kind).map((s) => s.id),
    ))
      visible.add(id)
  const names = await subjects.describe(
    db,
    about.filter((s) => visible.has(s.id)),
  )
  return rows.map((row) => {
    const named = row.subject_id === null ? undefined : names.get(row.subject_id)
    const seen = row.subject_id === null || named !== undefined
    return {
      row,
      visible: seen,
      sentence: seen ? wordsOf(row, named ?? {}, reader.zone) : sentence('notifications.no-longer-visible'),
      subject:
        row.subject_id === null || named === undefined
          ? null
          : { kind: row.subject_kind!, id: row.subject_id, ...named },
    }
  })
}

/** A notice may be about another one: that nobody acted on it, that it came for somebody who is away. */
function wordsOf(row: Pick<NoticeRow, 'code' | 'params'>, named: object, zone: string): string {
  const { onBehalfOf, about, ...params } = row.params
  const inner = typeof about === 'string' ? { words: sentence(about, { ...params, ...named }, zone) } : {}
  const words = sentence(row.code, { ...params, ...named, ...inner }, zone)
  return typeof onBehalfOf === 'string' ? sentence('notifications.on-behalf', { name: onBehalfOf, words }) : words
}

import type { BulkChange } from '../../../contract/ticket-bulk-edits.ts'
import { sentence } from '../../platform/catalogue.ts'
import { type Db, sql } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'

type Named = 'queue' | 'assignee' | 'category' | 'vendor'
const named = ['queue', 'assignee', 'category', 'vendor'] as const

/** Names of what the changes point at, by id; what is not there (any more) is left out. */
export async function namesIn(
  db: Db,
  organisation: string,
  changes: readonly BulkChange[],
): Promise<Map<string, { kind: Named; name: string; active: boolean }>> {
  const ids = changes.flatMap((change) => named.flatMap((field) => change[field] ?? []))
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; kind: Named; name: string; active: boolean }>`
    select id, 'queue' as kind, name, active from queues where id = any(${ids}::uuid[]) and organisation_id = ${organisation}
    union all select id, 'assignee', name, true from persons where id = any(${ids}::uuid[]) and organisation_id = ${organisation}
    union all select id, 'category', name, active from categories where id = any(${ids}::uuid[]) and organisation_id = ${organisation}
    union all select id, 'vendor', name, active from vendors where id = any(${ids}::uuid[]) and organisation_id = ${organisation}`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** 400 for a queue, person, category or vendor that is not there. */
export async function demandNamed(db: Db, organisation: string, change: BulkChange): Promise<void> {
  const names = await namesIn(db, organisation, [change])
  for (const field of named) {
    const id = change[field]
    if (id == null) continue
    const found = names.get(id)
    if (found?.kind !== field || !found.active) throw invalid(`change.${field}`, 'bulk.unknown', { field })
  }
}

/** What is done with each ticket, a sentence for each part. */
export function sayChange(change: BulkChange, names: Awaited<ReturnType<typeof namesIn>>): string[] {
  const nameOf = (id: string | null | undefined): string => (id == null ? 'none' : (names.get(id)?.name ?? '…'))
  const said: string[] = []
  if (change.queue !== undefined) said.push(sentence('bulk.do.queue', { name: nameOf(change.queue) }))
  if (change.assignee !== undefined) said.push(sentence('bulk.do.assignee', { name: nameOf(change.assignee) }))
  if (change.category !== undefined) said.push(sentence('bulk.do.category', { name: nameOf(change.category) }))
  if (change.impact !== undefined) said.push(sentence('bulk.do.impact', { level: change.impact }))
  if (change.urgency !== undefined) said.push(sentence('bulk.do.urgency', { level: change.urgency }))
  if (change.note !== undefined) said.push(sentence('bulk.do.note', { public: String(change.note.public) }))
  if (change.state !== undefined)
    said.push(sentence('bulk.do.state', { state: change.state, vendor: nameOf(change.vendor) }))
  return said
}

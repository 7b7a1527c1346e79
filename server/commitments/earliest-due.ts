import { type Db, sql } from '../platform/db.ts'

/** The earliest due moment of the running customer clocks of each subject; null where none runs. ISO instants. */
export async function earliestDue(
  db: Db,
  subjects: readonly string[],
): Promise<{ id: string; dueAt: string | null }[]> {
  const { rows } = await sql<{ id: string; dueAt: string | null }>`
    select s.id, (select min(due_at) from commitments m where m.subject_id = s.id and m.phase = 'running' and m.party = 'customer') as "dueAt"
    from unnest(${subjects}::uuid[]) as s(id)`.execute(db)
  return rows
}

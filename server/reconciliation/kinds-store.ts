import type { DifferenceKind } from '../../contract/reconciliation.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'

export interface StoredKind {
  id: string
  kind: DifferenceKind
  open: number
  set_aside: number
  oldest_at: string | null
}

/** How much more or less there is of a kind. */
export type Moves = Map<DifferenceKind, { open: number; left: number }>

/**
 * Moves the counts of kinds, in one order, so that no two transactions wait for each other; answers them as they are now with the day of the
 * oldest open one before.
 */
export async function moveCounts(
  tx: Db,
  organisation: string,
  moves: Moves,
): Promise<(StoredKind & { oldest_before: string | null })[]> {
  const found = []
  for (const [kind, by] of [...moves].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (by.open === 0 && by.left === 0) continue
    await sql`
      insert into difference_kinds (id, organisation_id, kind) values (${newId()}, ${organisation}, ${kind}) on conflict do nothing`.execute(
      tx,
    )
    const { rows } = await sql<StoredKind & { oldest_before: string | null }>`
      with before as (select id, oldest_at from difference_kinds where organisation_id = ${organisation} and kind = ${kind} for update)
      update difference_kinds k set open = k.open + ${by.open}, set_aside = k.set_aside + ${by.left},
        oldest_at = (select min(f.opened_at) from differences f where f.organisation_id = ${organisation} and f.state = 'open' and f.kind = ${kind})
      from before where k.id = before.id returning k.*, before.oldest_at as oldest_before`.execute(tx)
    found.push(...rows)
  }
  return found
}

export const kindsOf = async (db: Db, organisation: string): Promise<StoredKind[]> =>
  (await sql<StoredKind>`select * from difference_kinds where organisation_id = ${organisation}`.execute(db)).rows

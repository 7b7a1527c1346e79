import type { Estate } from '../people/public.ts'
import { sql } from '../platform/db.ts'
import { handOverSeries } from './series-store.ts'

/** Open commitments that a person owns. */
export const commitmentEstate: Estate = {
  name: 'commitments',
  async count(db, person) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from commitments where owner_id = ${person} and phase in ('running', 'paused')`.execute(db)
    return rows[0]!.n
  },
  async handOver(ctx, from, to) {
    const { rows } = await sql<{ id: string; subject_kind: string; subject_id: string }>`
      update commitments set owner_kind = 'person', owner_id = ${to}, owner_fallback = false, version = version + 1, updated_at = now()
      where owner_id = ${from} and phase in ('running', 'paused') returning id, subject_kind, subject_id`.execute(
      ctx.tx,
    )
    for (const row of rows)
      ctx.record({
        type: 'commitment.handed-over',
        subject: { kind: row.subject_kind, id: row.subject_id },
        before: { owner: from },
        after: { commitment: row.id, owner: to },
      })
    return rows.length + (await handOverSeries(ctx.tx, from, to))
  },
}

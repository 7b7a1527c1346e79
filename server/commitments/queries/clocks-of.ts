import { may } from '../../../contract/permissions.ts'
import type { TicketClock } from '../../../contract/tickets.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { shownColumns, shownTables, type ShownRow } from '../commitments-store.ts'
import { ownerShown } from './shown-commitment.ts'

/**
 * The clocks of one subject as its side panel shows them, in order of their start. The caller knows that the reader sees the subject; who
 * does not read commitments sees what was promised to the customer, not what teams and vendors owe each other.
 */
export async function clocksOf(ctx: Ctx, subjectId: string): Promise<TicketClock[]> {
  const all = may(ctx.actor.role, 'commitments.read')
  const { rows } = await sql<ShownRow>`
    select ${shownColumns} from ${shownTables} where m.subject_id = ${subjectId} and ${all ? sql`true` : sql`m.party = 'customer'`} order by m.phase not in ('running', 'paused'), m.due_at nulls last, m.created_at, m.id`.execute(
    ctx.tx,
  )
  return rows.map((row) => {
    const breach = row.breaches?.findLast((b) => b.superseded_at === null)
    return {
      commitment: row.id,
      kind: row.kind,
      title: row.hand?.title ?? null,
      party: row.party,
      phase: row.phase,
      dueAt: row.due_at,
      remainingSeconds: row.remaining_seconds,
      targetSeconds: row.target_seconds,
      targetDays: row.target_days,
      late: row.late,
      breachedAt: breach === undefined ? null : new Date(breach.deadline).toISOString(),
      stoppedAt: row.stopped_at,
      serviceLevel: row.source_kind === 'service_level' ? { id: row.source_id, name: row.source_name } : null,
      owner: ownerShown(row),
    }
  })
}

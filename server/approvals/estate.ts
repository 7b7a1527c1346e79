import type { Estate } from '../people/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { sql } from '../platform/db.ts'
import { heldApproval } from './approvals-store.ts'
import { judgeStage } from './judge-stage.ts'
import { moveSeat } from './move-seat.ts'
import { tellAsked } from './run-stages.ts'
import { leaveSeat, seatsOf } from './stages-store.ts'

const openOf = (person: string) =>
  sql`select c.seat_id, c.approval_id from approval_candidates c join approvals a on a.id = c.approval_id where c.person_id = ${person} and c.open and a.state = 'waiting'`

/**
 * Decisions a person was asked for. A leaver's seats go to the successor; where that is whose request it is, or who speaks in the stage already, to whoever takes over
 * by the rule; where there is nobody the seat lapses and the stage is judged by what was said. A seat that others can fill as well is left to them.
 */
export const approvalEstate: Estate = {
  name: 'approvals',
  async count(db, person) {
    return (await sql<{ n: number }>`select count(distinct approval_id) as n from (${openOf(person)}) x`.execute(db))
      .rows[0]!.n
  },
  async handOver(ctx, from, to) {
    const { rows } = await sql<{
      seat_id: string
      approval_id: string
    }>`${openOf(from)} order by c.approval_id, c.seat_id`.execute(ctx.tx)
    for (const { seat_id: id, approval_id: approval } of rows) {
      const a = (await heldApproval(ctx.tx, approval))!
      // what was said of the seat before may have brought the stage to its end
      const seat = (await seatsOf(ctx.tx, [approval])).find((one) => one.id === id)
      const leaver = seat?.candidates.find((c) => c.person_id === from && c.open)
      if (seat === undefined || leaver === undefined) continue
      const cause = ctx.record({
        type: 'approval.handed-over',
        subject: { kind: a.subject_kind, id: a.subject_id },
        before: { person: from, person_name: leaver.name },
        after: { approval, reference: a.reference },
      })
      if (seat.candidates.some((c) => c.person_id !== from && c.open)) await leaveSeat(ctx.tx, id, from)
      else {
        const heirs = await moveSeat(ctx, a, seat, { to, insteadOf: leaver.name, why: 'left' }, cause)
        await tellAsked(ctx, a, heirs, cause)
      }
      await judgeStage(ctx, (await heldApproval(ctx.tx, approval))!, cause, sentence('approvals.nobody-left'))
    }
    return new Set(rows.map((row) => row.approval_id)).size
  },
}

import { giveStep } from '../commitments/public.ts'
import type { Estate } from '../people/public.ts'
import { sql } from '../platform/db.ts'
import { heldApproval } from './approvals-store.ts'
import { seatsFor } from './people-around.ts'
import { tellAsked } from './run-stages.ts'
import { seatsOf } from './stages-store.ts'

const openOf = (person: string) =>
  sql`select c.seat_id, c.approval_id from approval_candidates c join approvals a on a.id = c.approval_id where c.person_id = ${person} and c.open and a.state = 'waiting'`

/**
 * Decisions a person was asked for. A leaver's seats go to the successor; where that is whose request it is, to whoever takes over by the rule. A
 * seat that others can fill as well is left to them.
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
      const seat = (await seatsOf(ctx.tx, [approval])).find((one) => one.id === id)!
      const others = seat.candidates.filter((c) => c.person_id !== from && c.open)
      await sql`delete from approval_candidates where seat_id = ${id} and person_id = ${from}`.execute(ctx.tx)
      const leaver = seat.candidates.find((c) => c.person_id === from)!.name
      let heirs: string[] = []
      if (others.length === 0) {
        const [filled] = await seatsFor(ctx.tx, a.organisation_id, a.requester_id, {
          approvers: [{ kind: 'person', id: to }],
        })
        heirs = filled!.candidates.map((c) => c.person)
        await sql`
          insert into approval_candidates (seat_id, person_id, instead_of, instead_why, approval_id)
          select ${id}, g.person, ${leaver}, 'left', ${approval} from unnest(${heirs}::uuid[]) as g(person) on conflict do nothing`.execute(
          ctx.tx,
        )
        await giveStep(ctx, seat.commitment_id, { person: heirs[0] ?? null, teams: [] })
      }
      const cause = ctx.record({
        type: 'approval.handed-over',
        subject: { kind: a.subject_kind, id: a.subject_id },
        before: { person: from, person_name: leaver },
        after: { approval, reference: a.reference, persons: heirs },
      })
      await tellAsked(ctx, a, heirs, cause)
    }
    return new Set(rows.map((row) => row.approval_id)).size
  },
}

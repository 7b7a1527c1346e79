import type { Estate } from '../../people/public.ts'
import { giveStep } from '../../commitments/public.ts'
import { sql } from '../../platform/db.ts'
import type { SubjectKind } from '../../platform/subjects.ts'
import { insideTask, visibleTask } from './tasks-store.ts'

/** What the floors below may know of tasks. */
export const taskSubject: SubjectKind = {
  kind: 'ticket_task',
  visible: (actor, id) =>
    sql<boolean>`exists (select 1 from ticket_tasks task where task.id = ${id} and ${visibleTask(actor)})`,
  insider: (actor, id) =>
    sql<boolean>`exists (select 1 from ticket_tasks task where task.id = ${id} and ${insideTask(actor)})`,
  path: () => '/tasks',
  async describe(db, ids) {
    const { rows } = await sql<{ id: string; reference: string; title: string }>`
      select k.id, t.reference, k.title from ticket_tasks k join tickets t on t.id = k.ticket_id where k.id = any(${ids}::uuid[])`.execute(
      db,
    )
    return new Map(rows.map(({ id, reference, title }) => [id, { reference, title }]))
  },
}

/** Tasks a person has: handed to a successor when the person leaves. */
export const taskEstate: Estate = {
  name: 'tasks',
  async count(db, person) {
    return (
      await sql<{
        n: number
      }>`select count(*) as n from ticket_tasks where assignee_id = ${person} and state in ('open', 'ahead')`.execute(
        db,
      )
    ).rows[0]!.n
  },
  async handOver(ctx, from, to) {
    const { rows } = await sql<{
      id: string
      ticket_id: string
      title: string
      commitment_id: string | null
      name: string
    }>`
      with moved as (update ticket_tasks set assignee_id = ${to}, version = version + 1, updated_at = now() where assignee_id = ${from} and state in ('open', 'ahead')
        returning id, ticket_id, title, commitment_id)
      select moved.*, p.name from moved, persons p where p.id = ${to} order by moved.id`.execute(ctx.tx)
    for (const row of rows) {
      ctx.record({
        type: 'ticket.task-given',
        subject: { kind: 'ticket', id: row.ticket_id },
        after: { title: row.title, to: row.name },
      })
      await giveStep(ctx, row.commitment_id, { person: to, teams: [] })
    }
    return rows.length
  },
}

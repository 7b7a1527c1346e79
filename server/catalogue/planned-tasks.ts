import type { ServiceTask } from '../../contract/catalogue.ts'
import { type Db, sql } from '../platform/db.ts'
import type { TaskPlanned } from '../tickets/public.ts'

/** The tasks of a service as they are planned: a queue stands for the first team that serves it; a person who has left for nobody. */
export async function plannedTasks(db: Db, tasks: readonly ServiceTask[]): Promise<TaskPlanned[]> {
  const of = (kind: string) => tasks.flatMap(({ owner }) => (owner?.kind === kind ? [owner.id] : []))
  const { rows } = await sql<{ id: string; team: string }>`
    select distinct on (q.queue_id) q.queue_id as id, q.team_id as team from queue_teams q join teams t on t.id = q.team_id and t.active where q.queue_id = any(${of('queue')}::uuid[]) order by q.queue_id, lower(t.name)`.execute(
    db,
  )
  const here = await sql<{ id: string }>`
    select id from persons where id = any(${of('person')}::uuid[]) and active union all select id from teams where id = any(${of('team')}::uuid[]) and active`.execute(
    db,
  )
  const teams = new Map(rows.map((row) => [row.id, row.team]))
  const known = new Set(here.rows.map((row) => row.id))
  return tasks.map(({ owner, ...task }) => ({
    stage: task.stage,
    title: task.title,
    description: task.description,
    team:
      owner?.kind === 'queue'
        ? (teams.get(owner.id) ?? null)
        : owner?.kind === 'team' && known.has(owner.id)
          ? owner.id
          : null,
    assignee: owner?.kind === 'person' && known.has(owner.id) ? owner.id : null,
    seconds: task.hours === null ? null : Math.round(task.hours * 3600),
  }))
}

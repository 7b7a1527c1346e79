import { timeEntries, workKinds } from '../contract/time-entries.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'
import { seeded } from './random.ts'

const done = ['Looked into it by remote control', 'Called back and tried it together', '', '', 'Replaced the cable', '']
const lengths = ['10m', '15m', '20m', '30m', '45m', '1h', '1h 30m', '2h 15m']

/** Time that the technicians entered on tickets of the last three months. Nothing where some is there already. */
export async function enterTime(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from ticket_time_entries limit 1`.execute(db)).rows.length > 0) return
  const { rows } = await sql<{ id: string; name: string; day: string }>`
    select t.id, p.name, coalesce(t.resolved_at, t.last_activity_at)::date as day from tickets t join persons p on p.id = t.assignee_id
    where t.created_at > now() - interval '90 days' and t.source <> 'import' order by t.created_at desc, t.id limit 320`.execute(
    db,
  )
  const random = seeded(93)
  for (const { id, name, day } of rows) {
    const actor = cast.actors.get(name)
    if (actor === undefined) continue
    const kind = random.chance(0.75) ? 'remote' : random.pick(workKinds)
    await opened.act(actor, timeEntries.add, {
      id,
      duration: random.pick(lengths),
      day,
      kind,
      words: kind === 'travel' ? 'There and back' : random.pick(done),
      billable: random.chance(0.45),
    })
  }
}

import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClient } from '../../contract/client.ts'
import { ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import { loadConfig, loadSecret } from '../../server/platform/config.ts'
import { sql } from '../../server/platform/db.ts'
import { newId, newSecret } from '../../server/platform/identifiers.ts'
import { type Killable, startKillable } from './killable.ts'

const tickets = process.env['LINCHPIN_LONG'] === '1' ? 5_000 : 600

let killable: Killable

beforeAll(async () => {
  killable = await startKillable()
}, 120_000)
afterAll(async () => {
  await killable?.stop()
}, 60_000)

/** A technician who is signed in, and serves a queue with many open tickets. */
async function desk(): Promise<{ cookie: string; queue: string }> {
  const { db } = killable.database
  const organisation = (await sql<{ id: string }>`select id from organisations`.execute(db)).rows[0]!.id
  const [person, account, team, queue] = [newId(), newId(), newId(), newId()]
  await sql`insert into persons (id, organisation_id, name) values (${person}, ${organisation}, 'Fay Fault')`.execute(
    db,
  )
  await sql`insert into accounts (id, person_id, role, name, email) values (${account}, ${person}, 'technician', 'Fay Fault', 'fay@example.test')`.execute(
    db,
  )
  await sql`insert into teams (id, organisation_id, name) values (${team}, ${organisation}, 'Faults')`.execute(db)
  await sql`insert into team_members (team_id, person_id) values (${team}, ${person})`.execute(db)
  await sql`insert into queues (id, organisation_id, name, is_default) values (${queue}, ${organisation}, 'Faults', false)`.execute(
    db,
  )
  await sql`insert into queue_teams (queue_id, team_id) values (${queue}, ${team})`.execute(db)
  await sql`insert into tickets (id, organisation_id, reference, kind, title, state, impact, urgency, priority, queue_id, requester_id, due_at, last_activity_at, created_at, updated_at)
    select gen_random_uuid(), ${organisation}, 'INC-9' || n, 'incident', 'Ticket ' || n, 'in_progress', 2, 2, 3, ${queue}, ${person}, '9999-12-31', now(), now(), now() from generate_series(1, ${tickets}::int) n`.execute(
    db,
  )
  const token = newSecret()
  await sql`insert into account_sessions (id, account_id, token, expires_at) values (${newId()}, ${account}, ${token}, now() + interval '1 day')`.execute(
    db,
  )
  const secret = (await loadSecret({ ...loadConfig(), dataDir: killable.app.dataDir })).toString('base64url')
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return { cookie: `linchpin.session_token=${encodeURIComponent(`${token}.${signature}`)}`, queue }
}

it(`changes ${tickets} tickets once each, though the process is killed on the way`, { timeout: 600_000 }, async () => {
  const { cookie, queue } = await desk()
  const client = createClient({ base: killable.app.base, headers: { cookie, origin: killable.app.base } })
  const { id } = await client(ticketBulkEdits.start, {
    filter: { queue },
    change: { urgency: 1, note: { public: false, body: '<p>Looked at together.</p>' } },
  })
  const { db } = killable.database
  const settled = async () =>
    (await sql<{ n: number }>`select count(*) as n from notes where body like '%Looked at together%'`.execute(db))
      .rows[0]!.n
  const until = async (n: number) => {
    while ((await settled()) < n) await pause(5)
  }
  await until(tickets / 10)
  await killable.app.kill()
  const atKill = await settled()
  expect(atKill).toBeLessThan(tickets)
  await killable.app.start()
  // what a dead node held is taken up once it has been silent for half a minute
  for (;;) {
    const { status } = await client(ticketBulkEdits.show, { id })
    if (status === 'done') break
    expect(['waiting', 'running']).toContain(status)
    await pause(250)
  }
  expect(await client(ticketBulkEdits.show, { id })).toMatchObject({
    total: tickets,
    settled: tickets,
    counts: { done: tickets },
  })
  const { rows } = await sql<{ notes: number; about: number; urgent: number }>`
    select (select count(*) from notes where body like '%Looked at together%') as notes, (select count(distinct subject_id) from notes where body like '%Looked at together%') as about,
      (select count(*) from tickets where queue_id = ${queue} and urgency = 1) as urgent`.execute(db)
  expect(rows).toEqual([{ notes: tickets, about: tickets, urgent: tickets }])
})

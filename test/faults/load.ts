import type { RawBuilder } from 'kysely'
import { expect } from 'vitest'
import type { Answer } from '../../contract/action.ts'
import { calendars } from '../../contract/calendars.ts'
import { type Client, createClient } from '../../contract/client.ts'
import { queues } from '../../contract/queues.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { tickets } from '../../contract/tickets.ts'
import { type Db, sql } from '../../server/platform/db.ts'
import { hashOf, newId, newSecret } from '../../server/platform/identifiers.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export interface Prepared {
  client: Client
  key: string
  assignee: string
}

/** A queue, somebody to notify, and a service level with two clocks of twenty steps within a minute. */
export async function prepareLoad(db: Db, base: string): Promise<Prepared> {
  const key = newSecret()
  const organisation = (await sql<{ id: string }>`select id from organisations`.execute(db)).rows[0]!.id
  await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${newId()}, ${organisation}, 'faults', 'administrator', ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
    db,
  )
  const client = createClient({ base, key })
  const assignee = newId()
  const team = newId()
  await sql`insert into persons (id, organisation_id, name) values (${assignee}, ${organisation}, 'Fay Fault')`.execute(
    db,
  )
  await sql`insert into accounts (id, person_id, role, name, email) values (${newId()}, ${assignee}, 'technician', 'Fay Fault', 'fay@example.test')`.execute(
    db,
  )
  await sql`insert into teams (id, organisation_id, name, lead_id) values (${team}, ${organisation}, 'Faults', ${assignee})`.execute(
    db,
  )
  await sql`insert into team_members (team_id, person_id) values (${team}, ${assignee})`.execute(db)
  await client(queues.create, { name: 'Faults', teams: [team] })
  const day = [{ from: '00:00', to: '24:00' }]
  const calendar = await client(calendars.create, {
    name: 'Always',
    zone: 'UTC',
    week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
  })
  const ladder = Array.from({ length: 20 }, (_, i) => ({
    step: `at ${(i + 1) * 5} %`,
    percent: (i + 1) * 5,
    notify: ['owner' as const],
  }))
  await client(serviceLevels.create, {
    name: 'A minute',
    calendar: calendar.id,
    conditions: {},
    targets: [
      { kind: 'first_response', seconds: 60, ladder },
      { kind: 'resolution', seconds: 60, ladder },
    ],
  })
  return { client, key, assignee }
}

export interface Acknowledged {
  tickets: Map<string, { title: string; notes: string[] }>
  refused: number
  /** Ends the writers and waits for them. */
  stop(): Promise<void>
}

/** Eight writers: four open tickets, four write notes on what was acknowledged. What fails is counted and gone on from. */
export function write({ client, assignee }: Prepared, ticketsPerSecond: number): Acknowledged {
  let writing = true
  const acknowledged: Acknowledged = { tickets: new Map(), refused: 0, stop: () => Promise.resolve() }
  const attempt = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await act()
    } catch {
      acknowledged.refused++
      await pause(100)
      return undefined
    }
  }
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let n = 0; writing; n++) {
      if (writer < 4) {
        const title = `Writer ${writer} ticket ${n}`
        const made: Answer<typeof tickets.open> | undefined = await attempt(() =>
          client(tickets.open, { title, queue: 'Faults', assignee }, { idempotencyKey: `${writer}-${n}` }),
        )
        if (made !== undefined) acknowledged.tickets.set(made.id, { title, notes: [] })
        await pause((1000 / ticketsPerSecond) * 4)
      } else {
        const known = [...acknowledged.tickets.keys()]
        const id = known[Math.floor((((writer * 7919 + n * 104_729) % 1000) / 1000) * known.length)]
        if (id !== undefined) {
          const body = `note ${writer}/${n}`
          if ((await attempt(() => client(tickets.addNote, { id, public: false, body }))) !== undefined)
            acknowledged.tickets.get(id)!.notes.push(body)
        }
        await pause(50)
      }
    }
  })
  acknowledged.stop = async () => {
    writing = false
    await Promise.all(writers)
  }
  return acknowledged
}

/** Whatever was acknowledged is readable; each step is recorded once, each notification written once, nothing due is missing, no event left behind. */
export async function expectKept(
  db: Db,
  { client }: Prepared,
  acknowledged: Acknowledged,
  output: () => string,
): Promise<{ steps: number }> {
  for (const [id, { title, notes }] of acknowledged.tickets) {
    const shown = await client(tickets.show, { id }).catch((error: Error) => {
      throw new Error(`${error.message}: ${output()}`)
    })
    expect(shown.title).toBe(title)
    const { rows } = await sql<{ body: string }>`select body from notes where subject_id = ${id}`.execute(db)
    const written = new Set(rows.map((row) => row.body.replace(/<[^>]*>/g, '')))
    for (const note of notes) expect(written).toContain(note)
  }
  const doubled = await sql`select title from tickets group by title having count(*) > 1`.execute(db)
  expect(doubled.rows).toEqual([])

  // everything that fell due up to a moment ago is recorded: wait until the timer has caught up
  for (let tries = 0; tries < 60; tries++) {
    const behind = await sql`select 1 from commitments where next_at < now() - interval '2 seconds' limit 1`.execute(db)
    if (behind.rows.length === 0) break
    await pause(500)
  }
  const { rows: counts } = await sql<{
    expected: number
    recorded: number
    notified: number
    causes: number
  }>`
    with due as (
      select c.id, least(20, floor(extract(epoch from now() - interval '3 seconds' - e.at) / 3))::int as steps from commitments c join clock_events e on e.commitment_id = c.id and e.seq = (select min(seq) from clock_events f where f.commitment_id = c.id)
      where c.subject_kind = 'ticket' and c.phase = 'running')
    select (select sum(greatest(0, steps)) from due) as expected,
      (select count(*) from ladder_records r join due d on d.id = r.commitment_id where substring(r.step from '[0-9]+')::int <= d.steps * 5) as recorded,
      (select count(*) from notifications where kind like '%step%' or cause like 'ladder:%') as notified, (select count(distinct cause) from notifications where cause like 'ladder:%') as causes`.execute(
    db,
  )
  const [seen] = counts
  expect(seen!.recorded).toBe(seen!.expected)
  expect(seen!.notified).toBe(seen!.causes)
  // clocks run on, and steps fall due meanwhile: what stands there now is told within a while, whatever comes after it
  const steps = await sql<{ cause: string }>`
    select 'ladder:' || commitment_id || ':' || generation || ':' || step as cause from ladder_records`.execute(db)
  const causes = steps.rows.map((row) => row.cause)
  await expectNone(
    'steps without a notification',
    sql<{ n: number }>`
      select count(*) as n from unnest(${causes}::text[]) cause where not exists (select 1 from notifications n where n.cause = cause.cause)`,
    db,
  )
  const waiting = (await sql<{ id: string }>`select event_id as id from outbox`.execute(db)).rows.map((row) => row.id)
  await expectNone(
    'events in the outbox',
    sql<{ n: number }>`select count(*) as n from outbox where event_id = any(${waiting}::uuid[])`,
    db,
  )
  return { steps: seen!.recorded }
}

/** Counts of what is being worked off come to nothing: what a killed node held is given back when it was silent for half a minute, by one that has lived as long. */
async function expectNone(what: string, counting: RawBuilder<{ n: number }>, db: Db): Promise<void> {
  let n = 1
  for (let tries = 0; tries < 180 && n > 0; tries++) {
    n = (await counting.execute(db)).rows[0]!.n
    if (n > 0) await pause(500)
  }
  expect(n, what).toBe(0)
}

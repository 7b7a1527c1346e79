import { afterAll, expect, test } from 'vitest'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { openWorld, target } from './world.ts'

const world = await openWorld()
afterAll(() => world.close())
const { tell, thing, level, clock, breaches, steps, timer, notices } = world
const hour = 3600
const ladder = [
  { step: 'half', percent: 50, notify: ['owner' as const], raisePriority: false },
  { step: 'due', clockSeconds: 0, notify: ['owner' as const, 'coordinators' as const], raisePriority: true },
]

test('steps and breaches are written once, told once, and marked late when nobody watched', async () => {
  const mine = newId()
  const [owner, coordinator] = [await world.person('technician'), await world.person('coordinator')]
  await level([target('resolution', 2 * hour, { ladder })], { queues: [mine] })
  const t = thing({ facts: { queue: mine }, owner: { person: owner, teams: [] } })
  const id = t.subject.id
  await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
  await timer('2026-03-02T10:59:59Z')
  expect(await steps(id)).toEqual([])
  await timer('2026-03-02T11:00:00Z')
  await timer('2026-03-02T11:00:00Z')
  expect(await steps(id)).toMatchObject([{ step: 'half', at: '2026-03-02T11:00:00Z' }])
  expect(await notices(owner)).toMatchObject([{ code: 'commitments.notice.ahead' }])
  // the clock jumps forth, back, and forth again
  await timer('2026-03-02T15:00:00Z')
  await timer('2026-03-02T10:30:00Z')
  await timer('2026-03-02T15:00:01Z')
  expect(await steps(id)).toHaveLength(2)
  expect(await breaches(id)).toEqual([{ deadline: '2026-03-02T12:00:00Z', superseded_at: null }])
  expect(await clock(id)).toMatchObject({ late: true, due_at: '2026-03-02T12:00:00Z', next_at: null })
  expect(await notices(owner)).toHaveLength(2)
  expect(await notices(coordinator)).toHaveLength(1)
  const raised = await sql`select 1 from events where type = 'thing.raised' and subject_id = ${id}`.execute(world.db)
  expect(raised.rows).toHaveLength(1)
})

test('a step reached just before an act of a person is still told, by the timer', async () => {
  const mine = newId()
  const owner = await world.person('technician')
  await level([target('resolution', 2 * hour, { ladder })], { queues: [mine] })
  const t = thing({ facts: { queue: mine }, owner: { person: owner, teams: [] } })
  await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
  await tell('2026-03-02T11:30:00Z', { ...t, state: 'resolved' }, { kind: 'resolved' })
  expect(await steps(t.subject.id)).toEqual([])
  await timer('2026-03-02T11:30:01Z')
  expect(await steps(t.subject.id)).toMatchObject([{ step: 'half' }])
  expect(await notices(owner)).toHaveLength(1)
  expect(await clock(t.subject.id)).toMatchObject({ phase: 'stopped', next_at: null })
})

test('there is no limit to a round, two nodes share it, and one that fails blocks none (Zammad 2807, osTicket, GLPI)', async () => {
  const mine = newId()
  const owner = await world.person('technician')
  await level([target('resolution', 2 * hour, { ladder: ladder.slice(0, 1) })], { queues: [mine] })
  const ids: string[] = []
  for (let i = 0; i < 1400; i += 100)
    await world.act('2026-03-02T10:00:00Z', async (ctx) => {
      const { keepPromises } = await import('./keep-promises.ts')
      for (let j = 0; j < 100; j++) {
        const t = thing({ facts: { queue: mine }, owner: { person: owner, teams: [] } })
        ids.push(t.subject.id)
        await keepPromises(ctx, t, { kind: 'opened' }, { at: ctx.now, cause: newId() })
      }
    })
  // a notification that cannot be written
  await sql`create function refuse_one() returns trigger language plpgsql as $$ begin if new.subject_id = ${sql.lit(ids[7])} then raise exception 'no'; end if; return new; end $$`.execute(
    world.db,
  )
  await sql`create trigger refuse_one before insert on notifications for each row execute function refuse_one()`.execute(
    world.db,
  )
  const began = performance.now()
  await Promise.all([timer('2026-03-02T11:00:05Z'), timer('2026-03-02T11:00:05Z')])
  await timer('2026-03-02T11:00:06Z')
  const took = performance.now() - began
  const count = async () =>
    (
      await sql<{
        n: number
      }>`select count(*) as n from ladder_records l join commitments m on m.id = l.commitment_id where m.subject_id = any(${ids}::uuid[])`.execute(
        world.db,
      )
    ).rows[0]!.n
  expect(await count()).toBe(1399)
  expect(await notices(owner)).toHaveLength(1399)
  process.stderr.write(`${Math.round(1399 / (took / 1000))} steps/s\n`)
  await sql`drop trigger refuse_one on notifications`.execute(world.db)
  await timer('2026-03-02T11:10:00Z')
  expect(await count()).toBe(1400)
})

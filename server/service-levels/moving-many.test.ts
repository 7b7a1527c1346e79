import { afterAll, expect, test } from 'vitest'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { editServiceLevel } from './actions/save-service-level.ts'
import { keepPromises } from './keep-promises.ts'
import { retarget } from './retarget.ts'
import { recentRetargets } from './retargets-store.ts'
import { openWorld, target } from './world.ts'

const world = await openWorld()
afterAll(() => world.close())
const { db, platform } = world
const hour = 3600
const many = 1300

const opened = async (queue: string): Promise<string[]> => {
  const ids: string[] = []
  for (let i = 0; i < many; i += 100)
    await world.act(new Date().toISOString(), async (ctx) => {
      for (let j = 0; j < 100; j++) {
        const t = world.thing({ facts: { queue } })
        ids.push(t.subject.id)
        await keepPromises(ctx, t, { kind: 'opened' }, { at: ctx.now, cause: newId() })
      }
    })
  return ids
}

test('more clocks than any cap move, also where a node dies in the middle (Zammad 2807, osTicket, OTOBO)', async () => {
  const queue = newId()
  const id = await world.level([target('resolution', 2 * hour)], { queues: [queue] })
  const subjects = await opened(queue)
  await world.act(new Date().toISOString(), (ctx) =>
    editServiceLevel(ctx, { id, targets: [target('resolution', 30 * hour)] }),
  )
  const { rows } = await sql<{ cause: string }>`select cause from retargets where service_level_id = ${id}`.execute(db)
  const given = { level: id, cause: rows[0]!.cause, reason: 'level-edited' as const }
  // the database goes away while the second batch is written
  const kind = platform.subjects.get('thing')!
  const dueMoved = kind.dueMoved!
  let batches = 0
  kind.dueMoved = async (tx, moved) => {
    if (++batches === 2) throw Object.assign(new Error('gone'), { code: '57P01' })
    return dueMoved(tx, moved)
  }
  await expect(retarget(platform, given)).rejects.toThrow('gone')
  kind.dueMoved = dueMoved
  const moved = async () =>
    (
      await sql<{
        n: number
      }>`select count(*) as n from clock_events e join commitments m on m.id = e.commitment_id where m.subject_id = any(${subjects}::uuid[]) and e.kind = 'retarget'`.execute(
        db,
      )
    ).rows[0]!.n
  const progress = async () => (await recentRetargets(db, world.organisation, { level: id }, 1))[0]!
  // the other batch of the two that run abreast may still be on its way
  await expect.poll(async () => (await moved()) < many).toBe(true)
  expect(await progress()).toMatchObject({ total: many, finished_at: null })
  await retarget(platform, given)
  expect(await moved()).toBe(many)
  expect(await progress()).toMatchObject({ total: many, done: many, finished_at: expect.any(String) })
})

test('a node that is stopped ends after the portions in hand, and what is left moves after the start', async () => {
  const queue = newId()
  const id = await world.level([target('resolution', 2 * hour)], { queues: [queue] })
  const subjects = await opened(queue)
  await world.act(new Date().toISOString(), (ctx) =>
    editServiceLevel(ctx, { id, targets: [target('resolution', 30 * hour)] }),
  )
  const { rows } = await sql<{ cause: string }>`select cause from retargets where service_level_id = ${id}`.execute(db)
  const given = { level: id, cause: rows[0]!.cause, reason: 'level-edited' as const }
  const stopping = new AbortController()
  const kind = platform.subjects.get('thing')!
  const dueMoved = kind.dueMoved!
  kind.dueMoved = (tx, moved) => {
    stopping.abort()
    return dueMoved(tx, moved)
  }
  await expect(retarget(platform, given, stopping.signal)).rejects.toMatchObject({ name: 'AbortError' })
  kind.dueMoved = dueMoved
  const moved = async () => {
    const { rows: counted } = await sql<{ n: number }>`
      select count(*) as n from clock_events e join commitments m on m.id = e.commitment_id where m.subject_id = any(${subjects}::uuid[]) and e.kind = 'retarget'`.execute(
      db,
    )
    return counted[0]!.n
  }
  const soFar = await moved()
  expect(soFar).toBeGreaterThan(0)
  expect(soFar).toBeLessThan(many)
  await retarget(platform, given, new AbortController().signal)
  expect(await moved()).toBe(many)
  expect((await recentRetargets(db, world.organisation, { level: id }, 1))[0]).toMatchObject({
    total: many,
    done: many,
  })
})

test('what somebody works on is left out until it is free, and nobody waits', async () => {
  const queue = newId()
  const id = await world.level([target('resolution', 2 * hour)], { queues: [queue] })
  const t = world.thing({ facts: { queue } })
  await world.tell(new Date().toISOString(), t, { kind: 'opened' })
  await world.act(new Date().toISOString(), (ctx) =>
    editServiceLevel(ctx, { id, targets: [target('resolution', 30 * hour)] }),
  )
  const before = (await world.clock(t.subject.id))!.due_at
  let moving: Promise<void> | undefined
  await db.transaction().execute(async (tx) => {
    await sql`select 1 from commitments where subject_id = ${t.subject.id} for update`.execute(tx)
    moving = retarget(platform, { level: id, cause: newId(), reason: 'level-edited' })
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect((await world.clock(t.subject.id))!.due_at).toBe(before)
  })
  await moving
  expect((await world.clock(t.subject.id))!.due_at).not.toBe(before)
})

test('one clock that cannot be moved holds up no other (GLPI 2.2.7)', async () => {
  const queue = newId()
  const id = await world.level([target('resolution', 2 * hour)], { queues: [queue] })
  const things = Array.from({ length: 5 }, () => world.thing({ facts: { queue } }))
  for (const t of things) await world.tell(new Date().toISOString(), t, { kind: 'opened' })
  const bad = (await world.clock(things[2]!.subject.id))!
  await sql`create function refuse_move() returns trigger language plpgsql as $$ begin if new.id = ${sql.lit(bad.id)} then raise exception 'no'; end if; return new; end $$`.execute(
    db,
  )
  await sql`create trigger refuse_move before update on commitments for each row execute function refuse_move()`.execute(
    db,
  )
  await world.act(new Date().toISOString(), (ctx) =>
    editServiceLevel(ctx, { id, targets: [target('resolution', 30 * hour)] }),
  )
  const { rows } = await sql<{ cause: string }>`select cause from retargets where service_level_id = ${id}`.execute(db)
  await retarget(platform, { level: id, cause: rows[0]!.cause, reason: 'level-edited' })
  const dues = await Promise.all(things.map(async (t) => (await world.clock(t.subject.id))!.due_at === bad.due_at))
  expect(dues).toEqual([false, false, true, false, false])
  expect((await recentRetargets(db, world.organisation, { level: id }, 1))[0]).toMatchObject({
    done: 4,
    finished_at: expect.any(String),
  })
  await sql`drop trigger refuse_move on commitments`.execute(db)
  // the second look takes what was left
  await retarget(platform, { level: id, cause: rows[0]!.cause, reason: 'level-edited', isSecondLook: true })
  expect((await world.clock(things[2]!.subject.id))!.due_at).not.toBe(bad.due_at)
})

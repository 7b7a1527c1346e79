import { afterAll, expect, test } from 'vitest'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { readLevels } from './levels.ts'
import { type PastHappening, planPromises, replacePromises, writePromises } from './plan-promises.ts'
import { openWorld, target } from './world.ts'
import { cpuClock } from '../../test/support/cpu-time.ts'

const world = await openWorld()
afterAll(() => world.close())
const { level, thing, clock, breaches, steps, timer, tell, db } = world
const hour = 3600
const at = (iso: string) => Date.parse(iso) / 1000
const ladder = [{ step: 'due', clockSeconds: 0, notify: ['owner' as const], raisePriority: false }]
const mine = newId()
const pauseIn = ['waiting_requester' as const]
await level(
  [
    target('first_response', hour, { ladder }),
    target('resolution', 4 * hour, { ladder, pauseIn }),
    target('next_update', 2 * hour),
  ],
  { queues: [mine] },
)
const levels = await readLevels(db, world.organisation)

function history(t: ReturnType<typeof thing>): PastHappening[] {
  const past = (iso: string, happening: PastHappening['happening'], state: string): PastHappening => ({
    at: at(iso),
    happening,
    state,
    facts: t.facts,
  })
  return [
    past('2026-03-02T10:00:00Z', { kind: 'opened' }, 'new'),
    past('2026-03-02T11:30:00Z', { kind: 'answered' }, 'in_progress'),
    past(
      '2026-03-02T12:00:00Z',
      { kind: 'state', from: 'in_progress', to: 'waiting_requester', vendor: null },
      'waiting_requester',
    ),
    past(
      '2026-03-02T13:00:00Z',
      { kind: 'state', from: 'waiting_requester', to: 'in_progress', vendor: null },
      'in_progress',
    ),
  ]
}
const when = { importedAt: at('2026-03-03T09:00:00Z'), asOf: at('2026-03-02T16:00:00Z') }

test('history is rebuilt as it would have gone live; steps before the import are suppressed, breaches are not (K23)', async () => {
  const owner = await world.person('technician')
  const t = thing({ facts: { queue: mine }, owner: { person: owner, teams: [] }, state: 'in_progress' })
  const planned = planPromises(levels, t, history(t), when)
  await writePromises(db, [planned])
  const live = thing({ facts: { queue: mine }, owner: { person: owner, teams: [] } })
  for (const h of history(live))
    await tell(new Date(h.at * 1000).toISOString(), { ...live, state: h.state }, h.happening)
  for (const kind of ['first_response', 'resolution', 'next_update']) {
    const [imported, lived] = [(await clock(t.subject.id, kind))!, (await clock(live.subject.id, kind))!]
    expect([imported.phase, imported.generation]).toEqual([lived.phase, lived.generation])
  }
  expect(await breaches(t.subject.id)).toMatchObject([
    { deadline: '2026-03-02T11:00:00Z' },
    { deadline: '2026-03-02T13:30:00Z' },
    { deadline: '2026-03-02T15:00:00Z' },
  ])
  expect(await steps(t.subject.id)).toMatchObject([
    { suppressed: true, step: 'due' },
    { suppressed: true, step: 'due' },
  ])
  await timer('2026-03-04T16:00:00Z')
  expect((await world.notices(owner)).filter((n) => n.cause.includes(planned.clocks[0]!.id))).toEqual([])
})

test('a changed history keeps the breaches that are found again and supersedes the others', async () => {
  const t = thing({ facts: { queue: mine }, state: 'in_progress' })
  const owner = await world.person('technician')
  const named = { ...t, owner: { person: owner, teams: [] } }
  await writePromises(db, [planPromises(levels, named, history(t), when)])
  const ids = async () =>
    (
      await sql<{
        id: string
      }>`select b.id from breaches b join commitments m on m.id = b.commitment_id where m.subject_id = ${t.subject.id} order by b.id`.execute(
        db,
      )
    ).rows.map((r) => r.id)
  const before = await ids()
  await replacePromises(db, [planPromises(levels, named, history(t), when)], when.asOf)
  expect(await ids()).toEqual(before)
  const changed = history(t).map((h) =>
    h.happening.kind === 'answered' ? { ...h, at: at('2026-03-02T10:30:00Z') } : h,
  )
  await replacePromises(db, [planPromises(levels, named, changed, when)], when.asOf)
  const found = await breaches(t.subject.id)
  expect(found.find((b) => b.deadline === '2026-03-02T11:00:00Z')!.superseded_at).not.toBe(null)
  expect(found.find((b) => b.deadline === '2026-03-02T15:00:00Z')!.superseded_at).toBe(null)
})

test('a later import keeps what people did here since the first', async () => {
  const t = thing({ facts: { queue: mine }, state: 'in_progress' })
  const owner = await world.person('technician')
  const named = { ...t, owner: { person: owner, teams: [] } }
  await writePromises(db, [planPromises(levels, named, history(t), when)])
  await tell('2026-03-03T10:00:00Z', { ...named, state: 'resolved' }, { kind: 'resolved' })
  expect((await clock(t.subject.id))!.phase).toBe('stopped')
  const more = [
    ...history(t),
    {
      at: at('2026-03-02T14:00:00Z'),
      happening: { kind: 'answered' as const },
      state: 'in_progress',
      facts: t.facts,
    },
  ]
  for (let i = 0; i < 2; i++) {
    await replacePromises(db, [planPromises(levels, named, more, when)], when.asOf)
    expect((await clock(t.subject.id))!.phase).toBe('stopped')
    const { rows } = await sql<{ kind: string }>`
      select e.kind from clock_events e join commitments m on m.id = e.commitment_id where m.subject_id = ${t.subject.id} and m.kind = 'resolution' order by e.seq`.execute(
      db,
    )
    expect(rows.map((r) => r.kind)).toEqual(['start', 'pause', 'resume', 'stop'])
  }
})

test('two thousand histories are rebuilt and written in a moment', async () => {
  const owner = await world.person('technician')
  const spent = cpuClock()
  const planned = Array.from({ length: 2000 }, () => {
    const t = thing({ facts: { queue: mine }, owner: { person: owner, teams: [] }, state: 'in_progress' })
    return planPromises(levels, t, history(t), when)
  })
  const thought = spent()
  await db.transaction().execute((tx) => writePromises(tx, planned))
  const took = spent()
  process.stderr.write(`plan ${(thought / 6000).toFixed(3)} ms, all ${(took / 6000).toFixed(3)} ms a clock\n`)
  // 0.2 ms with the database; the bound leaves room for a slow machine
  expect(took / 6000).toBeLessThan(3)
})

import { afterAll, expect, test } from 'vitest'
import { commitments } from '../../contract/commitments.ts'
import { commitmentRoutes } from '../commitments/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import { sql } from '../platform/db.ts'
import { editServiceLevel } from './actions/save-service-level.ts'
import { keepPromises } from './keep-promises.ts'
import { retarget } from './retarget.ts'
import { openWorld, target } from './world.ts'
import { cpuClock } from '../../test/support/cpu-time.ts'

const world = await openWorld()
afterAll(() => world.close())
const { tell, thing, level, clock, act } = world
const hour = 3600
const routes = commitmentRoutes(world.platform.subjects, 'http://127.0.0.1')
const handle = <T>(name: string) =>
  routes.find((r) => r.action.name === name)!.handle as unknown as (ctx: Ctx, input: object) => Promise<T>

test('a due moment is explained from the service level to the last span', async () => {
  const mine = newId()
  const berlin = await world.calendar({
    zone: 'Europe/Berlin',
    week: { mon: [{ from: '09:00', to: '17:00' }], tue: [{ from: '09:00', to: '17:00' }] },
  })
  await level([target('resolution', 4 * hour, { pauseIn: ['waiting_requester'] })], { queues: [mine] }, berlin)
  const t = thing({ facts: { queue: mine } })
  await tell('2026-03-02T14:00:00Z', t, { kind: 'opened' })
  await tell(
    '2026-03-02T15:00:00Z',
    { ...t, state: 'waiting_requester' },
    { kind: 'state', from: 'new', to: 'waiting_requester', vendor: null },
  )
  await tell('2026-03-03T09:00:00Z', t, { kind: 'state', from: 'waiting_requester', to: 'new', vendor: null })
  const id = (await clock(t.subject.id))!.id
  const said = commitments.explain.output.parse(
    await act('2026-03-03T10:00:00Z', (ctx) => handle('commitments.explain')(ctx, { id })),
  )
  expect(said.sentences[0]).toMatch(
    /^Service level “Level .*” applies: it is the first in order that fits; its queue\.$/,
  )
  expect(said.sentences[1]).toMatch(/^It counts on the calendar “.*”, version 1\.$/)
  const text = said.sentences.join('\n')
  expect(text).toContain('Europe/Berlin')
  expect(text).toContain('Paused on Mon 2 Mar 2026 16:00 (waiting for the requester)')
  expect(text).toContain('Works Mon 2 Mar 2026 15:00–16:00: 1 h.')
  expect(said.dueAt).toBe('2026-03-03T12:00:00Z')
  expect(said.strip.map((piece) => piece.kind)).toEqual(['worked', 'paused', 'worked', 'ahead'])
  for (const sentence of said.sentences) expect(sentence).not.toMatch(/commitments\.|service-levels\.|[{}]/)
})

test('a waiver says who and why, ends the clock for good, and keeps its breaches', async () => {
  const mine = newId()
  await level([target('resolution', hour)], { queues: [mine] })
  const t = thing({ facts: { queue: mine } })
  await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
  await world.timer('2026-03-02T12:00:00Z')
  const { id } = (await clock(t.subject.id))!
  const waived = commitments.waive.output.parse(
    await act('2026-03-02T12:30:00Z', (ctx) => handle('commitments.waive')(ctx, { id, reason: 'agreed by phone' })),
  )
  expect(waived).toMatchObject({
    phase: 'waived',
    waived: { reason: 'agreed by phone' },
    breaches: [{ supersededAt: null }],
    refusals: { waive: { code: 'commitments.not-open' } },
  })
  await tell('2026-03-02T13:00:00Z', { ...t, state: 'resolved' }, { kind: 'resolved' })
  expect(await clock(t.subject.id)).toMatchObject({ phase: 'waived', next_at: null })
  await expect(
    act('2026-03-02T13:30:00Z', (ctx) => handle('commitments.waive')(ctx, { id, reason: 'once more' })),
  ).rejects.toMatchObject({ code: 'commitments.not-open' })
})

test('an owner given by hand stays when the subject is given to another', async () => {
  const mine = newId()
  const [first, second, chosen] = [
    await world.person('technician'),
    await world.person('technician'),
    await world.person('technician'),
  ]
  await level([target('resolution', hour)], { queues: [mine] })
  const t = thing({ facts: { queue: mine }, owner: { person: first, teams: [] } })
  await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
  await tell('2026-03-02T10:01:00Z', { ...t, owner: { person: second, teams: [] } }, { kind: 'changed' })
  expect(await clock(t.subject.id)).toMatchObject({ owner_id: second })
  const { id } = (await clock(t.subject.id))!
  await act('2026-03-02T10:02:00Z', (ctx) =>
    handle('commitments.hand-over')(ctx, { id, owner: { kind: 'person', id: chosen } }),
  )
  await tell('2026-03-02T10:03:00Z', t, { kind: 'changed' })
  expect(await clock(t.subject.id)).toMatchObject({ owner_id: chosen })
  const list = commitments.list.output.parse(
    await act('2026-03-02T10:04:00Z', (ctx) =>
      handle('commitments.list')(ctx, { owner: chosen, limit: 50, count: 'exact' }),
    ),
  )
  expect(list).toMatchObject({ items: [{ id, owner: { id: chosen, fallback: false } }], total: 1, next: null })
})

test('each move says who was behind it and why; the reason is for those who work on the record', async () => {
  const mine = newId()
  const id = await level([target('resolution', 4 * hour, { pauseIn: ['waiting_requester'] })], { queues: [mine] })
  const t = thing({ facts: { queue: mine } })
  await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
  await act('2026-03-02T11:00:00Z', async (ctx) => {
    const cause = ctx.record({
      type: 'thing.waits',
      subject: t.subject,
      after: { reason: 'needs the serial number' },
      actor: { kind: 'person', id: newId(), name: 'Tess Tech' },
    })
    return keepPromises(
      ctx,
      { ...t, state: 'waiting_requester' },
      { kind: 'state', from: 'new', to: 'waiting_requester', vendor: null },
      { at: ctx.now, cause },
    )
  })
  const { id: commitment } = (await clock(t.subject.id))!
  const said = async () =>
    await act('2026-03-02T12:00:00Z', (ctx) =>
      handle<{ sentences: string[]; strip: { kind: string; cause: string | null }[]; zoneData: string }>(
        'commitments.explain',
      )(ctx, { id: commitment }),
    )
  const inside = await said()
  expect(inside.sentences.join('\n')).toContain('(waiting for the requester, by Tess Tech: “needs the serial number”)')
  expect(inside.strip.find((piece) => piece.kind === 'paused')?.cause).toContain('by Tess Tech')
  expect(inside.zoneData).toMatch(/^20\d\d[a-z]$/)
  expect(inside.sentences.join('\n')).toContain(`time-zone data ${inside.zoneData}`)
  const kind = world.platform.subjects.get('thing')!
  const insider = kind.insider
  kind.insider = () => sql<boolean>`false`
  expect((await said()).sentences.join('\n')).not.toContain('serial number')
  kind.insider = insider

  const editor = await act('2026-03-02T12:30:00Z', (ctx) =>
    editServiceLevel(
      {
        ...ctx,
        actor: { ...ctx.actor, name: 'Cora Coordinator' },
        record: (e) => ctx.record({ ...e, actor: { kind: 'person', id: newId(), name: 'Cora Coordinator' } }),
      },
      { id, targets: [target('resolution', 9 * hour)] },
    ),
  )
  expect(editor.revision).toBe(2)
  const { rows } = await sql<{ cause: string }>`select cause from retargets where service_level_id = ${id}`.execute(
    world.db,
  )
  await retarget(world.platform, { level: id, cause: rows[0]!.cause, reason: 'level-edited' })
  expect((await explainedAt(commitment)).join('\n')).toContain('(the service level was changed, by Cora Coordinator)')
})

const explainedAt = async (id: string): Promise<string[]> =>
  (await act(new Date().toISOString(), (ctx) => handle<{ sentences: string[] }>('commitments.explain')(ctx, { id })))
    .sentences

test('a clock of two hundred events is explained in a moment', async () => {
  const mine = newId()
  await level([target('resolution', 900 * hour, { pauseIn: ['waiting_requester'] })], { queues: [mine] })
  const t = thing({ facts: { queue: mine } })
  const start = Date.UTC(2026, 2, 2, 8)
  const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString()
  await tell(at(0), t, { kind: 'opened' })
  for (let i = 1; i < 200; i++) {
    const [from, to] = i % 2 === 1 ? ['new', 'waiting_requester'] : ['waiting_requester', 'new']
    await tell(at(i * 7), { ...t, state: to }, { kind: 'state', from, to, vendor: null })
  }
  const { id } = (await clock(t.subject.id))!
  const once = () =>
    act(at(2000), (ctx) => handle<{ strip: unknown[]; sentences: string[] }>('commitments.explain')(ctx, { id }))
  for (let i = 0; i < 5; i++) await once()
  const spent = cpuClock()
  const said = await once()
  const took = spent()
  expect(said.strip.length).toBeGreaterThan(190)
  expect(said.sentences.length).toBeGreaterThan(190)
  process.stderr.write(`200 events explained in ${took.toFixed(1)} ms\n`)
  // generous: the bench measures
  expect(took).toBeLessThan(200)
})

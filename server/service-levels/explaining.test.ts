import { afterAll, expect, test } from 'vitest'
import { commitments } from '../../contract/commitments.ts'
import { commitmentRoutes } from '../commitments/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import { openWorld, target } from './world.ts'

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

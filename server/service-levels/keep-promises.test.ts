import { afterAll, describe, expect, test } from 'vitest'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { openWorld, target } from './world.ts'

const world = await openWorld()
afterAll(() => world.close())
const { tell, thing, level, clock, breaches, timer, act } = world
const hour = 3600
const iso = (at: string) => new Date(at).toISOString()

describe('a record under promise', () => {
  test('starts its clocks when it is opened, under the first level that fits, and says when it is due', async () => {
    const mine = newId()
    await level([target('first_response', hour), target('resolution', 4 * hour)], { queues: [mine] })
    const t = thing({ facts: { queue: mine } })
    const kept = await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
    expect(kept.dueAt).toBe('2026-03-02T11:00:00Z')
    expect(kept.serviceLevel).toBeTypeOf('string')
    expect(await clock(t.subject.id)).toMatchObject({ phase: 'running', late: false })
    const answered = await tell('2026-03-02T10:10:00Z', t, { kind: 'answered' })
    expect(answered).toEqual({ dueAt: '2026-03-02T14:00:00Z' })
    expect(await clock(t.subject.id, 'first_response')).toMatchObject({ phase: 'stopped' })
  })

  test('without a level that fits has no clock', async () => {
    expect(await tell('2026-03-02T10:00:00Z', thing({ facts: { priority: 99 } }), { kind: 'opened' })).toEqual({
      dueAt: null,
      serviceLevel: null,
    })
  })

  test('next update starts at the first public reply, resets at each, stops when resolved, rests as its own states say (W6)', async () => {
    const mine = newId()
    await level([target('next_update', 2 * hour, { pauseIn: ['waiting_requester'] }), target('resolution', 9 * hour)], {
      queues: [mine],
    })
    const t = thing({ facts: { queue: mine }, state: 'in_progress' })
    const id = t.subject.id
    await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
    expect(await clock(id, 'next_update')).toBeUndefined()
    await tell('2026-03-02T10:30:00Z', t, { kind: 'answered' })
    expect(await clock(id, 'next_update')).toMatchObject({ due_at: iso('2026-03-02T12:30:00Z').replace('.000', '') })
    await tell('2026-03-02T11:00:00Z', t, { kind: 'answered' })
    expect(await clock(id, 'next_update')).toMatchObject({ generation: 2, due_at: '2026-03-02T13:00:00Z' })
    await tell(
      '2026-03-02T11:30:00Z',
      { ...t, state: 'waiting_requester' },
      { kind: 'state', from: 'in_progress', to: 'waiting_requester', vendor: null },
    )
    expect(await clock(id, 'next_update')).toMatchObject({ phase: 'paused', remaining_seconds: 5400 })
    expect(await clock(id, 'resolution')).toMatchObject({ phase: 'running' })
    await tell('2026-03-02T12:00:00Z', { ...t, state: 'resolved' }, { kind: 'resolved' })
    expect(await clock(id, 'next_update')).toMatchObject({ phase: 'stopped' })
    await tell('2026-03-02T12:05:00Z', { ...t, state: 'resolved' }, { kind: 'answered' })
    expect(await clock(id, 'next_update')).toMatchObject({ phase: 'stopped' })
  })

  test('waiting for a vendor starts the vendor’s clock on the vendor’s hours; handing over again is a reset (W7)', async () => {
    const mine = newId()
    await level([target('resolution', 20 * hour), target('vendor', 2 * hour)], { queues: [mine] })
    const hours = await world.calendar({ zone: 'UTC', week: { tue: [{ from: '08:00', to: '12:00' }] } })
    const t = thing({ facts: { queue: mine } })
    const id = t.subject.id
    await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
    const vendor = { id: newId(), calendar: hours.id }
    await tell(
      '2026-03-02T11:00:00Z',
      { ...t, state: 'waiting_vendor' },
      { kind: 'state', from: 'in_progress', to: 'waiting_vendor', vendor },
    )
    expect(await clock(id, 'vendor')).toMatchObject({ phase: 'running', due_at: '2026-03-03T10:00:00Z' })
    expect(await clock(id)).toMatchObject({ phase: 'running' })
    await tell(
      '2026-03-03T09:00:00Z',
      { ...t, state: 'in_progress' },
      { kind: 'state', from: 'waiting_vendor', to: 'in_progress', vendor: null },
    )
    expect(await clock(id, 'vendor')).toMatchObject({ phase: 'stopped', late: false })
    await tell(
      '2026-03-03T09:30:00Z',
      { ...t, state: 'waiting_vendor' },
      { kind: 'state', from: 'in_progress', to: 'waiting_vendor', vendor },
    )
    expect(await clock(id, 'vendor')).toMatchObject({ phase: 'running', generation: 2, due_at: '2026-03-03T11:30:00Z' })
    const other = { id: newId(), calendar: null }
    await tell(
      '2026-03-03T10:00:00Z',
      { ...t, state: 'waiting_vendor' },
      { kind: 'state', from: 'waiting_vendor', to: 'waiting_vendor', vendor: other },
    )
    expect(await clock(id, 'vendor')).toMatchObject({ generation: 3, due_at: '2026-03-03T12:00:00Z' })
  })

  test('reopening goes on or begins anew as the level says (K9)', async () => {
    for (const [resetOnReopen, due] of [
      [false, '2026-03-02T15:00:00Z'],
      [true, '2026-03-02T16:00:00Z'],
    ] as const) {
      const mine = newId()
      await level([target('resolution', 4 * hour, { resetOnReopen })], { queues: [mine] })
      const t = thing({ facts: { queue: mine } })
      await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
      await tell('2026-03-02T11:00:00Z', { ...t, state: 'resolved' }, { kind: 'resolved' })
      const kept = await tell('2026-03-02T12:00:00Z', { ...t, state: 'in_progress' }, { kind: 'reopened' })
      expect(kept.dueAt).toBe(due)
    }
  })

  test('another priority moves open clocks to the other level, cancels what it does not promise and starts what is missing', async () => {
    const mine = newId()
    await level([target('resolution', 2 * hour), target('first_response', hour)], { queues: [mine], priorities: [1] })
    await level([target('resolution', 8 * hour)], { queues: [mine], priorities: [2] })
    const t = thing({ facts: { queue: mine, priority: 2 } })
    const id = t.subject.id
    await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
    const up = { ...t, facts: { ...t.facts, priority: 1 } }
    const kept = await tell('2026-03-02T10:30:00Z', up, { kind: 'changed' })
    expect(kept.dueAt).toBe('2026-03-02T11:00:00Z')
    expect(await clock(id)).toMatchObject({ due_at: '2026-03-02T12:00:00Z' })
    expect(await clock(id, 'first_response')).toMatchObject({ phase: 'running', due_at: '2026-03-02T11:00:00Z' })
    await tell('2026-03-02T10:40:00Z', t, { kind: 'changed' })
    expect(await clock(id, 'first_response')).toMatchObject({ phase: 'cancelled' })
    expect(await tell('2026-03-02T10:45:00Z', t, { kind: 'changed' })).toEqual({ dueAt: '2026-03-02T18:00:00Z' })
  })
})

describe('failures of others that must not come back', () => {
  test('a breach survives a pause (Zammad 2.1.5)', async () => {
    const mine = newId()
    await level([target('resolution', hour, { pauseIn: ['waiting_requester'] })], { queues: [mine] })
    const t = thing({ facts: { queue: mine } })
    await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
    await tell(
      '2026-03-02T11:30:00Z',
      { ...t, state: 'waiting_requester' },
      { kind: 'state', from: 'new', to: 'waiting_requester', vendor: null },
    )
    expect(await clock(t.subject.id)).toMatchObject({ phase: 'paused', due_at: null, late: true })
    expect(await breaches(t.subject.id)).toEqual([{ deadline: '2026-03-02T11:00:00Z', superseded_at: null }])
    await tell('2026-03-02T12:30:00Z', t, { kind: 'state', from: 'waiting_requester', to: 'new', vendor: null })
    await timer('2026-03-02T12:31:00Z')
    expect(await breaches(t.subject.id)).toHaveLength(1)
  })

  test('two pauses in the same minute both count (Zammad 2.1.6)', async () => {
    const mine = newId()
    await level([target('resolution', hour, { pauseIn: ['waiting_requester'] })], { queues: [mine] })
    const t = thing({ facts: { queue: mine } })
    const to = (at: string, from: string, state: string) =>
      tell(at, { ...t, state }, { kind: 'state', from, to: state, vendor: null })
    await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
    await to('2026-03-02T10:10:05Z', 'new', 'waiting_requester')
    await to('2026-03-02T10:10:15Z', 'waiting_requester', 'new')
    await to('2026-03-02T10:10:30Z', 'new', 'waiting_requester')
    expect((await to('2026-03-02T10:10:50Z', 'waiting_requester', 'new')).dueAt).toBe('2026-03-02T11:00:30Z')
  })

  test('a pause counts on when the service level changes (GLPI 15605)', async () => {
    const mine = newId()
    const pauseIn = ['waiting_requester' as const]
    await level([target('resolution', 2 * hour, { pauseIn })], { queues: [mine], priorities: [1] })
    await level([target('resolution', 4 * hour, { pauseIn })], { queues: [mine], priorities: [2] })
    const t = thing({ facts: { queue: mine, priority: 2 } })
    await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
    await tell(
      '2026-03-02T10:30:00Z',
      { ...t, state: 'waiting_requester' },
      { kind: 'state', from: 'new', to: 'waiting_requester', vendor: null },
    )
    await tell('2026-03-02T11:30:00Z', t, { kind: 'state', from: 'waiting_requester', to: 'new', vendor: null })
    const kept = await tell('2026-03-02T11:40:00Z', { ...t, facts: { ...t.facts, priority: 1 } }, { kind: 'changed' })
    expect(kept.dueAt).toBe('2026-03-02T13:00:00Z')
  })

  test('a longer first response is not overruled by another clock (Zammad 5177)', async () => {
    const mine = newId()
    await level([target('first_response', 3 * hour), target('resolution', 2 * hour)], { queues: [mine] })
    const t = thing({ facts: { queue: mine } })
    await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
    expect(await clock(t.subject.id, 'first_response')).toMatchObject({ due_at: '2026-03-02T13:00:00Z' })
  })
})

describe('the owner is never nobody', () => {
  test('person, else a team that can act, its lead, a coordinator, an administrator', async () => {
    const mine = newId()
    await level([target('resolution', hour)], { queues: [mine] })
    const ownerOf = async (owner: { person: string | null; teams: string[] }) => {
      const t = thing({ facts: { queue: mine }, owner })
      await tell('2026-03-02T10:00:00Z', t, { kind: 'opened' })
      const c = (await clock(t.subject.id))!
      return [c.owner_kind, c.owner_id, c.owner_fallback]
    }
    const admin = await world.person('administrator')
    expect(await ownerOf({ person: null, teams: [] })).toEqual(['person', admin, true])
    const coordinator = await world.person('coordinator')
    expect(await ownerOf({ person: null, teams: [] })).toEqual(['person', coordinator, true])
    const [lead, member, gone] = [
      await world.person('technician'),
      await world.person(null),
      await world.person(null, false),
    ]
    const team = newId()
    await sql`insert into teams (id, organisation_id, name, lead_id) values (${team}, ${world.organisation}, 'Desk', ${lead})`.execute(
      world.db,
    )
    expect(await ownerOf({ person: gone, teams: [team] })).toEqual(['person', lead, true])
    await sql`insert into team_members (team_id, person_id) values (${team}, ${member})`.execute(world.db)
    expect(await ownerOf({ person: null, teams: [team] })).toEqual(['team', team, false])
    expect(await ownerOf({ person: member, teams: [team] })).toEqual(['person', member, false])
  })
})

test('a clock of the machine that is set back puts no event before those that are known', async () => {
  const mine = newId()
  await level([target('resolution', hour, { pauseIn: ['waiting_requester'] })], { queues: [mine] })
  const t = thing({ facts: { queue: mine } })
  await tell('2026-03-02T12:00:00Z', t, { kind: 'opened' })
  await tell(
    '2026-03-02T11:00:00Z',
    { ...t, state: 'waiting_requester' },
    { kind: 'state', from: 'new', to: 'waiting_requester', vendor: null },
  )
  expect(await clock(t.subject.id)).toMatchObject({ phase: 'paused', remaining_seconds: 3600 })
  void act
})

import { afterAll, describe, expect, test } from 'vitest'
import type { ClockConditions, Target } from '../../contract/service-levels.ts'
import { applyClockEvents, loadClocks, lockClocksOf } from '../commitments/public.ts'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { editServiceLevel } from './actions/save-service-level.ts'
import { retarget } from './retarget.ts'
import { openWorld, target } from './world.ts'

/**
 * What other desks got wrong, one test each. The numbers are theirs; the texts say how it must be. Failures of working time stand in
 * server/calendars/rules/known-failures.test.ts, those of volume in moving-many.test.ts and timer.test.ts.
 */
const world = await openWorld()
afterAll(() => world.close())
const { tell, thing, level, clock, breaches, steps, timer, act, db } = world
const hour = 3600
const waiting = (from: string, to: string) => ({ kind: 'state' as const, from, to, vendor: null })
const never: ClockConditions = { start: [], pause: [], resume: [], stop: [], cancel: [], reset: [] }
const own = (kind: string, when: Partial<ClockConditions>, seconds = hour): Target =>
  target(kind, seconds, { when: { ...never, ...when } })

/** A thing under a level of its own. */
async function under(targets: Target[], given: Parameters<typeof thing>[0] = {}) {
  const queue = newId()
  const id = await level(targets, { queues: [queue] })
  const t = thing({ ...given, facts: { queue, ...given.facts } })
  return { id, t, queue }
}

async function edit(id: string, targets: Target[]): Promise<void> {
  await act(new Date().toISOString(), (ctx) => editServiceLevel(ctx, { id, targets }))
  await retarget(world.platform, { level: id, cause: newId(), reason: 'level-edited' })
}

describe('Zammad', () => {
  test('2.1.1: the first in order takes the ticket, whatever it is called', async () => {
    const queue = newId()
    const first = await level([target('resolution', hour)], { queues: [queue] })
    const second = await level([target('resolution', 2 * hour)], { queues: [queue] })
    await sql`update service_levels set name = case id when ${first}::uuid then 'Zulu' else 'Alpha' end where id in (${first}::uuid, ${second}::uuid)`.execute(
      db,
    )
    const kept = await tell('2026-03-02T10:00:00Z', thing({ facts: { queue } }), { kind: 'opened' })
    expect(kept).toEqual({ dueAt: '2026-03-02T11:00:00Z', serviceLevel: first })
  })

  test('2.1.3: an edit of one target alone moves its clock, and no other', async () => {
    const { id, t } = await under([target('first_response', 2 * hour), target('resolution', 8 * hour)])
    const now = new Date(Math.floor(Date.now() / 1000) * 1000)
    await tell(now.toISOString(), t, { kind: 'opened' })
    const before = await clock(t.subject.id)
    await edit(id, [target('first_response', 3 * hour), target('resolution', 8 * hour)])
    expect(Date.parse((await clock(t.subject.id, 'first_response'))!.due_at)).toBe(now.getTime() + 3 * hour * 1000)
    expect((await clock(t.subject.id))!.due_at).toBe(before!.due_at)
  })

  test('2.1.4: every missed update is on record, not only the longest', async () => {
    const { t } = await under([target('next_update', hour)])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    for (const at of ['08:30', '11:00', '13:00']) {
      await timer(`2026-03-02T${at}:00Z`)
      await tell(`2026-03-02T${at}:00Z`, t, { kind: 'answered' })
    }
    expect(await breaches(t.subject.id)).toEqual([
      { deadline: '2026-03-02T09:30:00Z', superseded_at: null },
      { deadline: '2026-03-02T12:00:00Z', superseded_at: null },
    ])
  })

  test('2.1.7: a state pauses the clocks that name it; first response and next update do not exclude each other', async () => {
    const { t } = await under([
      target('first_response', hour),
      target('next_update', hour),
      target('resolution', 4 * hour, { pauseIn: ['waiting_requester'] }),
    ])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await tell('2026-03-02T08:10:00Z', { ...t, state: 'waiting_requester' }, waiting('new', 'waiting_requester'))
    expect(await clock(t.subject.id, 'first_response')).toMatchObject({ phase: 'running' })
    expect(await clock(t.subject.id)).toMatchObject({ phase: 'paused', due_at: null })
    await tell('2026-03-02T08:20:00Z', { ...t, state: 'waiting_requester' }, { kind: 'answered' })
    expect(await clock(t.subject.id, 'first_response')).toMatchObject({ phase: 'stopped' })
    expect(await clock(t.subject.id, 'next_update')).toMatchObject({ phase: 'running' })
  })

  test('2.1.9: a reopened ticket goes on with what was left, instead of escalating at once', async () => {
    const { t } = await under([target('resolution', 4 * hour)])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await tell('2026-03-02T09:00:00Z', { ...t, state: 'resolved' }, { kind: 'resolved' })
    await tell('2026-03-09T08:00:00Z', t, { kind: 'reopened' })
    await timer('2026-03-09T08:00:01Z')
    expect(await clock(t.subject.id)).toMatchObject({ due_at: '2026-03-09T11:00:00Z', late: false })
  })

  test('1322, 1620: a note is no contact, unless a level says so', async () => {
    const { t } = await under([
      target('first_response', hour),
      own('any contact', { start: [{ on: 'opened' }], stop: [{ on: 'answered' }, { on: 'noted' }] }),
    ])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await tell('2026-03-02T08:10:00Z', t, { kind: 'noted' })
    expect(await clock(t.subject.id, 'first_response')).toMatchObject({ phase: 'running' })
    expect(await clock(t.subject.id, 'any contact')).toMatchObject({ phase: 'stopped' })
  })

  test('4432: a step counted in working time never comes at midnight', async () => {
    const queue = newId()
    const office = await world.calendar({
      zone: 'UTC',
      week: { mon: [{ from: '09:00', to: '17:00' }], tue: [{ from: '09:00', to: '17:00' }] },
    })
    const ladder = [{ step: 'an hour late', workingSeconds: hour, notify: [], raisePriority: false }]
    await level([target('resolution', hour, { ladder })], { queues: [queue] }, office)
    const t = thing({ facts: { queue } })
    await tell('2026-03-02T15:30:00Z', t, { kind: 'opened' })
    await timer('2026-03-03T00:00:00Z')
    expect(await steps(t.subject.id)).toEqual([])
    await timer('2026-03-03T09:30:00Z')
    expect(await steps(t.subject.id)).toMatchObject([{ at: '2026-03-03T09:30:00Z' }])
  })
})

describe('GLPI', () => {
  test('2.2.5: a pending ticket does not look late: while it rests there is no due moment to compare with', async () => {
    const { t } = await under([target('resolution', 2 * hour, { pauseIn: ['waiting_requester'] })])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await tell('2026-03-02T09:00:00Z', { ...t, state: 'waiting_requester' }, waiting('new', 'waiting_requester'))
    await timer('2026-03-04T09:00:00Z')
    expect(await clock(t.subject.id)).toMatchObject({ late: false, due_at: null, remaining_seconds: hour })
    expect(await breaches(t.subject.id)).toEqual([])
  })

  test('23359: time in solved is not pending time and does not count', async () => {
    const { t } = await under([target('resolution', 4 * hour, { pauseIn: ['waiting_requester'] })])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await tell('2026-03-02T09:00:00Z', { ...t, state: 'resolved' }, { kind: 'resolved' })
    await tell('2026-03-02T12:00:00Z', { ...t, state: 'waiting_requester' }, { kind: 'reopened' })
    await tell('2026-03-02T13:00:00Z', t, waiting('waiting_requester', 'in_progress'))
    expect((await clock(t.subject.id))!.due_at).toBe('2026-03-02T16:00:00Z')
  })

  test('2.2.7: a step that nobody hears holds up none of those after it', async () => {
    const person = await world.person('technician')
    const ladder = [
      { step: 'nobody', percent: 25, notify: ['watchers' as const], raisePriority: false },
      { step: 'owner', percent: 50, notify: ['owner' as const], raisePriority: false },
    ]
    const { t } = await under([target('resolution', 4 * hour, { ladder })], { owner: { person, teams: [] } })
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await timer('2026-03-02T10:00:00Z')
    expect((await steps(t.subject.id)).map((s) => s.step)).toEqual(['nobody', 'owner'])
    expect(await world.notices(person)).toHaveLength(1)
  })

  test('12167: taking a ticket into account is no answer', async () => {
    const { t } = await under([target('first_response', hour)])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await tell(
      '2026-03-02T08:10:00Z',
      { ...t, owner: { person: await world.person('technician'), teams: [] } },
      { kind: 'changed' },
    )
    expect(await clock(t.subject.id, 'first_response')).toMatchObject({ phase: 'running' })
  })

  test('1911: a team’s clock runs from the hand-over, not from the creation of the ticket', async () => {
    const queue = newId()
    const there = newId()
    await level(
      [
        {
          ...own('network team', {
            start: [{ on: 'queue-entered', queues: [there] }],
            stop: [{ on: 'queue-left', queues: [there] }],
          }),
          party: 'team',
        },
      ],
      { queues: [queue, there] },
    )
    const t = thing({ facts: { queue } })
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    const before = { queue, priority: 3, person: null, teams: [] }
    const handed = { ...t, facts: { ...t.facts, queue: there } }
    const kept = await tell('2026-03-02T12:00:00Z', handed, { kind: 'changed', before })
    expect(await clock(t.subject.id, 'network team')).toMatchObject({ due_at: '2026-03-02T13:00:00Z' })
    // inside only: the ticket's own due moment is the customer's
    expect(kept.dueAt).toBe(null)
  })
})

describe('iTop', () => {
  test('2.3: the history is kept, so that an overrun can be told exactly', async () => {
    const { t } = await under([target('resolution', 2 * hour, { pauseIn: ['waiting_requester'] })])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await tell('2026-03-02T11:00:00Z', { ...t, state: 'waiting_requester' }, waiting('new', 'waiting_requester'))
    expect(await clock(t.subject.id)).toMatchObject({ late: true, remaining_seconds: -hour })
    expect(await breaches(t.subject.id)).toMatchObject([{ deadline: '2026-03-02T10:00:00Z' }])
  })
})

describe('osTicket', () => {
  test('2.4: a step raises the priority if it says so, and no other flag does', async () => {
    const step = (name: string, percent: number, raisePriority: boolean) => ({
      step: name,
      percent,
      notify: ['owner' as const, 'lead' as const, 'watchers' as const],
      raisePriority,
    })
    const { t } = await under([
      target('resolution', 4 * hour, { ladder: [step('tells', 25, false), step('raises', 75, true)] }),
    ])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    const raised = async () =>
      (await sql`select 1 from events where type = 'thing.raised' and subject_id = ${t.subject.id}`.execute(db)).rows
        .length
    await timer('2026-03-02T09:30:00Z')
    expect(await raised()).toBe(0)
    await timer('2026-03-02T11:30:00Z')
    await timer('2026-03-02T11:30:01Z')
    expect(await raised()).toBe(1)
  })
})

describe('OTOBO and Znuny', () => {
  test('2.5: closing leaves breach and history; nothing becomes zero', async () => {
    const { t } = await under([target('resolution', hour)])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await timer('2026-03-02T10:00:00Z')
    await tell('2026-03-02T11:00:00Z', { ...t, state: 'closed' }, { kind: 'closed' })
    expect(await clock(t.subject.id)).toMatchObject({ phase: 'stopped', late: true, worked_seconds: 3 * hour })
    expect(await breaches(t.subject.id)).toEqual([{ deadline: '2026-03-02T09:00:00Z', superseded_at: null }])
  })

  test('Znuny 200, Zammad 904: the clocks of a merged ticket end, and it never escalates', async () => {
    const ladder = [{ step: 'due', clockSeconds: 0, notify: ['owner' as const], raisePriority: false }]
    const { t } = await under([target('resolution', hour, { ladder })])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await act('2026-03-02T08:10:00Z', async (ctx) => {
      await lockClocksOf(ctx.tx, [t.subject.id])
      const [found] = await loadClocks(ctx.tx, { subjects: [t.subject.id] })
      ctx.unchanged()
      await applyClockEvents(ctx, [
        {
          clock: found!,
          events: [{ at: Date.parse(ctx.now) / 1000, kind: 'cancel', cause: null, reason: 'merged', terms: null }],
        },
      ])
    })
    await timer('2026-03-02T12:00:00Z')
    expect(await clock(t.subject.id)).toMatchObject({ phase: 'cancelled', late: false, next_at: null })
    expect(await steps(t.subject.id)).toEqual([])
    expect(await breaches(t.subject.id)).toEqual([])
  })

  test('Znuny 514: every kind of ticket starts its first response', async () => {
    const { t } = await under([target('first_response', hour)], { facts: { kind: 'request' } })
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    expect(await clock(t.subject.id, 'first_response')).toMatchObject({ due_at: '2026-03-02T09:00:00Z' })
  })
})

describe('RT', () => {
  test('2.6: each promise has a due moment and a breach of its own; none overwrites another', async () => {
    const { t } = await under([target('first_response', hour), target('resolution', 2 * hour)])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await timer('2026-03-02T11:00:00Z')
    await tell('2026-03-02T11:30:00Z', t, { kind: 'answered' })
    expect(await breaches(t.subject.id)).toHaveLength(2)
    expect((await clock(t.subject.id))!.due_at).toBe('2026-03-02T10:00:00Z')
  })
})

describe('FreeScout', () => {
  test('2674: a ladder fires anew in each generation, not once per conversation', async () => {
    const ladder = [{ step: 'soon', percent: 50, notify: ['owner' as const], raisePriority: false }]
    const { t } = await under([target('next_update', 2 * hour, { ladder })])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    for (const at of ['08:00', '09:30']) {
      await tell(`2026-03-02T${at}:00Z`, t, { kind: 'answered' })
      await timer(`2026-03-02T${at === '08:00' ? '09:10' : '10:40'}:00Z`)
    }
    expect((await steps(t.subject.id)).map((s) => s.at)).toEqual(['2026-03-02T09:00:00Z', '2026-03-02T10:30:00Z'])
  })
})

describe('commercial desks', () => {
  test('ServiceNow: start, cancel, pause, resume, stop and reset, each by conditions', async () => {
    const { t } = await under([
      own(
        'approval',
        {
          start: [{ on: 'assigned' }],
          pause: [{ on: 'answered' }],
          resume: [{ on: 'requester-replied' }],
          reset: [{ on: 'priority-changed' }],
          stop: [{ on: 'noted' }],
          cancel: [{ on: 'reopened' }],
        },
        2 * hour,
      ),
    ])
    const before = { queue: t.facts.queue, priority: 3, person: null, teams: [] }
    const taken = { ...t, owner: { person: await world.person('technician'), teams: [] } }
    const phase = async () => (await clock(t.subject.id, 'approval'))?.phase
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    expect(await phase()).toBeUndefined()
    await tell('2026-03-02T08:10:00Z', taken, { kind: 'changed', before })
    expect(await phase()).toBe('running')
    await tell('2026-03-02T08:20:00Z', taken, { kind: 'answered' })
    expect(await phase()).toBe('paused')
    await tell('2026-03-02T08:30:00Z', taken, { kind: 'requester-replied' })
    expect(await phase()).toBe('running')
    await tell(
      '2026-03-02T08:40:00Z',
      { ...taken, facts: { ...t.facts, priority: 1 } },
      { kind: 'changed', before: { ...before, person: taken.owner.person } },
    )
    expect(await clock(t.subject.id, 'approval')).toMatchObject({ generation: 2, due_at: '2026-03-02T10:40:00Z' })
    await tell('2026-03-02T08:50:00Z', taken, { kind: 'noted' })
    expect(await phase()).toBe('stopped')
  })

  test('JSM: an edit moves ongoing cycles; completed ones keep their verdict', async () => {
    const { id, t } = await under([target('next_update', hour)])
    const at = (hours: number) =>
      new Date(Math.floor(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString().replace('.000', '')
    await tell(at(-8), t, { kind: 'opened' })
    await tell(at(-7), t, { kind: 'answered' })
    await tell(at(-4), t, { kind: 'answered' })
    await tell(at(0), t, { kind: 'answered' })
    expect(await breaches(t.subject.id)).toHaveLength(2)
    await edit(id, [target('next_update', 50 * hour)])
    expect(await breaches(t.subject.id)).toMatchObject([{ superseded_at: null }, { superseded_at: null }])
    expect(await clock(t.subject.id, 'next_update')).toMatchObject({ due_at: at(50), late: false })
  })

  test('Freshservice: a ladder has as many steps as it needs', async () => {
    const ladder = [10, 30, 50, 70, 90, 95].map((percent) => ({
      step: `${percent} %`,
      percent,
      notify: [],
      raisePriority: false,
    }))
    const { t } = await under([target('resolution', 4 * hour, { ladder })])
    await tell('2026-03-02T08:00:00Z', t, { kind: 'opened' })
    await timer('2026-03-02T11:59:00Z')
    expect(await steps(t.subject.id)).toHaveLength(6)
  })
})

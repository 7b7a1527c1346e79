import { describe, expect, test } from 'vitest'
import type { ClockConditions, ClockMoment } from '../../../contract/service-levels.ts'
import { compileCalendar } from '../../calendars/rules/compile-calendar.ts'
import type { Terms } from '../../commitments/rules/terms.ts'
import { conditionsOf, firstHeard, heardOf } from './clock-conditions.ts'
import type { Track } from './clock-track.ts'
import type { Happening, Promised } from './happening.ts'
import { keepClocks } from './keep-clocks.ts'
import type { Level } from './service-level-for.ts'

const never: ClockConditions = { start: [], pause: [], resume: [], stop: [], cancel: [], reset: [] }
const calendar = compileCalendar({ zone: 'UTC', week: {} })
const terms = (kind: string, when: Partial<ClockConditions> | null, more: Partial<Terms> = {}): Terms => ({
  id: kind,
  name: 'Level',
  kind,
  party: 'team',
  target: { seconds: 3600 },
  calendar,
  calendarVersion: 'c',
  ladder: [],
  source: { kind: 'service_level', id: 'level', revision: 1 },
  pauseIn: [],
  resetOnReopen: false,
  when: when === null ? null : { ...never, ...when },
  ...more,
})
const level = (...all: Terms[]): Level => ({
  id: 'level',
  name: 'Level',
  revision: 1,
  conditions: {},
  calendar: 'c',
  calendarVersion: 'c',
  terms: all,
})
const record = (
  more: { queue?: string; priority?: number; state?: string; teams?: string[]; person?: string } = {},
) => ({
  subject: { kind: 'ticket', id: 't' },
  organisation: 'o',
  facts: {
    kind: 'incident',
    priority: more.priority ?? 3,
    queue: more.queue ?? 'desk',
    categories: [],
    organisation: 'o',
  },
  state: more.state ?? 'new',
  owner: { person: more.person ?? null, teams: more.teams ?? ['desk team'] },
})
const before = { queue: 'desk', priority: 3, person: null as string | null, teams: ['desk team'] }

describe('a condition hears', () => {
  const cases: [string, ClockMoment, Promised, Happening, string | null][] = [
    ['an answer', { on: 'answered' }, record(), { kind: 'answered' }, 'answered'],
    ['nothing else', { on: 'answered' }, record(), { kind: 'noted' }, null],
    [
      'words of the requester',
      { on: 'requester-replied' },
      record(),
      { kind: 'requester-replied' },
      'requester-replied',
    ],
    [
      'an answer in a queue',
      { on: 'answered', queues: ['network'] },
      record({ queue: 'network' }),
      { kind: 'answered' },
      'answered',
    ],
    ['none in another', { on: 'answered', queues: ['network'] }, record(), { kind: 'answered' }, null],
    ['only at a priority', { on: 'opened', priorities: [1] }, record({ priority: 1 }), { kind: 'opened' }, 'opened'],
    ['not at another', { on: 'opened', priorities: [1] }, record(), { kind: 'opened' }, null],
    [
      'a state that is entered',
      { on: 'state-entered', states: ['waiting_change'] as never },
      record({ state: 'waiting_change' }),
      { kind: 'state', from: 'new', to: 'waiting_change', vendor: null },
      'entered:waiting_change',
    ],
    [
      'and left',
      { on: 'state-left', states: ['waiting_change'] as never },
      record(),
      { kind: 'state', from: 'waiting_change', to: 'in_progress', vendor: null },
      'left:waiting_change',
    ],
    [
      'a record opened in the queue',
      { on: 'queue-entered', queues: ['desk'] },
      record(),
      { kind: 'opened' },
      'handed-to-queue',
    ],
    [
      'a hand-over to the team',
      { on: 'queue-entered', teams: ['net team'] },
      record({ queue: 'network', teams: ['net team'] }),
      { kind: 'changed', before },
      'handed-to-queue',
    ],
    [
      'none between queues of one team',
      { on: 'queue-entered', teams: ['net team'] },
      record({ queue: 'wifi', teams: ['net team'] }),
      { kind: 'changed', before: { ...before, queue: 'network', teams: ['net team'] } },
      null,
    ],
    [
      'a hand-over from it',
      { on: 'queue-left', queues: ['desk'] },
      record({ queue: 'network' }),
      { kind: 'changed', before },
      'handed-on',
    ],
    ['any hand-over', { on: 'queue-left' }, record({ queue: 'network' }), { kind: 'changed', before }, 'handed-on'],
    [
      'another priority',
      { on: 'priority-changed' },
      record({ priority: 1 }),
      { kind: 'changed', before },
      'priority-changed',
    ],
    ['an assignee', { on: 'assigned' }, record({ person: 'p' }), { kind: 'changed', before }, 'assigned'],
    [
      'nobody new',
      { on: 'assigned' },
      record({ person: 'p' }),
      { kind: 'changed', before: { ...before, person: 'p' } },
      null,
    ],
    [
      'a vendor',
      { on: 'vendor-handed' },
      record(),
      { kind: 'state', from: 'new', to: 'waiting_vendor', vendor: null },
      'handed-to-vendor',
    ],
    [
      'no vendor where none had it',
      { on: 'vendor-back' },
      record(),
      { kind: 'state', from: 'new', to: 'in_progress', vendor: null },
      null,
    ],
  ]
  test.each(cases)('%s', (_, moment, promised, happening, reason) => {
    expect(firstHeard([moment], heardOf(promised, happening), promised)?.reason ?? null).toBe(reason)
  })
})

test('presets are written in the words of any other target', () => {
  expect(conditionsOf(terms('resolution', null)).resume).toEqual([{ on: 'reopened' }])
  expect(conditionsOf(terms('resolution', null, { resetOnReopen: true }))).toMatchObject({
    resume: [],
    reset: [{ on: 'reopened' }],
  })
  expect(conditionsOf(terms('resolution', { start: [{ on: 'assigned' }] })).start).toEqual([{ on: 'assigned' }])
  expect(conditionsOf(terms('anything', null))).toEqual(never)
})

/** Plays happenings one after the other and answers the words of each clock's history. */
function played(levels: Level[], happenings: [number, Promised, Happening][]): Record<string, string[]> {
  const all: Track[] = []
  for (const [at, promised, happening] of happenings) {
    const present = [...new Map(all.filter((t) => t.phase !== 'cancelled').map((t) => [t.kind, t])).values()]
    all.push(...keepClocks(levels, present, promised, happening, { at, cause: null }, () => null).started)
  }
  return Object.fromEntries(all.map((t) => [t.kind, t.events.map((e) => `${e.at} ${e.kind} ${e.reason}`)]))
}

test('a team has its own clock: it starts on hand-over, stops when handed on, starts anew when it comes back', () => {
  const team = terms('network team', {
    start: [{ on: 'queue-entered', teams: ['net team'] }],
    reset: [{ on: 'queue-entered', teams: ['net team'] }],
    stop: [{ on: 'queue-left', teams: ['net team'] }, { on: 'resolved' }, { on: 'closed' }],
  })
  const net = record({ queue: 'network', teams: ['net team'] })
  const there = { ...before, queue: 'network', teams: ['net team'] }
  expect(
    played(
      [level(team, terms('resolution', null, { party: 'customer' }))],
      [
        [0, record(), { kind: 'opened' }],
        [10, net, { kind: 'changed', before }],
        [20, record(), { kind: 'changed', before: there }],
        [30, net, { kind: 'changed', before }],
        [40, { ...net, state: 'resolved' }, { kind: 'resolved' }],
      ],
    ),
  ).toEqual({
    'network team': ['10 start handed-to-queue', '20 stop handed-on', '30 reset handed-to-queue', '40 stop resolved'],
    resolution: ['0 start opened', '40 stop resolved'],
  })
})

test('what a condition paused, no state resumes; what a state paused, no condition', () => {
  const own = terms(
    'workaround',
    {
      start: [{ on: 'opened' }],
      pause: [{ on: 'answered' }],
      resume: [{ on: 'requester-replied' }],
      stop: [{ on: 'resolved' }],
    },
    { pauseIn: ['waiting_vendor'] },
  )
  const state = (from: string, to: string): Happening => ({ kind: 'state', from, to, vendor: null })
  expect(
    played(
      [level(own)],
      [
        [0, record(), { kind: 'opened' }],
        [10, record(), { kind: 'answered' }],
        [20, record({ state: 'in_progress' }), state('new', 'in_progress')],
        [30, record({ state: 'in_progress' }), { kind: 'requester-replied' }],
        [40, record({ state: 'waiting_vendor' }), state('in_progress', 'waiting_vendor')],
        [50, record({ state: 'waiting_vendor' }), { kind: 'requester-replied' }],
        [60, record({ state: 'in_progress' }), state('waiting_vendor', 'in_progress')],
      ],
    )['workaround'],
  ).toEqual([
    '0 start opened',
    '10 pause answered',
    '30 resume requester-replied',
    '40 pause state:waiting_vendor',
    '60 resume state:in_progress',
  ])
})

test('resolving may start a promise, and nothing else starts on a resolved record', () => {
  const review = terms('review', { start: [{ on: 'resolved' }], stop: [{ on: 'closed' }] })
  const note = terms('note', { start: [{ on: 'noted' }] })
  const done = record({ state: 'resolved' })
  expect(
    played(
      [level(review, note)],
      [
        [0, record(), { kind: 'opened' }],
        [10, done, { kind: 'resolved' }],
        [20, done, { kind: 'noted' }],
        [30, record({ state: 'closed' }), { kind: 'closed' }],
      ],
    ),
  ).toEqual({ review: ['10 start resolved', '30 stop closed'] })
})

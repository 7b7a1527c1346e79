import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AlertCourse, type AlertPolicy, dueAct, heard } from './follow-alert.ts'

const policy: AlertPolicy = {
  opensFrom: 'warning',
  holdSeconds: 120,
  quietSeconds: 300,
  flapChanges: 4,
  flapSeconds: 1800,
  resolves: true,
}
const at = (minute: number) => new Date(Date.UTC(2026, 10, 30) + minute * 60_000).toISOString()
const course = (given: Partial<AlertCourse>): AlertCourse => ({
  status: 'firing',
  severity: 'critical',
  changes: [],
  flapping: false,
  statusSince: at(0),
  ticket: null,
  settledAt: null,
  ...given,
})

test.each<[string, Partial<AlertCourse>, Partial<AlertPolicy>, ReturnType<typeof dueAct>]>([
  ['it fires: a ticket once it has lasted', {}, {}, { act: 'open', at: at(2) }],
  ['it fires, not bad enough', { severity: 'info' }, {}, null],
  ['it fires, no tickets wanted', {}, { opensFrom: 'never' }, null],
  ['it fires and has its ticket', { ticket: 'open' }, {}, null],
  [
    'it is over: resolved once it has been quiet',
    { status: 'resolved', ticket: 'open' },
    {},
    { act: 'resolve', at: at(5) },
  ],
  ['it is over before there was a ticket', { status: 'resolved' }, {}, null],
  ['it is over, people resolve', { status: 'resolved', ticket: 'open' }, { resolves: false }, null],
  [
    'it flaps: over for as long as flapping is looked at',
    { status: 'resolved', ticket: 'open', flapping: true },
    {},
    { act: 'resolve', at: at(30) },
  ],
  [
    'it came again after its ticket was resolved',
    { ticket: 'resolved', settledAt: at(-5) },
    {},
    { act: 'reopen', at: at(2) },
  ],
  [
    'it came again after its ticket was closed',
    { ticket: 'closed', settledAt: at(-5) },
    {},
    { act: 'open', at: at(2) },
  ],
  ['a person resolved its ticket while it goes on', { ticket: 'resolved', settledAt: at(5) }, {}, null],
])('%s', (_, given, set, expected) => expect(dueAct(course(given), { ...policy, ...set })).toEqual(expected))

test('changes count once, old ones are forgotten, and it flaps when there are enough', () => {
  let seen = heard(null, 'firing', at(0), policy)
  for (const [minute, status] of [
    [1, 'firing'],
    [2, 'resolved'],
    [3, 'firing'],
  ] as const)
    seen = heard(seen, status, at(minute), policy)
  expect(seen).toMatchObject({ changes: [at(0), at(2), at(3)], flapping: false, statusSince: at(3) })
  seen = heard(seen, 'resolved', at(4), policy)
  expect(seen.flapping).toBe(true)
  expect(heard(seen, 'resolved', at(40), policy)).toMatchObject({ changes: [], flapping: false, statusSince: at(4) })
})

test('repeats change nothing but the memory of flapping', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('firing' as const, 'resolved' as const), { minLength: 1, maxLength: 60 }),
      (statuses) => {
        let doubled = heard(null, statuses[0]!, at(0), policy)
        let single = doubled
        statuses.forEach((status, minute) => {
          single = heard(single, status, at(minute), policy)
          doubled = heard(heard(doubled, status, at(minute), policy), status, at(minute), policy)
        })
        expect(doubled).toEqual(single)
        expect(single.changes.length).toBeLessThanOrEqual(policy.flapChanges)
      },
    ),
  )
})

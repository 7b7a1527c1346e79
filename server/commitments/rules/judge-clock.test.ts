import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileCalendar } from '../../calendars/rules/compile-calendar.ts'
import type { ClockEventKind, ClockPhase } from '../../../contract/clocks.ts'
import { audienceOf, tellingOf } from './audience.ts'
import { phaseAfter } from './clock-phase.ts'
import { judgeClock, type LedgerClock, type LedgerEvent } from './judge-clock.ts'
import { reconcileBreaches } from './reconcile-breaches.ts'
import type { Terms } from './terms.ts'

const day = [{ from: '00:00', to: '24:00' }]
const calendar = compileCalendar({
  zone: 'UTC',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
})
const terms = (seconds: number, ladder: Terms['ladder'] = []): Terms => ({
  id: `terms ${seconds}`,
  name: 'Level',
  kind: 'resolution',
  party: 'customer',
  target: { seconds },
  calendar,
  calendarVersion: 'v',
  ladder,
  source: { kind: 'service_level', id: 'l', revision: 1 },
  pauseIn: [],
  resetOnReopen: false,
  when: null,
})
const event = (at: number, kind: ClockEventKind, t: Terms | null = null): LedgerEvent => ({
  at,
  kind,
  cause: null,
  reason: null,
  terms: t,
})
const clock = (...events: LedgerEvent[]): LedgerClock => ({ events, importedAt: null, breaches: [], recorded: [] })
const half = { step: 'half', percent: 50, notify: ['owner' as const], raisePriority: false }

test('a step that came with new terms fires at the change, not before it was promised (K22)', () => {
  const judged = judgeClock(clock(event(0, 'start', terms(100)), event(80, 'retarget', terms(100, [half]))), 90)
  expect(judged.steps).toEqual([{ step: 'half', generation: 1, at: 80, suppressed: false }])
  expect(judged.nextAt).toBe(80)
  expect(judged.nextAfterSteps).toBe(101)
})

test('a step on record is not found again', () => {
  const judged = judgeClock(
    { ...clock(event(0, 'start', terms(100, [half]))), recorded: [{ step: 'half', generation: 1 }] },
    90,
  )
  expect(judged.steps).toEqual([])
})

test('without working time within ten years a clock stands without a due moment and says why (K19)', () => {
  const never = { ...terms(100), calendar: compileCalendar({ zone: 'UTC', week: {} }) }
  expect(judgeClock(clock(event(0, 'start', never)), 10)).toMatchObject({
    phase: 'running',
    due: null,
    nextAt: null,
    refused: 'no-working-time',
  })
})

test('the phase table says the same as a replay', () => {
  const kinds: ClockEventKind[] = ['pause', 'resume', 'stop', 'cancel', 'reset', 'retarget']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 12 }), (list) => {
      const events = [event(0, 'start', terms(1000)), ...list.map((kind, i) => event(i + 1, kind))]
      const phase = events.reduce<ClockPhase>((p, e) => phaseAfter(p, e.kind), 'notStarted')
      expect(judgeClock(clock(...events), 50).phase).toBe(phase)
    }),
  )
})

test('whenever it is looked at, breaches are written once and at most one of a generation is valid (K10, K11)', () => {
  const kinds: ClockEventKind[] = ['pause', 'resume', 'stop', 'reset', 'retarget']
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          kind: fc.constantFrom(...kinds),
          after: fc.integer({ min: 0, max: 80 }),
          seconds: fc.integer({ min: 10, max: 200 }),
        }),
        { maxLength: 10 },
      ),
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 6 }),
      (list, jumps) => {
        let at = 0
        const events = [event(0, 'start', terms(60))]
        let known: { id: string; generation: number; deadline: number; supersededAt: number | null }[] = []
        const look = (now: number): void => {
          const { breaches } = judgeClock({ ...clock(...events), breaches: known }, now)
          known = known.map((k) => ({
            ...k,
            supersededAt: breaches.superseded.find((s) => s.id === k.id)?.at ?? k.supersededAt,
          }))
          known.push(...breaches.found.map((b, i) => ({ ...b, id: `${known.length + i}` })))
          const valid = known.filter((k) => k.supersededAt === null)
          expect(new Set(valid.map((k) => k.generation)).size).toBe(valid.length)
          const again = judgeClock({ ...clock(...events), breaches: known }, now).breaches
          expect([again.found, again.superseded]).toEqual([[], []])
        }
        for (const { kind, after, seconds } of list) {
          at += after
          events.push(event(at, kind, kind === 'retarget' ? terms(seconds) : null))
          look(at)
        }
        for (const jump of jumps) look(Math.max(0, at + jump))
      },
    ),
  )
})

test('a breach whose due moment lies ahead of the moment judged is left alone', () => {
  const known = [{ id: 'a', generation: 1, deadline: 100, supersededAt: null }]
  expect(reconcileBreaches([], known, 50).superseded).toEqual([])
  expect(reconcileBreaches([], known, 101).superseded).toEqual([{ id: 'a', at: 101 }])
})

const around = {
  owner: ['o'],
  assignee: null,
  teamMembers: ['m', 'o'],
  leads: [],
  coordinators: ['c'],
  administrators: ['a'],
  requester: 'r',
  watchers: ['w'],
  onCall: ['k'],
}
test.each([
  [
    ['owner', 'team', 'requester'],
    ['o', 'm', 'r'],
  ],
  [['watchers'], ['w']],
  [['on_call'], ['k']],
  [['lead'], ['c']],
  [[], []],
] as const)('a step for %s reaches %s', (notify, reached) => {
  expect(audienceOf({ notify: [...notify] }, around)).toEqual(reached)
})

test.each([
  [{ percent: 75 }, 'ahead'],
  [{ percent: 100 }, 'due'],
  [{ clockSeconds: 0 }, 'due'],
  [{ workingSeconds: -60 }, 'ahead'],
  [{ workingSeconds: 7200 }, 'late'],
] as const)('a step at %o is told as %s', (step, telling) => {
  expect(tellingOf(step)).toBe(telling)
})

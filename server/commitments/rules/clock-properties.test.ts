import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockEventKinds } from '../../../contract/clocks.ts'
import { calendarsNear, isLong, sample, seed, zones } from '../../../test/cases/random-calendars.ts'
import { compileCalendar } from '../../calendars/rules/compile-calendar.ts'
import { dueWithPauses, type Target } from '../../calendars/rules/pauses.ts'
import { isRefusal } from '../../calendars/rules/refusal.ts'
import { workingTimeBetween } from '../../calendars/rules/working-time-between.ts'
import type { ClockEvent, ClockHistory, ClockReading } from './clock.ts'
import { explainClock } from './explain-clock.ts'
import { replayClock } from './replay-clock.ts'

const runs = isLong ? 60 : 4
const chosen = isLong ? zones : sample(zones, 60, seed)
const start = fc.integer({ min: 946_684_800, max: 2_145_916_800 })
const target: fc.Arbitrary<Target> = fc.oneof(
  fc.nat(100_000).map((seconds) => ({ seconds })),
  fc.tuple(fc.nat(4), fc.boolean()).map(([workingDays, endOfDay]) => ({ workingDays, endOfDay })),
)
const steps = [
  { step: 'half', percent: 50 },
  { step: 'before', clockSeconds: -1800 },
  { step: 'due', percent: 100 },
  { step: 'after', workingSeconds: 1800 },
  { step: 'long-after', clockSeconds: 7200 },
]

const history = (zone: string): fc.Arbitrary<ClockHistory> =>
  start.chain((at) => {
    const definition = calendarsNear(zone, Math.floor(at / 86_400))
    const event = fc
      .tuple(fc.nat(600_000), fc.constantFrom(...clockEventKinds), target, definition, fc.nat(3))
      .map(([after, kind, aim, own, what]): ClockEvent => ({
        at: at + after,
        kind,
        ...(kind === 'retarget' && what !== 1 ? { target: aim } : {}),
        ...(kind === 'retarget' && what === 1 ? { calendar: compileCalendar(own) } : {}),
      }))
    return fc
      .tuple(definition, target, fc.array(event, { maxLength: 9 }), fc.nat(700_000))
      .map(([own, aim, events, until]) => ({
        calendar: compileCalendar(own),
        target: aim,
        events: [{ at, kind: 'start' as const }, ...events],
        steps,
        asOf: at + until,
      }))
  })

function holds(name: string, property: (history: ClockHistory, reading: ClockReading) => void): void {
  test(name, { timeout: 3_600_000 }, () => {
    let read = 0
    for (const zone of chosen) {
      fc.assert(
        fc.property(history(zone), (given) => {
          const reading = replayClock(given)
          if (isRefusal(reading)) return
          read++
          property(given, reading)
        }),
        { seed, numRuns: runs },
      )
    }
    console.log(`${name}: seed ${seed}, ${chosen.length} zones, ${read} clocks`)
  })
}

holds('a breach is never taken away and a fired step never taken back as time goes on (K10, K24)', (given, reading) => {
  const later = replayClock({ ...given, asOf: given.asOf + 100_000 })
  if (isRefusal(later)) return
  const plain = (all: ClockReading['breaches']) =>
    all.map(({ deadline, observedAt, generation }) => ({ deadline, observedAt, generation }))
  expect(plain(later.breaches).slice(0, reading.breaches.length)).toEqual(plain(reading.breaches))
  expect(later.fired.slice(0, reading.fired.length)).toEqual(reading.fired)
})

holds(
  'at most one breach of a generation is valid, each step fires once in it, nothing comes before its time (K11, K22)',
  (given, reading) => {
    const valid = reading.breaches
      .filter(({ supersededAt }) => supersededAt === null)
      .map(({ generation }) => generation)
    expect(new Set(valid).size).toBe(valid.length)
    const fired = reading.fired.map(({ step, generation }) => `${generation} ${step}`)
    expect(new Set(fired).size).toBe(fired.length)
    for (const { deadline, observedAt } of reading.breaches) {
      expect(observedAt).toBeGreaterThan(deadline)
      expect(observedAt).toBeLessThanOrEqual(given.asOf)
    }
    for (const { at } of reading.fired) expect(at).toBeLessThanOrEqual(given.asOf)
  },
)

holds('nothing happens before nextAt, something does at it', (given, reading) => {
  const known = given.events.filter(({ at }) => at <= given.asOf)
  const at = (asOf: number) => replayClock({ ...given, events: known, asOf })
  const happened = (when: ClockReading | { code: string }) =>
    'code' in when ? -1 : when.breaches.length + when.fired.length
  const count = reading.breaches.length + reading.fired.length
  if (reading.nextAt === null) expect(happened(at(given.asOf + 50_000_000))).toBe(count)
  else {
    expect(reading.nextAt).toBeGreaterThan(given.asOf)
    expect(happened(at(reading.nextAt - 1))).toBe(count)
    expect(happened(at(reading.nextAt))).toBeGreaterThan(count)
  }
})

holds('the order in which events arrive does not matter where their times differ (K2)', (given, reading) => {
  const times = given.events.map(({ at }) => at)
  if (new Set(times).size < times.length) return
  const other = replayClock({ ...given, events: given.events.toReversed() })
  expect(isRefusal(other) ? other : [other.due, other.breaches, other.fired, other.worked]).toEqual([
    reading.due,
    reading.breaches,
    reading.fired,
    reading.worked,
  ])
})

holds('without a retarget, due is the due moment with pauses of the calendar (A15, A16, K4)', (given, reading) => {
  const kinds = new Set(given.events.slice(1).map(({ kind }) => kind))
  if (['retarget', 'reset', 'stop', 'cancel', 'start'].some((kind) => kinds.has(kind as ClockEvent['kind']))) return
  if (reading.due === null || reading.remaining !== null) return
  const { runs: run, startedAt } = reading
  const pauses = run.slice(1).map(({ from }, i) => ({ from: run[i]!.to!, to: from }))
  const expected = dueWithPauses(given.calendar, startedAt!, given.target, pauses)
  // K5: with nothing left, the due moment is the resume.
  const resumedAt = run.at(-1)!.from
  expect(reading.due).toBe(isRefusal(expected) || (!reading.passed && expected < resumedAt) ? resumedAt : expected)
})

holds('what is worked, and what the strip shows, is the working time of the runs (K3)', (given, reading) => {
  const expected = reading.runs.reduce(
    (sum, { from, to }) => sum + workingTimeBetween(reading.calendar, from, to ?? given.asOf),
    0,
  )
  expect(reading.worked).toBe(expected)
  const explained = explainClock(given)
  if (isRefusal(explained)) throw new Error(explained.code)
  const counted = explained.strip.filter(({ kind }) => kind === 'worked' || kind === 'late')
  expect(counted.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(expected)
  for (let i = 1; i < explained.strip.length; i++) expect(explained.strip[i]!.from).toBe(explained.strip[i - 1]!.to)
})

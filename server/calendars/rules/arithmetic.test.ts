import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CalendarDefinition } from '../../../contract/calendars.ts'
import { calendarsNear, isLong, sample, seed, zones } from '../../../test/cases/random-calendars.ts'
import { addWorkingDays } from './add-working-days.ts'
import { addWorkingTime } from './add-working-time.ts'
import { compileCalendar, type Calendar } from './compile-calendar.ts'
import { dueWithPauses, unitedPauses } from './pauses.ts'
import { isRefusal } from './refusal.ts'
import { workingSpans, workingTimeBetween } from './working-time-between.ts'

const runs = isLong ? 60 : 3
const chosen = isLong ? zones : sample(zones, 40, seed)
const year2000 = 946_684_800
const year2038 = 2_145_916_800

/** One calendar in one zone, a moment, and lengths of time. */
const situation = (zone: string) =>
  fc.integer({ min: year2000, max: year2038 }).chain((start) =>
    fc.record({
      start: fc.constant(start),
      definition: calendarsNear(zone, Math.floor(start / 86_400)),
      seconds: fc.oneof(fc.nat(200), fc.nat(200_000), fc.nat(20_000_000)),
      more: fc.nat(100_000),
      pauses: fc.array(
        fc
          .tuple(fc.integer({ min: -100_000, max: 600_000 }), fc.nat(200_000))
          .map(([after, length]) => ({ from: start + after, to: start + after + length })),
        { maxLength: 5 },
      ),
    }),
  )

type Situation = {
  start: number
  definition: CalendarDefinition
  seconds: number
  more: number
  pauses: { from: number; to: number }[]
}

function holdsInEveryZone(name: string, property: (calendar: Calendar, at: Situation) => void): void {
  test(name, { timeout: 3_600_000 }, () => {
    for (const zone of chosen) {
      fc.assert(
        fc.property(situation(zone), (at) => property(compileCalendar(at.definition), at)),
        { seed, numRuns: runs },
      )
    }
    console.log(`${name}: seed ${seed}, ${chosen.length} zones, ${chosen.length * runs} situations`)
  })
}

holdsInEveryZone('identity: measure(a, add(a, d)) = d (A6)', (calendar, { start, seconds }) => {
  const due = addWorkingTime(calendar, start, seconds)
  if (!isRefusal(due)) expect(workingTimeBetween(calendar, start, due)).toBe(seconds)
})

holdsInEveryZone(
  'using up a span yields its end: the last second before due is working time (A2)',
  (calendar, { start, seconds }) => {
    const due = addWorkingTime(calendar, start, seconds)
    if (!isRefusal(due) && seconds > 0) expect(workingTimeBetween(calendar, due - 1, due)).toBe(1)
  },
)

holdsInEveryZone('add and measure never go back when their inputs grow (A6)', (calendar, { start, seconds, more }) => {
  const due = addWorkingTime(calendar, start, seconds)
  const longer = addWorkingTime(calendar, start, seconds + more)
  const later = addWorkingTime(calendar, start + more, seconds)
  if (isRefusal(due)) return
  if (!isRefusal(longer)) expect(longer).toBeGreaterThanOrEqual(due)
  if (!isRefusal(later)) expect(later).toBeGreaterThanOrEqual(due)
  expect(workingTimeBetween(calendar, start, due + more)).toBeGreaterThanOrEqual(seconds)
})

holdsInEveryZone('measure adds up, and its spans are what it measures (A5)', (calendar, { start, more, seconds }) => {
  const [middle, end] = [start + more, start + more + seconds]
  const whole = workingTimeBetween(calendar, start, end)
  expect(workingTimeBetween(calendar, start, middle) + workingTimeBetween(calendar, middle, end)).toBe(whole)
  expect(workingSpans(calendar, start, end).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(whole)
})

holdsInEveryZone('what was laid out before does not change an answer', (calendar, { start, seconds, definition }) => {
  const other = compileCalendar(definition)
  workingTimeBetween(other, start - 40_000_000, start + 90_000_000)
  expect(addWorkingTime(other, start, seconds)).toEqual(addWorkingTime(calendar, start, seconds))
})

holdsInEveryZone(
  'the order of pauses does not matter, nor does a pause in two parts (A14)',
  (calendar, { start, seconds, pauses }) => {
    const due = dueWithPauses(calendar, start, { seconds }, pauses)
    expect(dueWithPauses(calendar, start, { seconds }, pauses.toReversed())).toEqual(due)
    const halves = pauses.flatMap(({ from, to }) => {
      const middle = Math.floor((from + to) / 2)
      return [
        { from: middle, to },
        { from, to: middle },
      ]
    })
    expect(dueWithPauses(calendar, start, { seconds }, halves)).toEqual(due)
  },
)

holdsInEveryZone(
  'pauses are cut out of the calendar: exactly the target is worked outside them (A16)',
  (calendar, { start, seconds, pauses }) => {
    const due = dueWithPauses(calendar, start, { seconds }, pauses)
    if (isRefusal(due)) return
    const paused = unitedPauses(pauses, start).reduce(
      (sum, { from, to }) => sum + workingTimeBetween(calendar, from, Math.min(to, due)),
      0,
    )
    expect(workingTimeBetween(calendar, start, due) - paused).toBe(seconds)
  },
)

holdsInEveryZone(
  'working days never go back, and end of day is never before the moment (A7–A12)',
  (calendar, { start, more }) => {
    const days = more % 30
    const due = addWorkingDays(calendar, start, days)
    const next = addWorkingDays(calendar, start, days + 1)
    const closing = addWorkingDays(calendar, start, days, true)
    if (isRefusal(due) || isRefusal(closing)) return
    expect(due).toBeGreaterThanOrEqual(start)
    expect(closing).toBeGreaterThanOrEqual(due)
    expect(workingTimeBetween(calendar, due - 1, due + 1)).toBeGreaterThan(0)
    if (!isRefusal(next)) expect(next).toBeGreaterThanOrEqual(closing - 2 * 86_400)
  },
)

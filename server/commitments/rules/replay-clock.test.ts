import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import cases from '../../../test/cases/clock-cases.json' with { type: 'json' }
import { simulateClockInput } from '../../../contract/clocks.ts'
import { compileCalendar } from '../../calendars/rules/compile-calendar.ts'
import { epochSeconds, isoInstant } from '../../calendars/rules/instants.ts'
import { isRefusal } from '../../calendars/rules/refusal.ts'
import { previewCalendar } from '../../calendars/rules/preview-calendar.ts'
import { renderSentence } from '../../platform/sentences.ts'
import type { ClockEvent, ClockHistory, ClockReading } from './clock.ts'
import { replayClock } from './replay-clock.ts'
import { simulateClock } from './simulate-clock.ts'

const office = {
  zone: 'Europe/Berlin',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '08:00', to: '17:00' }]])),
}
const calendar = compileCalendar(office)
const june = (text: string): number => epochSeconds(`2025-06-${text}:00Z`)
const event = (at: string, kind: ClockEvent['kind'], rest: Partial<ClockEvent> = {}): ClockEvent => ({
  at: june(at),
  kind,
  ...rest,
})

function read(history: Omit<ClockHistory, 'calendar'>): ClockReading {
  const reading = replayClock({ calendar, ...history })
  if (isRefusal(reading)) throw new Error(reading.code)
  return reading
}

describe('a target in working days', () => {
  const target = { workingDays: 1 }

  test('is due by the rules of working days, moved by the working seconds of the rests (A10, A15)', () => {
    const events = [event('02T09:00', 'start'), event('02T14:00', 'pause'), event('03T07:00', 'resume')]
    expect(isoInstant(read({ target, events, asOf: june('03T08:00') }).due!)).toBe('2025-06-03T11:00:00Z')
  })

  test('has the length of its working seconds without rests', () => {
    const reading = read({
      target,
      events: [event('02T09:00', 'start'), event('02T11:00', 'pause')],
      asOf: june('02T12:00'),
    })
    expect([reading.length, reading.worked, reading.remaining]).toEqual([32_400, 7_200, 25_200])
  })

  test('to the end of day keeps closing time over a pause in the night', () => {
    const events = [event('02T09:00', 'start'), event('02T16:00', 'pause'), event('03T05:00', 'resume')]
    const reading = read({ target: { workingDays: 1, endOfDay: true }, events, asOf: june('03T08:00') })
    expect(isoInstant(reading.due!)).toBe('2025-06-03T15:00:00Z')
  })

  test('started on a Sunday, a percentage counts from the opening', () => {
    const steps = [{ step: 'half', percent: 50 }]
    const reading = read({ target, events: [event('01T10:00', 'start')], steps, asOf: june('04T00:00') })
    // Day 0 is Monday 08:00, due Tuesday 08:00: nine hours, half of them at 12:30.
    expect(reading.fired.map(({ at }) => isoInstant(at))).toEqual(['2025-06-02T10:30:00Z'])
    expect(reading.breaches.map(({ deadline }) => isoInstant(deadline))).toEqual(['2025-06-03T06:00:00Z'])
  })
})

describe('what the ledger keeps', () => {
  const target = { seconds: 7200 }

  test('the next moment is the next step, then the breach one second after due, then nothing (K6, K21)', () => {
    const steps = [{ step: 'half', percent: 50 }]
    const next = (asOf: string) =>
      read({ target, steps, events: [event('02T06:00', 'start')], asOf: june(asOf) }).nextAt
    expect(next('02T06:30')).toBe(june('02T07:00'))
    expect(next('02T07:00')).toBe(june('02T08:00') + 1)
    expect(next('02T09:00')).toBeNull()
  })

  test('nothing is next while paused', () => {
    expect(
      read({ target, events: [event('02T06:00', 'start'), event('02T07:00', 'pause')], asOf: june('02T09:00') }).nextAt,
    ).toBeNull()
  })

  test('ignored events are kept with the phase in which they came', () => {
    const events = [event('02T05:00', 'stop'), event('02T06:00', 'start'), event('02T06:00', 'start')]
    expect(read({ target, events, asOf: june('02T07:00') }).ignored.map(({ index, phase }) => [index, phase])).toEqual([
      [0, 'notStarted'],
      [2, 'running'],
    ])
  })

  test('a clock without a start says so', () => {
    expect(read({ target, events: [], asOf: june('02T07:00') })).toMatchObject({
      phase: 'notStarted',
      due: null,
      remaining: null,
      generation: 0,
      nextAt: null,
    })
  })

  test('worked at the last change and now', () => {
    const events = [event('02T06:00', 'start'), event('02T06:30', 'pause'), event('02T07:00', 'resume')]
    expect(read({ target, events, asOf: june('02T07:10') })).toMatchObject({
      generation: 1,
      changedAt: june('02T07:00'),
      workedAtChange: 1800,
      worked: 2400,
    })
  })
})

describe('refusals come before anything changes (K19)', () => {
  const events = [event('02T06:00', 'start')]
  const empty = compileCalendar({ zone: 'Europe/Berlin', week: {} })
  const code = (history: Omit<ClockHistory, 'asOf'>) => {
    const answer = replayClock({ ...history, asOf: june('03T06:00') })
    return isRefusal(answer) ? answer.code : null
  }

  test('a negative target', () => {
    expect(code({ calendar, target: { seconds: -1 }, events: [] })).toBe('negative')
    expect(code({ calendar, target: { workingDays: -1 }, events })).toBe('negative')
    expect(
      code({
        calendar,
        target: { seconds: 1 },
        events: [...events, event('02T07:00', 'retarget', { target: { seconds: -1 } })],
      }),
    ).toBe('negative')
  })

  test('a target out of reach, running or paused', () => {
    expect(code({ calendar: empty, target: { seconds: 1 }, events })).toBe('no-working-time')
    expect(code({ calendar: empty, target: { seconds: 0 }, events })).toBeNull()
    const moved = event('02T08:00', 'retarget', { calendar: empty })
    expect(code({ calendar, target: { seconds: 7200 }, events: [...events, event('02T06:30', 'pause'), moved] })).toBe(
      'no-working-time',
    )
  })
})

describe('what the law leaves to be read closely', () => {
  const target = { seconds: 28_800 }

  test('paused with a valid breach, another due moment in the past takes its place at once (K16)', () => {
    const events = [
      event('02T06:00', 'start'),
      event('02T14:30', 'pause'),
      event('02T15:00', 'retarget', { target: { seconds: 7200 } }),
    ]
    const reading = read({ target, events, asOf: june('02T16:00') })
    expect(reading.breaches.map(({ deadline, supersededAt }) => [deadline, supersededAt])).toEqual([
      [june('02T14:00'), june('02T15:00')],
      [june('02T08:00'), null],
    ])
  })

  test('a breach that waited in a pause is never written once the clock was stopped (K15)', () => {
    const events = [
      event('02T06:00', 'start'),
      event('02T09:00', 'pause'),
      event('02T10:00', 'retarget', { target: { seconds: 7200 } }),
      event('02T11:00', 'stop'),
      event('02T12:00', 'resume'),
    ]
    expect(read({ target, events, asOf: june('03T12:00') }).breaches).toEqual([])
  })

  test('a percentage with binary dust is not rounded up by it (K20)', () => {
    const reading = read({
      target: { seconds: 10_000 },
      events: [event('02T06:00', 'start')],
      steps: [{ step: 's', percent: 0.07 }],
      asOf: june('02T06:10'),
    })
    expect(reading.fired.map(({ at }) => at - june('02T06:00'))).toEqual([7])
  })
})

test('every explanation has its sentence, and every sentence can be filled', () => {
  const folder = join(import.meta.dirname, '../../../contract/messages/en')
  const messages: Record<string, string> = Object.assign(
    {},
    ...['calendars.json', 'commitments.json'].map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  )
  let told = 0
  const rows: unknown[] = [...cases.calendar.filter((row) => 'start' in row), ...cases.clock]
  for (const row of rows) {
    const input = row as { events?: unknown; calendar: { zone: string } }
    const answer =
      input.events === undefined ? previewCalendar(row as never) : simulateClock(simulateClockInput.parse(row))
    for (const said of isRefusal(answer) ? [answer] : answer.explanation) {
      const sentence = renderSentence(messages, said, { zone: input.calendar.zone })
      expect(sentence).not.toBe(said.code)
      expect(sentence).not.toMatch(/undefined|NaN|\{|\bnone\b/)
      told++
    }
  }
  expect(told).toBeGreaterThan(500)
})

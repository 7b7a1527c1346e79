import { describe, expect, test } from 'vitest'
import type { CalendarDefinition, Span, Weekday } from '../../../contract/calendars.ts'
import { addWorkingDays } from './add-working-days.ts'
import { addWorkingTime } from './add-working-time.ts'
import { compileCalendar } from './compile-calendar.ts'
import { epochSeconds, isoInstant } from './instants.ts'
import { dueWithPauses } from './pauses.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { workingTimeBetween } from './working-time-between.ts'

/** Mistakes that help desks in use make or made with working time, each by name, so that none comes back here. */

const workdays: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri']
const always: Weekday[] = [...workdays, 'sat', 'sun']
const weekOf = (days: Weekday[], ...spans: Span[]) => Object.fromEntries(days.map((day) => [day, spans]))
const office = { from: '08:00', to: '17:00' }

const shown = (answer: number | Refusal): string => (isRefusal(answer) ? answer.code : isoInstant(answer))
const measured = (definition: CalendarDefinition, from: string, to: string): number =>
  workingTimeBetween(compileCalendar(definition), epochSeconds(from), epochSeconds(to)) / 3600
const added = (definition: CalendarDefinition, start: string, hours: number): string =>
  shown(addWorkingTime(compileCalendar(definition), epochSeconds(start), hours * 3600))

describe('GLPI', () => {
  const paris: CalendarDefinition = { zone: 'Europe/Paris', week: weekOf(always, { from: '00:00', to: '24:00' }) }

  test('a walk by 86,400 seconds skips the day of the spring change: 47.5 hours, not 24.5', () => {
    expect(measured(paris, '2026-03-28T22:30:00Z', '2026-03-30T22:00:00Z')).toBe(47.5)
  })

  test('and counts the day of the autumn change twice: 36.75 hours, not 59.5', () => {
    expect(measured(paris, '2026-10-24T22:15:00Z', '2026-10-26T11:00:00Z')).toBe(36.75)
  })

  test('yearly holidays that cross New Year never match', () => {
    const definition = {
      zone: 'Europe/Paris',
      week: weekOf(workdays, office),
      holidays: [{ from: '2015-12-24', to: '2016-01-02', yearly: true }],
    }
    expect(measured(definition, '2026-12-23T23:00:00Z', '2027-01-02T23:00:00Z')).toBe(0)
    expect(measured(definition, '2026-12-22T23:00:00Z', '2027-01-04T23:00:00Z')).toBe(18)
  })

  test('one time zone serves all calendars', () => {
    const week = weekOf(workdays, office)
    expect(added({ zone: 'Asia/Kolkata', week }, '2025-06-02T00:00:00Z', 1)).toBe('2025-06-02T03:30:00Z')
    expect(added({ zone: 'America/New_York', week }, '2025-06-02T00:00:00Z', 1)).toBe('2025-06-02T13:00:00Z')
  })

  test('a target in days counts closed hours as pause', () => {
    const calendar = compileCalendar({ zone: 'Europe/Paris', week: weekOf(workdays, office) })
    const start = epochSeconds('2025-06-06T13:00:00Z')
    const night = { from: epochSeconds('2025-06-06T15:00:00Z'), to: epochSeconds('2025-06-09T06:00:00Z') }
    expect(shown(dueWithPauses(calendar, start, { workingDays: 1 }, [night]))).toBe('2025-06-09T13:00:00Z')
  })

  test('an addition to closing time is set to 00:00 or to the next opening', () => {
    expect(added({ zone: 'Europe/Paris', week: weekOf(workdays, office) }, '2025-06-06T06:00:00Z', 9)).toBe(
      '2025-06-06T15:00:00Z',
    )
  })
})

test('GLPI: a month is never thirty working days in disguise: lengths are working days or working time', () => {
  const calendar = compileCalendar({ zone: 'UTC', week: weekOf(workdays, office) })
  // thirty working days from Monday 2 March are six weeks, and are called that
  expect(shown(addWorkingDays(calendar, epochSeconds('2026-03-02T10:00:00Z'), 30))).toBe('2026-04-13T10:00:00Z')
})

describe('Zammad', () => {
  test('two pauses that begin in one minute overwrite each other', () => {
    const calendar = compileCalendar({ zone: 'Europe/Berlin', week: weekOf(workdays, office) })
    const at = (time: string): number => epochSeconds(`2025-06-02T${time}Z`)
    const pauses = [
      { from: at('07:00:05'), to: at('07:00:15') },
      { from: at('07:00:40'), to: at('07:30:40') },
    ]
    expect(shown(dueWithPauses(calendar, at('06:00:00'), { seconds: 7200 }, pauses))).toBe('2025-06-02T08:30:10Z')
  })

  test('a holiday of several days blocks its first day only', () => {
    const definition = {
      zone: 'Europe/Berlin',
      week: weekOf(workdays, office),
      holidays: [{ from: '2025-06-03', to: '2025-06-05' }],
    }
    expect(added(definition, '2025-06-02T14:00:00Z', 2)).toBe('2025-06-06T07:00:00Z')
  })

  test('holidays are whole days', () => {
    const definition = {
      zone: 'Europe/Berlin',
      week: weekOf(workdays, office),
      holidays: [{ from: '2025-12-24', to: '2025-12-24', fromTime: '12:00' }],
    }
    expect(measured(definition, '2025-12-23T23:00:00Z', '2025-12-24T23:00:00Z')).toBe(4)
  })
})

describe('osTicket', () => {
  test('the second span of a day, after the lunch break, is dropped', () => {
    const week = weekOf(workdays, { from: '08:00', to: '12:00' }, { from: '13:00', to: '17:00' })
    expect(added({ zone: 'Europe/Berlin', week }, '2025-06-02T06:00:00Z', 6)).toBe('2025-06-02T13:00:00Z')
    expect(measured({ zone: 'Europe/Berlin', week }, '2025-06-01T22:00:00Z', '2025-06-06T22:00:00Z')).toBe(40)
  })

  test('a schedule is wrong unless both Monday and Thursday are defined', () => {
    const week = weekOf(['tue', 'fri'], office)
    expect(added({ zone: 'Europe/Berlin', week }, '2025-06-02T06:00:00Z', 10)).toBe('2025-06-06T07:00:00Z')
  })
})

describe('OTOBO', () => {
  test('working hours are whole hours', () => {
    const week = weekOf(workdays, { from: '08:15', to: '16:45' })
    expect(measured({ zone: 'Europe/Berlin', week }, '2025-06-01T22:00:00Z', '2025-06-02T22:00:00Z')).toBe(8.5)
  })

  test('a long computation is aborted and gives nothing: a hundred years come at once', () => {
    const calendar = compileCalendar({ zone: 'Europe/Berlin', week: weekOf(workdays, office) })
    const start = epochSeconds('2025-01-01T00:00:00Z')
    const seconds = 100 * 365 * 6 * 3600
    const due = addWorkingTime(calendar, start, seconds)
    expect(isRefusal(due) ? due : workingTimeBetween(calendar, start, due)).toBe(seconds)
  })
})

describe('iTop', () => {
  test('holidays are complete days only: a hole of ninety minutes', () => {
    const holidays = [{ from: '2025-06-03', to: '2025-06-03', fromTime: '10:00', toTime: '11:30' }]
    expect(
      measured(
        { zone: 'Europe/Paris', week: weekOf(workdays, office), holidays },
        '2025-06-02T22:00:00Z',
        '2025-06-03T22:00:00Z',
      ),
    ).toBe(7.5)
  })
})

describe('limits of this engine', () => {
  test('ten years are measured from the start and again from the end of each span used up (A4)', () => {
    const day = (date: string) => ({ date, spans: [{ from: '08:00', to: '09:00' }] })
    const calendar = compileCalendar({
      zone: 'UTC',
      week: {},
      specialHours: [day('2030-01-01'), day('2039-12-30'), day('2051-01-01')],
    })
    const start = epochSeconds('2025-01-01T00:00:00Z')
    expect(shown(addWorkingTime(calendar, start, 7200))).toBe('2039-12-30T09:00:00Z')
    expect(shown(addWorkingTime(calendar, start, 7201))).toBe('no-working-time')
    expect(shown(addWorkingDays(calendar, start, 1))).toBe('2039-12-30T08:00:00Z')
    expect(shown(addWorkingDays(calendar, start, 2))).toBe('no-working-time')
    // Also after the far day was laid out for another question.
    expect(workingTimeBetween(calendar, start, epochSeconds('2060-01-01T00:00:00Z'))).toBe(10_800)
    expect(shown(addWorkingTime(calendar, start, 7201))).toBe('no-working-time')
    expect(shown(addWorkingTime(calendar, epochSeconds('2045-01-01T00:00:00Z'), 1))).toBe('2051-01-01T08:00:01Z')
  })

  test('an answer that lies centuries ahead is refused, not computed for ever', () => {
    const calendar = compileCalendar({ zone: 'UTC', week: { mon: [{ from: '08:00', to: '08:01' }] } })
    expect(shown(addWorkingTime(calendar, 0, 10_000_000))).toBe('too-far')
    expect(shown(addWorkingDays(calendar, 0, 100_000))).toBe('too-far')
  })
})

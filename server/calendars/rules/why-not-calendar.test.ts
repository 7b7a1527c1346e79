import { expect, test } from 'vitest'
import { calendarDefinition, type CalendarDefinition } from '../../../contract/calendars.ts'
import { whyNotCalendar } from './why-not-calendar.ts'

const base: CalendarDefinition = { zone: 'Europe/Berlin', week: { mon: [{ from: '08:00', to: '17:00' }] } }
const codes: [string, Partial<CalendarDefinition>, string | null][] = [
  ['a plain calendar', {}, null],
  ['an unknown zone', { zone: 'Europe/Atlantis' }, 'calendars.unknown-zone'],
  ['a bare offset as zone', { zone: '+01:00' }, 'calendars.unknown-zone'],
  ['a moment as zone', { zone: '2025-01-01T00:00[Europe/Berlin]' }, 'calendars.unknown-zone'],
  [
    'a holiday that ends before it begins',
    { holidays: [{ from: '2025-05-02', to: '2025-05-01' }] },
    'calendars.holiday-ends-before-start',
  ],
  ['a yearly one over New Year', { holidays: [{ from: '2025-12-24', to: '2025-01-02', yearly: true }] }, null],
  ['a yearly 29 February', { holidays: [{ from: '2024-02-29', to: '2024-02-29', yearly: true }] }, null],
  [
    'an end at 00:00',
    { holidays: [{ from: '2025-05-01', to: '2025-05-02', toTime: '00:00' }] },
    'calendars.holiday-ends-at-midnight',
  ],
  [
    'an empty holiday',
    { holidays: [{ from: '2025-05-01', to: '2025-05-01', fromTime: '12:00', toTime: '12:00' }] },
    'calendars.holiday-empty',
  ],
  [
    'an empty yearly one',
    { holidays: [{ from: '2024-05-01', to: '2025-05-01', yearly: true, fromTime: '12:00', toTime: '10:00' }] },
    'calendars.holiday-empty',
  ],
  [
    'special hours twice',
    {
      specialHours: [
        { date: '2025-05-01', spans: [] },
        { date: '2025-05-01', spans: [] },
      ],
    },
    'calendars.special-hours-twice',
  ],
]

for (const [name, change, code] of codes) {
  test(`${name}: ${code ?? 'accepted'} (C9)`, () => {
    const definition = calendarDefinition.parse({ ...base, ...change })
    expect(whyNotCalendar(definition)?.code ?? null).toBe(code)
  })
}

test('times are to the minute; only an end may be 24:00; a misspelt weekday is not closed in silence', () => {
  const accepts = (week: object): boolean => calendarDefinition.safeParse({ zone: 'UTC', week }).success
  expect(accepts({ mon: [{ from: '00:00', to: '24:00' }] })).toBe(true)
  expect(accepts({ mon: [{ from: '24:00', to: '24:00' }] })).toBe(false)
  expect(accepts({ mon: [{ from: '8:00', to: '17:00' }] })).toBe(false)
  expect(accepts({ mon: [{ from: '08:00:30', to: '17:00' }] })).toBe(false)
  expect(accepts({ monday: [{ from: '08:00', to: '17:00' }] })).toBe(false)
})

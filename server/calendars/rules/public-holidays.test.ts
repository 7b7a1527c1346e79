import { expect, test } from 'vitest'
import { type FallenHoliday, holidaysOfYears } from './public-holidays.ts'

const fallen = (date: string, rule: string, more: Partial<FallenHoliday> = {}): FallenHoliday => ({
  date,
  rule,
  days: 1,
  name: rule,
  fromTime: null,
  ...more,
})

test('a fixed date of all years is yearly, a movable one stands for each year', () => {
  const years = [2025, 2026].map((y) => [
    fallen(`${y}-12-25`, '12-25'),
    fallen(y === 2025 ? '2025-04-18' : '2026-04-03', 'easter -2'),
  ])
  expect(holidaysOfYears(years)).toEqual([
    { from: '2025-12-25', to: '2025-12-25', yearly: true, name: '12-25' },
    { from: '2025-04-18', to: '2025-04-18', name: 'easter -2' },
    { from: '2026-04-03', to: '2026-04-03', name: 'easter -2' },
  ])
})

test('a fixed date that did not exist in every year is no yearly one', () => {
  expect(holidaysOfYears([[], [fallen('2026-02-22', '02-22')]])).toEqual([
    { from: '2026-02-22', to: '2026-02-22', name: '02-22' },
  ])
})

test('several days, and a day that closes at noon', () => {
  expect(
    holidaysOfYears([
      [fallen('2026-03-19', '30 Ramadan P4D', { days: 4 }), fallen('2026-12-24', '12-24 12:00', { fromTime: '12:00' })],
    ]),
  ).toEqual([
    { from: '2026-03-19', to: '2026-03-22', name: '30 Ramadan P4D' },
    { from: '2026-12-24', to: '2026-12-24', fromTime: '12:00', name: '12-24 12:00' },
  ])
})

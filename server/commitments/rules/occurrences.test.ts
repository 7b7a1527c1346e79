import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedMoment } from './fixed-moment.ts'
import { madeOn, nextOccurrence, occurrencesFrom, whyNotRecur } from './occurrences.ts'

describe('occurrencesFrom', () => {
  it.each([
    ['FREQ=MONTHLY;BYDAY=1MO', '2026-01-31', '2026-01-01', ['2026-02-02', '2026-03-02', '2026-04-06']],
    ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1', '2026-01-31', '2026-02-01', ['2026-04-30', '2026-07-31', '2026-10-31']],
    ['FREQ=YEARLY', '2024-02-29', '2024-03-01', ['2028-02-29', '2032-02-29', '2036-02-29']],
    ['FREQ=WEEKLY;BYDAY=TU;COUNT=2', '2026-01-31', '2026-02-04', ['2026-02-10']],
    ['RRULE:FREQ=DAILY;UNTIL=20260202', '2026-01-31', '2026-02-01', ['2026-02-01', '2026-02-02']],
  ])('%s from %s, looked at on %s', (rule, startsOn, from, expected) => {
    expect(occurrencesFrom({ rule, startsOn }, from, 3)).toEqual(expected)
  })

  const recurrence = fc.record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.integer({ min: 1, max: 9 }),
    day: fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }),
  })
  it('goes only forward, and each occurrence is the next one after the one before', () => {
    fc.assert(
      fc.property(recurrence, ({ freq, interval, day }) => {
        const one = { rule: `FREQ=${freq};INTERVAL=${interval}`, startsOn: day.toISOString().slice(0, 10) }
        const dates = occurrencesFrom(one, one.startsOn, 6)
        expect(dates).toEqual(dates.toSorted())
        expect(new Set(dates).size).toBe(6)
        dates.slice(1).forEach((date, i) => expect(nextOccurrence(one, dates[i]!)).toBe(date))
      }),
      { numRuns: 60 },
    )
  })
})

describe('whyNotRecur', () => {
  it.each([
    ['FREQ=HOURLY', 'commitments.rule-not-dates'],
    ['FREQ=DAILY;BYHOUR=9', 'commitments.rule-not-dates'],
    ['every monday', 'commitments.rule-not-dates'],
    ['FREQ=DAILY\nRDATE:20260101', 'commitments.rule-not-dates'],
    ['FREQ=MONTHLY;BYDAY=99XX', 'commitments.rule-unreadable'],
    ['FREQ=DAILY;INTERVAL=0', 'commitments.rule-unreadable'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'commitments.rule-unreadable'],
    ['FREQ=DAILY;UNTIL=20200101', 'commitments.rule-never'],
  ])('refuses %j', (rule, code) => {
    expect(whyNotRecur({ rule, startsOn: '2026-01-31' })?.code).toBe(code)
  })
  it('takes a monthly restore test and a quarterly review', () => {
    for (const rule of ['FREQ=MONTHLY;BYDAY=1TU', 'FREQ=MONTHLY;INTERVAL=3'])
      expect(whyNotRecur({ rule, startsOn: '2026-01-06' })).toBe(null)
  })
})

describe('moments', () => {
  it.each([
    ['2026-05-18', null, 'Europe/Berlin', '2026-05-18T22:00:00Z'],
    ['2026-05-18', '17:30', 'Europe/Berlin', '2026-05-18T15:30:00Z'],
    // the day on which the clocks go forward, and one on which midnight does not exist
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2018-11-03', null, 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ])('%s %s in %s is %s', (on, time, zone, expected) => {
    expect(new Date(fixedMoment(on, time, zone) * 1000).toISOString().replace('.000', '')).toBe(expected)
  })
  it('makes an occurrence so many days ahead, at the start of the day there', () => {
    expect(madeOn('2026-04-01', 14, 'Europe/Berlin')).toBe('2026-03-17T23:00:00Z')
    expect(madeOn(null, 14, 'UTC')).toBe(null)
  })
})

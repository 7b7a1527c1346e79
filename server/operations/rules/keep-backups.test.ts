import { expect, test } from 'vitest'
import fc from 'fast-check'
import { plannedMoment, toRemove } from './keep-backups.ts'

const at = (text: string) => Date.parse(text)

test('keeps the newest of each day, week and month', () => {
  const taken = [
    '2026-03-31T02:00Z',
    '2026-04-30T02:00Z',
    '2026-05-11T02:00Z', // a Monday
    '2026-05-17T02:00Z',
    '2026-05-18T02:00Z',
    '2026-05-19T02:00Z',
    '2026-05-19T14:00Z',
    '2026-05-20T02:00Z',
  ].map(at)
  expect(
    toRemove(taken, { days: 2, weeks: 2, months: 3 }).map((i) => new Date(taken[i]!).toISOString().slice(0, 13)),
  ).toEqual(['2026-05-11T02', '2026-05-18T02', '2026-05-19T02'])
})

test('never removes the newest, never keeps more than asked, and removing again removes nothing', () => {
  const count = fc.integer({ min: 0, max: 10 })
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4e12 }), { maxLength: 60 }),
      count,
      count,
      count,
      (taken, days, weeks, months) => {
        const removed = new Set(toRemove(taken, { days, weeks, months }))
        const left = taken.filter((_, i) => !removed.has(i))
        if (taken.length > 0) expect(left).toContain(Math.max(...taken))
        expect(left.length).toBeLessThanOrEqual(Math.max(taken.length > 0 ? 1 : 0, days + weeks + months))
        expect(toRemove(left, { days, weeks, months })).toEqual([])
      },
    ),
  )
})

test('a schedule has the same moments on every node', () => {
  expect(new Date(plannedMoment(24, at('2026-05-20T17:31Z'))).toISOString()).toBe('2026-05-20T00:00:00.000Z')
  expect(new Date(plannedMoment(6, at('2026-05-20T17:31Z'))).toISOString()).toBe('2026-05-20T12:00:00.000Z')
})

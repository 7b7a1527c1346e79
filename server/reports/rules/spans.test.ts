import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coverOf, weeksOfSpan } from './spans.ts'

const epoch = Date.parse('1970-01-05')
const monday = (week: number): string => new Date(epoch + week * 7 * 86_400_000).toISOString().slice(0, 10)
const weekOf = (date: string): number => (Date.parse(date) - epoch) / (7 * 86_400_000)

test('spans and the days between them are every week of the period, each once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2000, max: 3000 }),
      fc.integer({ min: 0, max: 200 }),
      fc.uniqueArray(fc.integer({ min: 245, max: 405 }), { maxLength: 40 }),
      (first, more, spans) => {
        const { spans: used, rest } = coverOf(
          { from: monday(first), to: monday(first + more) },
          spans.map((n) => monday(n * weeksOfSpan)),
        )
        const weeks = [
          ...used.flatMap((span) => Array.from({ length: weeksOfSpan }, (_, i) => weekOf(span) + i)),
          ...rest.flatMap(({ from, to }) =>
            Array.from({ length: weekOf(to) - weekOf(from) }, (_, i) => weekOf(from) + i),
          ),
        ]
        expect(weeks.toSorted((a, b) => a - b)).toEqual(Array.from({ length: more + 1 }, (_, i) => first + i))
      },
    ),
  )
})

test('a span that reaches out of the period is not used', () => {
  const span = monday(300 * weeksOfSpan)
  const last = monday(300 * weeksOfSpan + weeksOfSpan - 1)
  expect(coverOf({ from: span, to: last }, [span])).toEqual({ spans: [span], rest: [] })
  expect(coverOf({ from: span, to: monday(300 * weeksOfSpan + weeksOfSpan - 2) }, [span]).spans).toEqual([])
  expect(coverOf({ from: monday(300 * weeksOfSpan + 1), to: last }, [span]).spans).toEqual([])
})

import { describe, expect, test } from 'vitest'
import cases from '../../../test/cases/clock-cases.json' with { type: 'json' }
import { simulateClockInput } from '../../../contract/clocks.ts'
import { isRefusal } from '../../calendars/rules/refusal.ts'
import { simulateClock } from './simulate-clock.ts'

type Expected = { breaches: { observedAt?: string }[] } & Record<string, unknown>
type Case = { id: string; about: string; expect: Expected } & Record<string, unknown>

describe('the table of clock cases', () => {
  test('is whole', () => expect(cases.clock).toHaveLength(71))

  for (const row of cases.clock as unknown as Case[]) {
    test(`${row.id}: ${row.about}`, () => {
      const answer = simulateClock(simulateClockInput.parse(row))
      if (isRefusal(answer)) throw new Error(answer.code)
      const { explanation, ...rest } = answer
      const breaches = rest.breaches.map(({ observedAt, ...breach }, index) =>
        row.expect.breaches[index]?.observedAt === undefined ? breach : { ...breach, observedAt },
      )
      expect({ ...rest, breaches }).toEqual(row.expect)
      expect(explanation.length).toBeGreaterThan(1)
    })
  }
})

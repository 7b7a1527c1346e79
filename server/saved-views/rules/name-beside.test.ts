import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { nameBeside } from './name-beside.ts'

test.each<[string, string[], string]>([
  ['Late', [], 'Late'],
  ['Late', ['Other'], 'Late'],
  ['Late', ['LATE'], 'Late (Lea)'],
  ['Late', ['late', 'Late (Lea)'], 'Late (Lea, 2)'],
  ['Late', ['late', 'late (lea)', 'Late (Lea, 2)'], 'Late (Lea, 3)'],
])('%s beside %j', (name, taken, expected) => expect(nameBeside(name, 'Lea', taken)).toBe(expected))

it('is never one that is taken, and never too long', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.string({ maxLength: 120 }),
      fc.nat(5),
      (name, from, times) => {
        const taken: string[] = []
        for (let n = 0; n <= times; n++) {
          const given = nameBeside(name, from, taken)
          expect(given.length).toBeLessThanOrEqual(60)
          expect(taken).not.toContain(given)
          taken.push(given)
        }
      },
    ),
  )
})

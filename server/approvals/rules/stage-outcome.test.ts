import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isNeeded, type Said, stageOutcome, type StageFacts } from './stage-outcome.ts'

const said = (words: string): Said[] =>
  words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({ person: word.slice(1), approve: word.startsWith('+') }))
const seats = (words: string) => words.split(' | ').map((seat) => seat.split(' '))

test.each([
  ['one', 1, 'a', '', 'waiting'],
  ['one', 1, 'a', '+a', 'approved'],
  ['one', 1, 'a', '-a', 'refused'],
  ['one', 1, 'a b', '-a', 'waiting'],
  ['one', 1, 'a b', '-a +b', 'approved'],
  ['one', 1, 'a b', '-a -b', 'refused'],
  ['one', 1, 'a | b', '+b', 'approved'],
  ['all', 1, 'a | b', '+a', 'waiting'],
  ['all', 1, 'a | b', '+a +b', 'approved'],
  ['all', 1, 'a | b', '+a -b', 'refused'],
  ['all', 1, 'a | b', '-b', 'refused'],
  // of a team any one is enough, and all of it must refuse
  ['all', 1, 'a | b c', '+a -b', 'waiting'],
  ['all', 1, 'a | b c', '+a -b +c', 'approved'],
  ['all', 1, 'a | b c', '-b -c', 'refused'],
  // somebody who sits twice says it once
  ['all', 1, 'a | a b', '+a', 'approved'],
  ['count', 2, 'a b c', '+a', 'waiting'],
  ['count', 2, 'a b c', '+a +c', 'approved'],
  ['count', 2, 'a b c', '-a -c', 'refused'],
  ['count', 2, 'a b c', '-a +b', 'waiting'],
  ['count', 2, 'a | a b', '+a', 'waiting'],
  // more than there are: all there are
  ['count', 5, 'a b', '+a +b', 'approved'],
  // what others say does not count
  ['one', 1, 'a', '+z', 'waiting'],
] as const)('%s (%i) of %s, said %s: %s', (need, count, sitting, words, outcome) => {
  expect(stageOutcome({ need, count, seats: seats(sitting) }, said(words))).toBe(outcome)
})

const person = fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e')
const stage: fc.Arbitrary<StageFacts> = fc.record({
  need: fc.constantFrom('one', 'all', 'count'),
  count: fc.integer({ min: 1, max: 6 }),
  seats: fc.array(fc.uniqueArray(person, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
})
const answers = fc.uniqueArray(fc.record({ person, approve: fc.boolean() }), { selector: (one) => one.person })

/** As it goes: whoever answers after the stage came to something is not heard any more. */
function asTheyCome(facts: StageFacts, list: readonly Said[]): string {
  const heard: Said[] = []
  for (const one of list) {
    heard.push(one)
    const outcome = stageOutcome(facts, heard)
    if (outcome !== 'waiting') return outcome
  }
  return stageOutcome(facts, heard)
}

describe('the outcome of a stage', () => {
  it('does not depend on the order of the answers', () => {
    fc.assert(
      fc.property(stage, answers, fc.infiniteStream(fc.nat()), (facts, list, random) => {
        const shuffled = list
          .map((one) => ({ one, at: random.next().value as number }))
          .toSorted((x, y) => x.at - y.at)
          .map(({ one }) => one)
        expect(asTheyCome(facts, shuffled)).toBe(asTheyCome(facts, list))
      }),
    )
  })
  it('is never undone by another answer, and there is one when everybody has answered', () => {
    fc.assert(
      fc.property(stage, answers, (facts, list) => {
        const everybody = new Set(facts.seats.flat())
        const known = new Set(list.map((one) => one.person))
        const rest = [...everybody].filter((one) => !known.has(one)).map((one) => ({ person: one, approve: true }))
        expect(stageOutcome(facts, [...list, ...rest])).not.toBe('waiting')
      }),
    )
  })
})

test.each([
  [null, null, true],
  [100, null, false],
  [100, [100, 'EUR'], false],
  [100, [101, 'EUR'], true],
  [100, [1, 'USD'], true],
  [100, [0, 'USD'], false],
] as const)('above %s with %j: %s', (above, amount, needed) => {
  expect(
    isNeeded(
      above === null ? null : { minor: above, currency: 'EUR' },
      amount === null ? null : { minor: amount[0], currency: amount[1] },
    ),
  ).toBe(needed)
})

test.each(['one', 'all', 'count'] as const)('what nobody is left to approve is refused: %s', (need) => {
  expect(stageOutcome({ need, count: 1, seats: [] }, [])).toBe('refused')
  expect(stageOutcome({ need, count: 1, seats: [[]] }, [])).toBe('refused')
})

import { expect, test } from 'vitest'
import { spokenFor } from './spoken-for.ts'

test.each([
  ['all', ['me', 'away'], false, ['me', 'away']],
  ['one', ['away'], true, ['away']],
  ['count', ['away', 'me'], false, ['me']],
  ['count', ['away', 'gone'], false, ['away']],
  // one person is one voice
  ['count', ['away'], true, []],
] as const)('where %s must agree and %j are open (spoken: %s): for %j', (need, open, hasSpoken, wanted) => {
  expect(spokenFor(need, 'me', open, hasSpoken)).toEqual(wanted)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, storable, storableJson } from './storable-text.ts'

test('a text is cut without halves and zeros', () => {
  expect(cut('ab😀', 3)).toBe('ab\ufffd')
  expect(cut('a\0b😀', 4)).toBe('ab😀')
})

test('JSON says the same with every text made storable, keys too', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\0', '\\u0000', '\\\0', '\ud83d', '\\ud83d', '\\\ud83d', '"\0', '\udc00\n'),
  )
  fc.assert(
    fc.property(text, text, (a, b) => {
      const parsed: unknown = JSON.parse(storableJson([{ [`k${a}`]: b, said: [a, null, 1] }]))
      expect(parsed).toEqual([{ [`k${storable(a)}`]: storable(b), said: [storable(a), null, 1] }])
    }),
  )
})

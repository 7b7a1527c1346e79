import { expect, test } from 'vitest'
import { changedValues } from './changed-values.ts'

const fields = [
  { key: 'note', encrypted: false },
  { key: 'colour', encrypted: false },
  { key: 'ports', encrypted: false },
  { key: 'spare', encrypted: false },
  { key: 'secret', encrypted: true },
]
const before = { note: 'old', colour: 'Gone', ports: 4, spare: null }

test.each<[string, Record<string, string | number | boolean | null>, object]>([
  ['nothing was touched', {}, {}],
  ['a note is written, and a choice that was removed stays', { note: 'new' }, { note: 'new' }],
  ['a value is taken away', { note: '', ports: null }, { note: null, ports: null }],
  ['what was empty was cleared again', { spare: '' }, {}],
  ['a secret is typed', { secret: 'hunter2' }, { secret: 'hunter2' }],
  ['a secret is typed and cleared again', { secret: '' }, {}],
  ['no is a value', { spare: false }, { spare: false }],
  ['a field of another category', { other: 'x' }, {}],
])('%s', (_, typed, sent) => {
  expect(changedValues(fields, before, { ...before, ...typed })).toEqual(sent)
})

test('of a new record what was filled in is sent', () => {
  expect(changedValues(fields, {}, { note: 'x', colour: null, ports: 0 })).toEqual({ note: 'x', ports: 0 })
})

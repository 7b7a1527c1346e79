import { expect, test } from 'vitest'
import { whoIsNext } from './escalation.ts'

const line = { leads: ['lead'], coordinators: ['cora', 'bo'], administrators: ['ada'] }

test.each([
  ['the lead first', 0, ['tess'], line, ['lead']],
  ['the coordinators when the lead does nothing', 1, ['tess', 'lead'], line, ['cora', 'bo']],
  ['nobody after the coordinators', 2, ['tess', 'lead', 'cora', 'bo'], line, null],
  ['the coordinators at once where the lead was told first', 0, ['lead'], line, ['cora', 'bo']],
  ['only coordinators who had not heard', 1, ['cora'], line, ['bo']],
  ['nobody where all have heard', 0, ['lead', 'cora', 'bo'], line, null],
  ['a lead of two teams once', 0, [], { ...line, leads: ['lead', 'lead'] }, ['lead']],
  [
    'the administrators where nobody coordinates',
    0,
    [],
    { leads: [], coordinators: [], administrators: ['ada'] },
    ['ada'],
  ],
  ['nobody where there is nobody', 0, [], { leads: [], coordinators: [], administrators: [] }, null],
] as const)('%s', (_, level, told, people, expected) => {
  expect(whoIsNext(level, told, people)?.people ?? null).toEqual(expected)
})

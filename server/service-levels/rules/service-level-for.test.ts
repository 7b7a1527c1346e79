import { expect, test } from 'vitest'
import type { Conditions } from '../../../contract/service-levels.ts'
import { holds, type Level, serviceLevelFor } from './service-level-for.ts'

const facts = { kind: 'incident', priority: 2, queue: 'q', categories: ['laptop', 'hardware'], organisation: 'o' }
const level = (id: string, conditions: Conditions): Level => ({
  id,
  name: id,
  revision: 1,
  conditions,
  calendar: 'c',
  calendarVersion: 'v',
  terms: [],
})

test.each<[Conditions, boolean]>([
  [{}, true],
  [{ kinds: ['incident'] }, true],
  [{ kinds: ['request'] }, false],
  [{ priorities: [1, 2] }, true],
  [{ priorities: [] }, false],
  [{ categories: ['hardware'] }, true],
  [{ categories: ['network'] }, false],
  [{ queues: ['q'], organisations: ['o'] }, true],
  [{ queues: ['q'], organisations: ['p'] }, false],
])('%o holds: %s', (conditions, expected) => {
  expect(holds(conditions, facts)).toBe(expected)
})

test('the first in order that fits is taken, whatever the others are called (Zammad 2.1.1), and it says why', () => {
  const found = serviceLevelFor([level('z', { priorities: [2] }), level('a', {})], facts)
  expect(found?.level.id).toBe('z')
  expect(found?.because.params).toMatchObject({ name: 'z', priority: '2', kind: 'none' })
  expect(serviceLevelFor([level('z', { priorities: [5] })], facts)).toBe(null)
})

import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { candidatesOf, managerAt, managersAbove, type People } from './who-decides.ts'
import { whyNotDecide, whyNotSay, whyNotWithdraw } from './why-not-decide.ts'

const people = (over: Partial<People> = {}): People => ({
  requester: 'rita',
  able: new Set(['rita', 'max', 'mia', 'cora', 'adam', 'tom']),
  managerOf: new Map([
    ['rita', 'max'],
    ['max', 'mia'],
  ]),
  coordinators: ['cora'],
  administrators: ['adam'],
  ...over,
})
const who = (named: string[], over: Partial<People> = {}) =>
  candidatesOf(named, people(over))
    .map((c) => (c.why === null ? c.person : `${c.person} for ${c.insteadOf} (${c.why})`))
    .join(', ')

describe('who fills a seat', () => {
  test.each([
    ['the one who is named', who(['tom']), 'tom'],
    ['any of a team but the requester', who(['tom', 'rita', 'cora']), 'tom, cora'],
    ['the manager, where one would decide alone on their own request', who(['rita']), 'max for rita (own_request)'],
    ['the manager above who is there', who(['rita'], { able: new Set(['mia']) }), 'mia for rita (own_request)'],
    ['the coordinators, where there is nobody above', who(['tom'], { able: new Set(['cora']) }), 'cora for tom (left)'],
    [
      'the administrators, where there are no coordinators',
      who(['tom'], { able: new Set(['adam']) }),
      'adam for tom (left)',
    ],
    ['somebody, where nobody is meant', who([]), 'max'],
    [
      'the administrators, where the coordinator asks',
      who(['tom'], { requester: 'cora', able: new Set(['cora', 'adam']) }),
      'adam for tom (left)',
    ],
    ['a coordinator, where a program asks', who([], { requester: null }), 'cora'],
  ])('is %s', (_words, found, wanted) => expect(found).toBe(wanted))

  it('is never the requester, whatever is named and whoever manages whom', () => {
    const person = fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e')
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 5 }),
        person,
        fc.uniqueArray(person),
        fc.array(fc.tuple(person, person)),
        fc.uniqueArray(person),
        fc.uniqueArray(person),
        (named, requester, able, managers, coordinators, administrators) => {
          const p = { requester, able: new Set(able), managerOf: new Map(managers), coordinators, administrators }
          const found = candidatesOf(named, p).map((c) => c.person)
          expect(found).not.toContain(requester)
          expect(found.every((one) => able.includes(one))).toBe(true)
          expect(new Set(found).size).toBe(found.length)
        },
      ),
    )
  })
})

test('managers are found by level, the highest where there are not so many', () => {
  const { managerOf } = people()
  expect(managersAbove('rita', managerOf)).toEqual(['max', 'mia'])
  expect(managerAt('rita', 1, managerOf)).toBe('max')
  expect(managerAt('rita', 2, managerOf)).toBe('mia')
  expect(managerAt('rita', 3, managerOf)).toBe('mia')
  expect(managerAt('mia', 1, managerOf)).toBeNull()
  expect(
    managersAbove(
      'a',
      new Map([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ),
  ).toEqual(['b'])
})

test('who may decide, and when', () => {
  const facts = { state: 'waiting', isOwn: false, seatsOpen: 1, hasAnswered: false } as const
  const code = (over: Partial<Parameters<typeof whyNotDecide>[0]>) => whyNotDecide({ ...facts, ...over })?.code ?? null
  expect(code({})).toBeNull()
  expect(code({ isOwn: true })).toBe('approvals.own-request')
  expect(code({ seatsOpen: 0 })).toBe('approvals.not-asked')
  expect(code({ seatsOpen: 0, hasAnswered: true })).toBe('approvals.decided-already')
  for (const state of ['approved', 'refused', 'withdrawn', 'expired', 'void'] as const)
    expect(code({ state })).toBe('approvals.over')
  expect(whyNotSay(true, '')).toBeNull()
  expect(whyNotSay(false, '')?.code).toBe('approvals.say-why')
  expect(whyNotWithdraw('waiting', { isOwn: true, inside: false })).toBeNull()
  expect(whyNotWithdraw('waiting', { isOwn: false, inside: false })?.code).toBe('approvals.not-yours')
  expect(whyNotWithdraw('approved', { isOwn: true, inside: true })?.code).toBe('approvals.over')
})

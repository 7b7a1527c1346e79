import { expect, it, test } from 'vitest'
import { differenceRemedies } from '../../../contract/attestations.ts'
import { whyNotAnswer, whyNotClose, whyNotDone, whyNotSay, whyNotSettle } from './why-not-attest.ts'

const code = (r: { code: string } | null) => (r === null ? '.' : r.code.replace('attestations.', ''))

test('nobody answers for others but keepers of the register', () => {
  const facts = { state: 'running', isAsked: false, mayActForOthers: false } as const
  expect(code(whyNotAnswer(facts))).toBe('not-yours')
  expect(code(whyNotAnswer({ ...facts, isAsked: true }))).toBe('.')
  expect(code(whyNotAnswer({ ...facts, mayActForOthers: true }))).toBe('.')
  expect(code(whyNotAnswer({ ...facts, isAsked: true, state: 'closed' }))).toBe('over')
})

test('what somebody no longer has says where it went', () => {
  const item = { tag: 'AST-1', isSettled: false }
  expect(code(whyNotSay(item, { answer: 'mine', note: '' }))).toBe('.')
  expect(code(whyNotSay(item, { answer: 'not_mine', note: '' }))).toBe('say-where')
  expect(code(whyNotSay(item, { answer: 'not_mine', note: 'Tom' }))).toBe('.')
  expect(code(whyNotSay({ ...item, isSettled: true }, { answer: 'mine', note: '' }))).toBe('settled-already')
  expect(code(whyNotDone(2))).toBe('unanswered')
  expect(code(whyNotDone(0))).toBe('.')
})

it('settles each kind of difference in its ways', () => {
  const item = { label: 'AST-1', answer: 'not_mine', isSettled: false, isHeld: true } as const
  const ways = (one: Parameters<typeof whyNotSettle>[1]) =>
    differenceRemedies.filter((remedy) => whyNotSettle('running', one, remedy, 'because') === null).join(' ')
  expect(ways(item)).toBe('keep take_back lost transfer leave')
  expect(ways({ ...item, answer: 'gap' })).toBe('give leave')
  expect(ways({ ...item, answer: 'mine' })).toBe('')
  expect(ways({ ...item, isHeld: false })).toBe('keep leave')
  expect(ways({ ...item, isSettled: true })).toBe('')
  expect(code(whyNotSettle('running', item, 'lost', ''))).toBe('say-why')
  expect(code(whyNotSettle('closed', item, 'lost', 'because'))).toBe('over')
  expect(code(whyNotClose('running', 1))).toBe('unsettled')
  expect(code(whyNotClose('running', 0))).toBe('.')
})

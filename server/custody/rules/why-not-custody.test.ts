import { describe, expect, it, test } from 'vitest'
import { assetStates, type AssetState } from '../../../contract/assets.ts'
import {
  type AnswerFacts,
  whyNotAnswer,
  whyNotHandOut,
  whyNotInside,
  whyNotTakeBack,
  whyNotTakeIssued,
  whyNotTransfer,
} from './why-not-custody.ts'

const rita = { kind: 'person', id: 'rita', name: 'Rita' } as const
const facts = (state: AssetState, held: boolean) => ({ tag: 'AST-1', state, holder: held ? rita : null })
const to = { kind: 'person', id: 'tom' } as const

/** state: hand out, pass on, take back; each while nobody and while somebody has it. `.` allowed, else the code. */
const table: Record<AssetState, [string, string]> = {
  ordered: ['not-at-hand with-nobody with-nobody', 'held not-at-hand .'],
  received: ['. with-nobody with-nobody', 'held not-at-hand .'],
  in_stock: ['. with-nobody with-nobody', 'held not-at-hand .'],
  reserved: ['. with-nobody with-nobody', 'held not-at-hand .'],
  deployed: ['not-at-hand with-nobody with-nobody', 'held . .'],
  in_repair: ['. with-nobody with-nobody', 'held not-at-hand .'],
  lost: ['. with-nobody with-nobody', 'held not-at-hand .'],
  stolen: ['not-at-hand with-nobody with-nobody', 'held not-at-hand .'],
  retired: ['not-at-hand with-nobody with-nobody', 'held not-at-hand .'],
  disposed: ['not-at-hand with-nobody with-nobody', 'held not-at-hand .'],
}

describe('who may be given what', () => {
  const short = (code: string | undefined) => (code === undefined ? '.' : code.replace('custody.', ''))
  it.each(assetStates)('%s', (state) => {
    for (const held of [false, true]) {
      const one = facts(state, held)
      expect(
        [whyNotHandOut(one), whyNotTransfer(one, to), whyNotTakeBack(one)].map((r) => short(r?.code)).join(' '),
      ).toBe(table[state][held ? 1 : 0])
    }
  })
  it('is not passed on to whoever has it', () => {
    expect(whyNotTransfer(facts('deployed', true), rita)?.code).toBe('custody.same-holder')
    expect(whyNotTransfer(facts('deployed', true), { kind: 'asset', id: 'rita' })).toBe(null)
  })
})

test('only the holder answers, once, while the thing is with them', () => {
  const open: AnswerFacts = { isHolder: true, acceptance: 'waiting', isOpen: true }
  expect(whyNotAnswer(open)).toBe(null)
  expect(whyNotAnswer({ ...open, isHolder: false })?.code).toBe('custody.not-yours')
  expect(whyNotAnswer({ ...open, isOpen: false })?.code).toBe('custody.over')
  for (const acceptance of ['none', 'accepted', 'declined'] as const)
    expect(whyNotAnswer({ ...open, acceptance })?.code).toBe(`custody.answered-${acceptance}`)
})

test('what is used up does not come back', () => {
  expect(whyNotTakeIssued({ isOpen: true, isConsumable: false })).toBe(null)
  expect(whyNotTakeIssued({ isOpen: true, isConsumable: true })?.code).toBe('custody.used-up')
  expect(whyNotTakeIssued({ isOpen: false, isConsumable: false })?.code).toBe('custody.over')
})

test('nothing is inside itself, however far around', () => {
  expect(whyNotInside('AST-1', 'a', ['a'])?.code).toBe('custody.circle')
  expect(whyNotInside('AST-1', 'a', ['b', 'c', 'a'])?.code).toBe('custody.circle')
  expect(whyNotInside('AST-1', 'a', ['b', 'c'])).toBe(null)
})

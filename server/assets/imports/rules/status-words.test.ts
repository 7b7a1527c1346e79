import { describe, expect, it } from 'vitest'
import { firstState, stateMeant } from './status-words.ts'

describe('words for states', () => {
  it.each([
    ['Ready to Deploy', 'in_stock'],
    ['ARCHIVED', 'retired'],
    ['Pending  Diagnostics', 'in_repair'],
    ['In Betrieb', 'deployed'],
    ['in_repair', 'in_repair'],
    ['disposed', 'retired'],
    ['On the moon', null],
  ])('%s: %s', (word, state) => expect(stateMeant(word, {})).toBe(state))

  it('a mapping says it first, and never disposes of anything', () => {
    const mapping = { 'state:on the Moon': 'lost', 'state:Gone': 'disposed', 'state:Ready to deploy': 'reserved' }
    expect(stateMeant('On the moon', mapping)).toBe('lost')
    expect(stateMeant('gone', mapping)).toBeNull()
    expect(stateMeant('READY TO DEPLOY', mapping)).toBe('reserved')
  })

  it.each([
    [null, true, false, 'deployed'],
    [null, false, true, 'in_stock'],
    [null, false, false, 'received'],
    ['in_stock', false, false, 'received'],
    ['in_stock', true, true, 'deployed'],
    ['reserved', false, false, 'received'],
    ['reserved', false, true, 'reserved'],
    ['deployed', false, true, 'in_stock'],
    ['lost', true, false, 'lost'],
    ['retired', true, true, 'retired'],
    ['received', false, true, 'received'],
  ] as const)('%s, holder %s, place %s: %s', (meant, hasHolder, hasPlace, state) =>
    expect(firstState(meant, { hasHolder, hasPlace })).toBe(state),
  )
})

import { expect, test } from 'vitest'
import { nextAttempt, pauses, takes } from './back-off.ts'

test('waits longer each time, and gives up after the last', () => {
  const waits = Array.from({ length: pauses.length }, (_, i) => nextAttempt(i + 1, 0)! / 1000)
  expect(waits).toEqual([...pauses])
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(nextAttempt(pauses.length + 1, 0)).toBeNull()
})

test.each([
  [['*'], 'ticket.opened', true],
  [['ticket.*'], 'ticket.opened', true],
  [['ticket.*'], 'tickets.opened', false],
  [['ticket.*'], 'ticket', false],
  [['ticket.resolved', 'vendor.*'], 'vendor.created', true],
  [['ticket.resolved'], 'ticket.resolved.again', false],
  [[], 'ticket.opened', false],
])('%j takes %s: %s', (patterns, type, expected) => {
  expect(takes(patterns, type)).toBe(expected)
})

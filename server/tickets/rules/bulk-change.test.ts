import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BulkChange } from '../../../contract/ticket-bulk-edits.ts'
import { ticketStates } from '../../../contract/tickets.ts'
import { whyNotBulk, whyNotChangeAtAll, whyNotStop } from './bulk-change.ts'

const inside = { inside: true, requester: false }
const outside = { inside: false, requester: false }

test.each([
  [{}, 'bulk.nothing'],
  [{ vendor: 'v', resolution: 'x' }, 'bulk.nothing'],
  [{ assignee: null }, undefined],
  [{ category: null }, undefined],
  [{ state: 'waiting_vendor' }, 'tickets.name-vendor'],
  [{ state: 'waiting_vendor', vendor: 'v' }, undefined],
] as [BulkChange, string | undefined][])('%o says something: %s', (change, code) => {
  expect(whyNotChangeAtAll(change)?.code).toBe(code)
})

test.each([
  ['moved while open', { assignee: null }, 'new', inside, undefined],
  ['moved once resolved', { queue: 'q' }, 'resolved', inside, 'tickets.reopen-first'],
  ['rated once resolved', { urgency: 1 }, 'resolved', inside, undefined],
  ['rated once closed', { urgency: 1 }, 'closed', inside, 'tickets.reopen-first'],
  ['closed while open', { state: 'closed' }, 'new', inside, 'tickets.resolve-first'],
  ['resolved twice', { state: 'resolved' }, 'resolved', inside, 'tickets.resolved-already'],
  ['noted by whoever only looks', { note: { public: false, body: 'x' } }, 'new', outside, 'tickets.internal-for-it'],
  ['rated by whoever only looks', { impact: 1 }, 'new', outside, 'tickets.not-yours-to-work'],
  ['answered by its requester', { note: { public: true, body: 'x' } }, 'new', outside, undefined],
] as const)('a ticket is %s', (_, change, state, who, code) => {
  expect(whyNotBulk(change, { state, merged_into: null }, who)?.code).toBe(code)
})

test('whoever does not work on a ticket moves none, whatever its state', () => {
  const change = fc.record<BulkChange>({ queue: fc.uuid(), urgency: fc.constantFrom(1, 2, 3) })
  fc.assert(
    fc.property(change, fc.constantFrom(...ticketStates), (asked, state) => {
      expect(whyNotBulk(asked, { state, merged_into: null }, outside)).not.toBeNull()
    }),
  )
})

test.each([
  ['waiting', undefined],
  ['running', undefined],
  ['done', 'bulk.over'],
  ['stopped', 'bulk.over'],
  ['failed', 'bulk.over'],
])('one that is %s is stopped: %s', (status, code) => {
  expect(whyNotStop(status)?.code).toBe(code)
})

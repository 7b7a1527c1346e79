import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TicketState, ticketStates } from '../../../contract/tickets.ts'
import { priorityOf, usualMatrix } from './priority.ts'
import { whyNotBelow, whyNotRetire } from './queue-rules.ts'
import {
  reopenUntil,
  whyNotClose,
  whyNotEdit,
  whyNotMove,
  whyNotNote,
  whyNotReopen,
  whyNotResolve,
  whyNotWork,
} from './ticket-states.ts'

const it_ = { inside: true, requester: false }
const requester = { inside: false, requester: true }
const stranger = { inside: false, requester: false }
/** A ticket in a state, merged into none. */
const at = (state: TicketState) => ({ state, merged_into: null })
const alone = { merged_into: null }
const now = '2026-05-17T14:00:00Z'
const code = (refusal: { code: string } | null) => refusal?.code ?? null

describe('working', () => {
  it.each(ticketStates)('%s', (state) => {
    const done = state === 'resolved' || state === 'closed'
    expect(code(whyNotWork(at(state), it_))).toBe(done ? 'tickets.reopen-first' : null)
    expect(code(whyNotResolve(at(state), it_))).toBe(done ? 'tickets.resolved-already' : null)
    expect(code(whyNotClose(at(state), it_))).toBe(
      state === 'resolved' ? null : state === 'closed' ? 'tickets.closed-already' : 'tickets.resolve-first',
    )
    expect(code(whyNotReopen({ ...alone, state, reopenUntil: '2026-05-20T00:00:00Z' }, it_, now))).toBe(
      done ? null : 'tickets.not-resolved',
    )
    for (const rule of [whyNotWork, whyNotResolve, whyNotClose])
      expect(code(rule(at(state), stranger))).toBe('tickets.not-yours-to-work')
  })
  it('waits for a vendor only by name', () => {
    expect(code(whyNotMove(at('new'), it_, 'waiting_vendor', null))).toBe('tickets.name-vendor')
    expect(whyNotMove(at('new'), it_, 'waiting_vendor', 'v')).toBeNull()
    expect(whyNotMove(at('new'), it_, 'in_progress', null)).toBeNull()
  })
})

it('a merged ticket takes nothing more, whoever asks', () => {
  const merged = { state: 'closed' as const, merged_into: '2', reopenUntil: '2026-05-20T00:00:00Z' }
  expect(code(whyNotWork(merged, it_))).toBe('tickets.merged')
  expect(code(whyNotResolve(merged, it_))).toBe('tickets.merged')
  expect(code(whyNotEdit(merged, it_, ['title']))).toBe('tickets.merged')
  for (const who of [it_, requester]) {
    expect(code(whyNotReopen(merged, who, now))).toBe('tickets.merged')
    expect(code(whyNotNote(who, true, merged))).toBe('tickets.merged')
  }
  expect(code(whyNotWork(merged, stranger))).toBe('tickets.not-yours-to-work')
})

describe('requesters', () => {
  it('confirm, reopen in time, answer, and mend the words of a new ticket', () => {
    expect(whyNotClose(at('resolved'), requester)).toBeNull()
    expect(code(whyNotResolve(at('new'), requester))).toBe('tickets.not-yours-to-work')
    expect(whyNotNote(requester, true, alone)).toBeNull()
    expect(code(whyNotNote(requester, false, alone))).toBe('tickets.internal-for-it')
    expect(whyNotEdit(at('new'), requester, ['title', 'description'])).toBeNull()
    expect(code(whyNotEdit(at('new'), requester, ['impact']))).toBe('tickets.requester-edits-new')
    expect(code(whyNotEdit(at('in_progress'), requester, ['title']))).toBe('tickets.requester-edits-new')
    expect(code(whyNotEdit(at('closed'), it_, ['title']))).toBe('tickets.reopen-first')
  })
  it('reopen until the window ends, its last moment included', () => {
    const until = reopenUntil('2026-05-03T14:00:00Z', 14)
    expect(until).toBe('2026-05-17T14:00:00.000Z')
    expect(
      code(whyNotReopen({ ...alone, state: 'closed', reopenUntil: '2026-05-17T14:00:00Z' }, requester, now)),
    ).toBeNull()
    expect(code(whyNotReopen({ ...alone, state: 'closed', reopenUntil: '2026-05-17T13:59:59Z' }, requester, now))).toBe(
      'tickets.reopen-window-over',
    )
    expect(reopenUntil(null, 14)).toBeNull()
  })
})

it('never grows more urgent as impact or urgency fall', () => {
  const level = fc.integer({ min: 1, max: 3 })
  fc.assert(
    fc.property(level, level, level, level, (a, b, c, d) => {
      fc.pre(a <= c && b <= d)
      return priorityOf(usualMatrix, a, b) <= priorityOf(usualMatrix, c, d)
    }),
  )
})

it('retires an empty queue that is not the default one', () => {
  expect(code(whyNotRetire({ isDefault: true }, { isDefault: true, active: false }, false))).toBe(
    'tickets.default-queue-stays',
  )
  expect(code(whyNotRetire({ isDefault: false }, { isDefault: false, active: false }, true))).toBe(
    'tickets.queue-has-open',
  )
  expect(whyNotRetire({ isDefault: false }, { isDefault: false, active: false }, false)).toBeNull()
})

it('keeps the category tree a tree', () => {
  const all = [
    { id: 'a', parent: null },
    { id: 'b', parent: 'a' },
    { id: 'c', parent: 'b' },
  ]
  expect(code(whyNotBelow(all, 'a', 'c'))).toBe('tickets.category-circle')
  expect(code(whyNotBelow(all, 'a', 'a'))).toBe('tickets.category-circle')
  expect(whyNotBelow(all, 'c', 'a')).toBeNull()
})

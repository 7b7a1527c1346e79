import { describe, expect, it } from 'vitest'
import { whyNotMerge, whyNotTakeApart, type AroundMerge, type MergeFacts } from './why-not-merge.ts'

const inside = { inside: true, requester: false }
const outside = { inside: false, requester: true }
const none: AroundMerge = { tasks: 0, plans: 0, approvals: 0, isAbove: false, isMajor: false }
const one: MergeFacts = { id: '1', reference: 'INC-1', state: 'new', merged_into: null }
const two: MergeFacts = { id: '2', reference: 'INC-2', state: 'in_progress', merged_into: null }
const both = { loser: inside, survivor: inside }

describe('merging', () => {
  it.each<[string, MergeFacts, MergeFacts, typeof both, AroundMerge, string | null]>([
    ['two open ones', one, two, both, none, null],
    ['a closed one into an open one', { ...one, state: 'closed' }, two, both, none, null],
    ['one not worked on', one, two, { ...both, loser: outside }, none, 'tickets.not-yours-to-work'],
    ['into one not worked on', one, two, { ...both, survivor: outside }, none, 'tickets.not-yours-to-work'],
    ['with itself', one, one, both, none, 'tickets.merge-with-itself'],
    ['twice', { ...one, merged_into: '3' }, two, both, none, 'tickets.merged'],
    ['into a merged one', one, { ...two, merged_into: '1' }, both, none, 'tickets.merge-goes-on'],
    ['into a done one', one, { ...two, state: 'resolved' }, both, none, 'tickets.merge-into-open'],
    ['with a task left', one, two, both, { ...none, tasks: 1 }, 'tickets.merge-work-left'],
    ['with a device to hand out', one, two, both, { ...none, plans: 1 }, 'tickets.merge-work-left'],
    ['into its own child', one, two, both, { ...none, isAbove: true }, 'tickets.merge-child-of-it'],
    ['with a major incident', one, two, both, { ...none, isMajor: true }, 'tickets.merge-major'],
    ['with an approval waiting', one, two, both, { ...none, approvals: 1 }, 'tickets.merge-work-left'],
  ])('%s', (_what, loser, survivor, who, left, code) => {
    expect(whyNotMerge(loser, survivor, who, left)?.code ?? null).toBe(code)
  })
  it('is taken apart by who works on it', () => {
    expect(whyNotTakeApart({ merged_into: '2' }, inside)).toBeNull()
    expect(whyNotTakeApart({ merged_into: '2' }, outside)?.code).toBe('tickets.not-yours-to-work')
    expect(whyNotTakeApart({ merged_into: null }, inside)?.code).toBe('tickets.not-merged')
  })
})

import { describe, expect, it } from 'vitest'
import { type FamilyFacts, whyNotParent, whyNotPart } from './why-not-parent.ts'

const inside = { inside: true, requester: false }
const outside = { inside: false, requester: true }
const both = { child: inside, parent: inside }
const one: FamilyFacts = { id: '1', reference: 'INC-1', state: 'new', merged_into: null }
const two: FamilyFacts = { id: '2', reference: 'INC-2', state: 'in_progress', merged_into: null }

describe('a child', () => {
  it.each<[string, FamilyFacts, FamilyFacts, typeof both, string[], string | null]>([
    ['of an open ticket', one, two, both, [], null],
    ['of one that is itself a child', one, two, both, ['3', '4'], null],
    ['that is done', { ...one, state: 'closed' }, two, both, [], null],
    ['not worked on', one, two, { ...both, child: outside }, [], 'tickets.not-yours-to-work'],
    ['of one not worked on', one, two, { ...both, parent: outside }, [], 'tickets.not-yours-to-work'],
    ['of itself', one, one, both, [], 'tickets.parent-itself'],
    ['that was merged', { ...one, merged_into: '3' }, two, both, [], 'tickets.merged'],
    ['of a merged one', one, { ...two, merged_into: '3' }, both, [], 'tickets.merge-goes-on'],
    ['of one that is done', one, { ...two, state: 'resolved' }, both, [], 'tickets.parent-done'],
    ['of its own child', one, two, both, ['1'], 'tickets.parent-circle'],
    ['of one far below it', one, two, both, ['3', '4', '1'], 'tickets.parent-circle'],
  ])('%s', (_what, child, parent, who, above, code) => {
    expect(whyNotParent(child, parent, who, above)?.code ?? null).toBe(code)
  })
  it('is taken out by whoever works on it', () => {
    expect(whyNotPart(one, inside)).toBeNull()
    expect(whyNotPart(one, outside)?.code).toBe('tickets.not-yours-to-work')
  })
})

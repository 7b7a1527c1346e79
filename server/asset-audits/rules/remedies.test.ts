import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { buckets, remedies } from '../../../contract/asset-audits.ts'
import { accuracyOf, nextAudit } from './accuracy.ts'
import { type RowFacts, whyNotRemedy, whyNotReopen } from './remedies.ts'

const audit = { state: 'review', scopeKind: 'person' } as const
const row: RowFacts = {
  label: 'AST-1',
  bucket: 'elsewhere',
  remedy: null,
  hasPlace: true,
  isHeld: true,
  isChanged: false,
}
const code = (r: { code: string } | null) => (r === null ? '.' : r.code.replace('assetAudits.', ''))

describe('remedies', () => {
  it('are for their buckets', () => {
    const table = Object.fromEntries(
      buckets.map((bucket) => [
        bucket,
        remedies.filter((remedy) => whyNotRemedy(audit, { ...row, bucket }, remedy, 'because') === null).join(' '),
      ]),
    )
    expect(table).toEqual({
      found: 'confirm leave',
      elsewhere: 'place take_back give follow_up leave',
      missing: 'lost follow_up leave',
      new: 'follow_up register leave',
      excluded: '',
    })
  })
  it('ask for what they need', () => {
    expect(code(whyNotRemedy(audit, { ...row, hasPlace: false }, 'place'))).toBe('place-unsaid')
    expect(code(whyNotRemedy(audit, { ...row, isHeld: false }, 'take_back'))).toBe('with-nobody')
    expect(code(whyNotRemedy({ ...audit, scopeKind: 'location' }, row, 'give'))).toBe('nobody-audited')
    expect(code(whyNotRemedy(audit, row, 'leave', ''))).toBe('say-why')
    expect(code(whyNotRemedy(audit, row, 'leave'))).toBe('.')
    expect(code(whyNotRemedy(audit, { ...row, bucket: 'missing' }, 'lost', 'x'))).toBe('say-why')
    expect(code(whyNotRemedy(audit, { ...row, remedy: 'leave' }, 'place'))).toBe('settled-already')
    expect(code(whyNotRemedy({ ...audit, state: 'running' }, row, 'place'))).toBe('not-review')
  })
  it('overwrite nothing that was done since', () => {
    const ways = buckets.flatMap((bucket) =>
      remedies.filter((remedy) => whyNotRemedy(audit, { ...row, bucket, isChanged: true }, remedy, 'because') === null),
    )
    expect([...new Set(ways)].toSorted()).toEqual(['confirm', 'follow_up', 'leave', 'register'])
    expect(code(whyNotRemedy(audit, { ...row, isChanged: true }, 'place'))).toBe('changed-since')
  })
  it('are taken back where what they changed can be put back', () => {
    expect(whyNotReopen('review', { label: 'x', remedy: 'leave', canPutBack: true })).toBe(null)
    expect(code(whyNotReopen('review', { label: 'x', remedy: 'lost', canPutBack: false }))).toBe('stays-done')
    expect(code(whyNotReopen('review', { label: 'x', remedy: null, canPutBack: true }))).toBe('not-settled')
    expect(code(whyNotReopen('closed', { label: 'x', remedy: 'leave', canPutBack: true }))).toBe('not-review')
  })
})

describe('accuracy', () => {
  it('is found ÷ (expected + elsewhere + new)', () => {
    expect(accuracyOf({ found: 6, missing: 2, elsewhere: 1, fresh: 1 })).toBe(0.6)
    expect(accuracyOf({ found: 0, missing: 0, elsewhere: 0, fresh: 0 })).toBe(null)
    expect(accuracyOf({ found: 0, missing: 0, elsewhere: 0, fresh: 3 })).toBe(0)
  })
  it('lies between 0 and 1, and is 1 only where all is as recorded', () => {
    const n = fc.nat(100_000)
    fc.assert(
      fc.property(fc.record({ found: n, missing: n, elsewhere: n, fresh: n }), (tally) => {
        const share = accuracyOf(tally)
        if (share === null) return
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
        expect(share === 1).toBe(tally.missing + tally.elsewhere + tally.fresh === 0)
      }),
    )
  })
})

test('the next audit follows the audit, else the category, else stays if it is still to come', () => {
  expect(nextAudit('2026-01-31', { audit: 1, category: 12 }, '2026-01-01')).toBe('2026-02-28')
  expect(nextAudit('2026-01-31', { audit: null, category: 12 }, null)).toBe('2027-01-31')
  expect(nextAudit('2026-01-31', { audit: null, category: null }, '2026-03-01')).toBe('2026-03-01')
  expect(nextAudit('2026-01-31', { audit: null, category: null }, '2026-01-31')).toBe(null)
})

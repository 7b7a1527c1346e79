import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { buckets } from '../../../contract/asset-audits.ts'
import { assetStates } from '../../../contract/assets.ts'
import { bucketOf, decides, placesAgree, type ThingFacts } from './buckets.ts'
import { readCode } from './codes.ts'
import { recordedAt, type Change, type Recorded } from './recorded-at.ts'
import { isBlindTo, whyNotClose, whyNotDays, whyNotScan } from './audit-states.ts'

const thing: ThingFacts = {
  state: 'deployed',
  isCovered: true,
  belongs: true,
  isScanned: true,
  placeAgrees: true,
  handedOut: false,
}
const told = (facts: Partial<ThingFacts>) => {
  const { bucket, because } = bucketOf({ ...thing, ...facts })
  return because === null ? bucket : `${bucket}: ${because}`
}

describe('the five buckets', () => {
  it.each<[string, Partial<ThingFacts>, string]>([
    ['scanned where it should be', {}, 'found'],
    ['scanned in another place than on record', { placeAgrees: false }, 'elsewhere'],
    ['scanned, on record elsewhere', { belongs: false }, 'elsewhere'],
    ['not scanned', { isScanned: false }, 'missing'],
    ['not scanned, moved away meanwhile', { isScanned: false, belongs: false }, 'excluded: moved'],
    ['not scanned, handed out meanwhile', { isScanned: false, handedOut: true }, 'excluded: handed_out'],
    ['scanned, handed out meanwhile', { handedOut: true }, 'found'],
    ['of a class nobody looks for', { isCovered: false }, 'excluded: class'],
    ['of a class nobody looks for, not scanned', { isCovered: false, isScanned: false }, 'excluded: class'],
    ['lost, and scanned', { state: 'lost' }, 'elsewhere'],
    ['lost', { state: 'lost', isScanned: false }, 'excluded: state'],
    ['in repair, and scanned', { state: 'in_repair' }, 'elsewhere'],
    ['retired, and scanned', { state: 'retired' }, 'excluded: state'],
    ['ordered', { state: 'ordered', isScanned: false }, 'excluded: state'],
  ])('%s', (_, facts, wanted) => expect(told(facts)).toBe(wanted))

  it('has one for what nobody knows', () => expect(bucketOf(null)).toEqual({ bucket: 'new', because: null }))

  it('puts each thing in exactly one, and says why where it is left out and nowhere else', () => {
    const facts = fc.record({
      state: fc.constantFrom(...assetStates),
      isCovered: fc.boolean(),
      belongs: fc.boolean(),
      isScanned: fc.boolean(),
      placeAgrees: fc.boolean(),
      handedOut: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(fc.option(facts)), (list) => {
        const sums = Object.fromEntries(buckets.map((one) => [one, 0]))
        for (const one of list) {
          const judged = bucketOf(one)
          sums[judged.bucket]! += 1
          expect(judged.because !== null).toBe(judged.bucket === 'excluded')
          // what was not scanned is neither found nor elsewhere; what was scanned is not missing
          if (one !== null && !one.isScanned) expect(['missing', 'excluded']).toContain(judged.bucket)
          if (one?.isScanned === true) expect(judged.bucket).not.toBe('missing')
        }
        expect(Object.values(sums).reduce((a, b) => a + b, 0)).toBe(list.length)
      }),
    )
  })
})

test('places agree where one is the other or inside it', () => {
  expect(placesAgree('/a/b/', '/a/b/')).toBe(true)
  expect(placesAgree('/a/b/', '/a/')).toBe(true)
  expect(placesAgree('/a/', '/a/b/')).toBe(true)
  expect(placesAgree('/a/b/', '/a/c/')).toBe(false)
  expect(placesAgree(null, '/a/')).toBe(true)
  expect(placesAgree('/a/', null)).toBe(true)
})

test('the scan that decides is the same in whatever order they come', () => {
  const scan = fc.record({
    id: fc.uuid(),
    scannedAt: fc.integer({ min: 0, max: 3 }).map((n) => `2026-01-0${n + 1}T00:00:00Z`),
  })
  fc.assert(
    fc.property(fc.uniqueArray(scan, { selector: (s) => s.id, minLength: 1 }), fc.func(fc.integer()), (list, order) => {
      const last = (some: readonly { id: string; scannedAt: string }[]) =>
        some.reduce((best, one) => (decides(one, best) ? one : best))
      expect(last(list.toSorted((a, b) => order(a) - order(b)))).toEqual(last(list))
    }),
  )
})

describe('a code', () => {
  it.each([
    ['AST-1001', 'AST-1001', 'AST-1001'],
    [' ast-1001 ', 'AST-1001', 'AST-1001'],
    ['https://it.example/assets/AST-1001', 'AST-1001', 'AST-1001'],
    ['https://it.example/lp/assets/A%2F1?x=1', 'A/1', 'A/1'],
    ['https://it.example/assets/%E0%A4%A', '%E0%A4%A', '%E0%A4%A'],
    ['To be filled by O.E.M.', 'TO BE FILLED BY O.E.M.', null],
    ['0000000', '0000000', null],
  ])('%s', (code, tag, serial) => expect(readCode(code)).toEqual({ tag, serial, key: serial }))
  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof readCode(text).tag === 'string'))
  })
})

test('what the register said is what it says with everything later taken back', () => {
  const now: Recorded = { state: 'retired', location_id: 'c', holder_kind: null, holder_id: null }
  const changes: Change[] = [
    {
      at: '2026-01-01T12:00:00Z',
      by: 'x',
      before: { state: 'deployed', holder_kind: 'person', holder_id: 'p' },
      after: { state: 'retired', holder_kind: null, holder_id: null },
    },
    { at: '2026-01-01T10:00:00Z', by: 'x', before: { location_id: 'a' }, after: { location_id: 'c' } },
  ]
  const at = (hour: string) => recordedAt(now, changes, Date.parse(`2026-01-01T${hour}:00Z`))
  expect(at('13:00')).toEqual(now)
  expect(at('11:00')).toEqual({ state: 'deployed', location_id: 'c', holder_kind: 'person', holder_id: 'p' })
  expect(at('09:00')).toMatchObject({ state: 'deployed', location_id: 'a' })
})

test('states', () => {
  expect(whyNotScan('planned')?.code).toBe('assetAudits.not-begun')
  for (const state of ['running', 'review', 'closed', 'cancelled'] as const) expect(whyNotScan(state)).toBe(null)
  expect(whyNotClose({ state: 'review', unsettled: 2 })?.code).toBe('assetAudits.unsettled')
  expect(whyNotClose({ state: 'review', unsettled: 0 })).toBe(null)
  expect(whyNotClose({ state: 'running', unsettled: 0 })?.code).toBe('assetAudits.not-review')
  expect(whyNotDays({ plannedOn: '2026-02-01', dueOn: '2026-01-31' })?.code).toBe('assetAudits.due-before-planned')
  for (const state of ['planned', 'running', 'review'] as const) {
    expect(isBlindTo({ blind: true, state }, false)).toBe(true)
    expect(isBlindTo({ blind: true, state }, true)).toBe(false)
    expect(isBlindTo({ blind: false, state }, false)).toBe(false)
  }
  expect(isBlindTo({ blind: true, state: 'closed' }, false)).toBe(false)
})

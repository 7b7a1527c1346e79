import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AssetState, assetStates } from '../../../contract/assets.ts'
import { type LifeFacts, stages, waysFrom, whyNotBecome, whyNotEdit, whyNotHandOut } from './life-cycle.ts'

const facts = (state: AssetState, given: Partial<LifeFacts> = {}): LifeFacts => ({
  state,
  hasHolder: false,
  hasPlace: true,
  disposal: null,
  ...given,
})
const state = fc.constantFrom(...assetStates)

//                 ordered received in_stock reserved deployed in_repair lost stolen retired disposed
const table: Record<AssetState, string> = {
  ordered: '   .       y        y        .        .        .         .    .      y       .',
  received: '  .       .        y        y        y        y         .    .      y       .',
  in_stock: '  .       .        .        y        y        y         y    y      y       .',
  reserved: '  .       .        y        .        y        y         y    y      y       .',
  deployed: '  .       .        y        .        .        y         y    y      y       .',
  in_repair: ' .       .        y        .        y        .         y    y      y       .',
  lost: '      .       .        y        .        y        .         .    y      y       .',
  stolen: '    .       .        y        .        .        .         y    .      y       .',
  retired: '   .       .        y        .        .        .         .    .      .       y',
  disposed: '  .       .        .        .        .        .         .    .      .       .',
}

describe('the life of an asset', () => {
  it.each(assetStates)('goes from %s where the table says', (from) => {
    const allowed = table[from].trim().split(/\s+/)
    const found = assetStates.map((to) =>
      whyNotBecome(facts(from, { hasHolder: true }), to, 'a reason') === null ? 'y' : '.',
    )
    expect(found).toEqual(allowed)
  })
  it.each<[AssetState, Partial<LifeFacts>, AssetState, string, string | null]>([
    ['in_stock', {}, 'deployed', '', 'assets.needs-holder'],
    ['in_stock', { hasHolder: true }, 'deployed', '', null],
    ['deployed', { hasPlace: false }, 'in_stock', '', 'assets.needs-place'],
    ['in_stock', {}, 'stolen', '', 'assets.needs-reason'],
    ['in_stock', {}, 'stolen', 'ok', 'assets.needs-reason'],
    ['in_stock', {}, 'stolen', 'from the van', null],
    ['in_stock', {}, 'in_stock', '', 'assets.is-already'],
    ['disposed', {}, 'in_stock', 'again', 'assets.no-way'],
    ['in_stock', {}, 'disposed', 'now', 'assets.no-way'],
    ['retired', { disposal: { code: 'assets.media-open' } }, 'disposed', 'sold', 'assets.media-open'],
  ])('%s %j to %s because of %j: %s', (from, given, to, reason, code) => {
    expect(whyNotBecome(facts(from, given), to, reason)?.code ?? null).toBe(code)
  })
  it('never comes back from being disposed of, and always can come there', () => {
    expect(waysFrom('disposed')).toEqual([])
    const reached = new Set<AssetState>(['disposed'])
    for (let more = true; more;) {
      const next = assetStates.filter((s) => !reached.has(s) && waysFrom(s).some((way) => reached.has(way.to)))
      more = next.length > 0
      for (const s of next) reached.add(s)
    }
    expect(reached.size).toBe(assetStates.length)
  })
  it('shows a way without asking for the reason exactly where the reason would do', () => {
    fc.assert(
      fc.property(state, state, fc.boolean(), fc.boolean(), (from, to, hasHolder, hasPlace) => {
        const f = facts(from, { hasHolder, hasPlace })
        expect(whyNotBecome(f, to)).toEqual(whyNotBecome(f, to, 'a good reason'))
      }),
    )
  })
  it('waits for nothing any more once it is over', () => {
    for (const s of assetStates)
      expect(stages[s].moments).toBe(['ordered', 'retired', 'disposed'].includes(s) ? 'rest' : 'run')
  })
  it('is handed out while it is at hand, and edited until it is gone', () => {
    const handed = assetStates.filter((s) => whyNotHandOut(s) === null)
    expect(handed).toEqual(['received', 'in_stock', 'reserved', 'deployed', 'in_repair', 'lost'])
    expect(assetStates.filter((s) => whyNotEdit(s) !== null)).toEqual(['disposed'])
  })
})

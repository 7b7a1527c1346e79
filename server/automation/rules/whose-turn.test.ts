import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leastLoaded, nextInTurn } from './whose-turn.ts'

it('gives everybody a turn before anybody has a second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 }), (people, tickets) => {
      const team = Array.from({ length: people }, (_, n) => ({ id: `p${n}`, open: 0, turn: null as string | null }))
      const had = new Map<string, number>()
      for (let n = 0; n < tickets; n++) {
        const id = nextInTurn(team)!
        team.find((one) => one.id === id)!.turn = new Date(1_700_000_000_000 + n * 1000).toISOString()
        had.set(id, (had.get(id) ?? 0) + 1)
      }
      const counts = team.map(({ id }) => had.get(id) ?? 0)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }),
  )
})

it('takes whoever has least, and nobody where nobody is there', () => {
  expect(
    leastLoaded([
      { id: 'a', open: 3, turn: null },
      { id: 'b', open: 1, turn: null },
    ]),
  ).toBe('b')
  expect(
    leastLoaded([
      { id: 'a', open: 1, turn: '2026-01-02' },
      { id: 'b', open: 1, turn: '2026-01-01' },
    ]),
  ).toBe('b')
  expect([leastLoaded([]), nextInTurn([])]).toEqual([null, null])
})

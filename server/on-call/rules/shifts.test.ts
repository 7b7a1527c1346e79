import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layer as layerShape, type Layer } from '../../../contract/on-call.ts'
import { onCallAt, shiftsBetween } from './shifts.ts'

const layer = (given: Partial<Layer> = {}): Layer => ({
  name: 'First',
  members: ['ann', 'ben', 'cem'],
  turn: { unit: 'weeks', count: 1 },
  startsOn: '2026-01-05',
  handoverAt: '09:00',
  hours: [],
  ...given,
})
const at = (text: string) => Date.parse(text) / 1000
const berlin = (...layers: Layer[]) => ({ layers, zone: 'Europe/Berlin' })

describe('onCallAt', () => {
  it.each([
    ['2026-01-05T07:59:59Z', null],
    ['2026-01-05T08:00:00Z', 'ann'],
    ['2026-01-12T07:59:59Z', 'ann'],
    ['2026-01-12T08:00:00Z', 'ben'],
    ['2026-01-26T08:00:00Z', 'ann'],
    // 09:00 in Berlin is 07:00 UTC in summer
    ['2026-03-30T06:59:59Z', 'cem'],
    ['2026-03-30T07:00:00Z', 'ann'],
  ])('a weekly turn that changes on Monday 09:00 in Berlin: %s is %s’s', (moment, person) => {
    expect(onCallAt(berlin(layer()), [], at(moment))).toBe(person)
  })
  it('the later layer wins in its hours, over midnight too', () => {
    const nights = layer({ members: ['dee'], hours: [{ days: ['fri'], from: '22:00', to: '06:00' }] })
    const both = berlin(layer(), nights)
    expect(onCallAt(both, [], at('2026-01-09T20:59:59Z'))).toBe('ann')
    expect(onCallAt(both, [], at('2026-01-09T21:00:00Z'))).toBe('dee')
    expect(onCallAt(both, [], at('2026-01-10T04:59:59Z'))).toBe('dee')
    expect(onCallAt(both, [], at('2026-01-10T05:00:00Z'))).toBe('ann')
  })
  it('an override wins over all layers, the later over the earlier', () => {
    const first = { id: '1', person: 'eve', from: at('2026-01-06T00:00:00Z'), to: at('2026-01-08T00:00:00Z') }
    const second = { id: '2', person: 'fay', from: at('2026-01-07T00:00:00Z'), to: at('2026-01-09T00:00:00Z') }
    const who = (moment: string) => onCallAt(berlin(layer()), [first, second], at(moment))
    expect([who('2026-01-06T12:00:00Z'), who('2026-01-07T12:00:00Z'), who('2026-01-09T12:00:00Z')]).toEqual([
      'eve',
      'fay',
      'ann',
    ])
  })
})

describe('shiftsBetween', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC']
  const some = fc.record({
    zone: fc.constantFrom(...zones),
    layers: fc.array(
      fc.record({
        name: fc.constant('L'),
        members: fc.array(fc.constantFrom('ann', 'ben', 'cem', 'dee'), { minLength: 1, maxLength: 4 }),
        turn: fc.record({
          unit: fc.constantFrom('days' as const, 'weeks' as const),
          count: fc.integer({ min: 1, max: 9 }),
        }),
        startsOn: fc.constantFrom('2026-01-05', '2026-03-28', '2026-10-24'),
        handoverAt: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
        hours: fc.array(
          fc.record({
            days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, { minLength: 1 }),
            from: fc.constantFrom('00:00', '08:00', '18:00', '02:15'),
            to: fc.constantFrom('00:00', '06:00', '18:00', '02:45'),
          }),
          { maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    start: fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-01T00:00:00Z') }),
    length: fc.integer({ min: 1, max: 60 * 86_400 }),
    overrides: fc.array(
      fc.record({
        person: fc.constant('eve'),
        shift: fc.integer({ min: -86_400, max: 40 * 86_400 }),
        length: fc.integer({ min: 1, max: 9 * 86_400 }),
      }),
      { maxLength: 3 },
    ),
  })
  it('leaves no gap and no overlap, and says at each moment what onCallAt says', () => {
    fc.assert(
      fc.property(some, ({ zone, layers, start, length, overrides }) => {
        const schedule = {
          zone,
          layers: layers.map((l) => ({ ...l, hours: l.hours.map((h) => ({ ...h, days: [...h.days] })) })),
        }
        const standIns = overrides.map((o, i) => ({
          id: String(i),
          person: o.person,
          from: start + o.shift,
          to: start + o.shift + o.length,
        }))
        const shifts = shiftsBetween(schedule, standIns, start, start + length)
        expect(shifts[0]!.from).toBe(start)
        expect(shifts.at(-1)!.to).toBe(start + length)
        shifts.forEach((s, i) => {
          expect(s.to).toBeGreaterThan(s.from)
          if (i > 0) expect(s.from).toBe(shifts[i - 1]!.to)
          const middle = Math.floor((s.from + s.to) / 2)
          expect(onCallAt(schedule, standIns, middle)).toBe(s.person)
          expect(onCallAt(schedule, standIns, s.from)).toBe(s.person)
        })
      }),
      { numRuns: 150 },
    )
  })
  it('gives everybody the same number of turns', () => {
    const shifts = shiftsBetween(berlin(layer()), [], at('2026-01-05T08:00:00Z'), at('2026-12-28T08:00:00Z'))
    const turns = Map.groupBy(shifts, (s) => s.person)
    expect([...turns.values()].map((of) => of.length)).toEqual([17, 17, 17])
  })
})

it('the shape of a layer is that of the contract', () => {
  expect(layerShape.safeParse({ ...layer(), members: ['01a00000-0000-7000-8000-000000000000'] }).success).toBe(true)
})

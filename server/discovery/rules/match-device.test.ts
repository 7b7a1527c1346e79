import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Identity } from './identity.ts'
import { judgeDevice, type KnownDevice, matchDevice } from './match-device.ts'

const seen = (given: Partial<Identity>): Identity => ({ serial: null, uuid: null, macs: [], agent: null, ...given })
const known = (given: Partial<Identity>, id = 'a'): KnownDevice => ({
  id,
  serials: given.serial == null ? [] : [given.serial],
  uuids: given.uuid == null ? [] : [given.uuid],
  macs: given.macs ?? [],
  agents: given.agent == null ? [] : [given.agent],
})

const pc: Partial<Identity> = { serial: 'S1', uuid: 'u1', macs: ['m1', 'm2'], agent: 'pc-1' }
const cases: [what: string, seen: Partial<Identity>, known: Partial<Identity>, is: string][] = [
  ['the second run of an agent', pc, pc, 'same'],
  ['the same machine installed anew', { ...pc, agent: 'pc-2' }, pc, 'same'],
  ['two agents on one machine', { ...pc, uuid: null, agent: 'other' }, pc, 'same'],
  ['a clone of its disk', { serial: 'S2', uuid: 'u1', macs: ['m8', 'm9'], agent: 'pc-1' }, pc, 'other'],
  [
    'a clone whose maker gave no serial',
    { uuid: 'u1', macs: ['m8'], agent: 'pc-1' },
    { ...pc, serial: null },
    'doubtful',
  ],
  [
    'another machine with the same doubled serial',
    { serial: 'S1', uuid: 'u2', macs: ['m8'], agent: 'x' },
    pc,
    'doubtful',
  ],
  ['a new network card', { ...pc, macs: ['m8'] }, pc, 'same'],
  ['a new main board', { ...pc, serial: 'S2', uuid: 'u2' }, pc, 'doubtful'],
  ['another machine in the same dock', { serial: 'S2', uuid: 'u2', macs: ['m2', 'm8'], agent: 'y' }, pc, 'other'],
  ['a virtual machine without serial', { uuid: 'v', macs: ['m5'] }, { uuid: 'v', macs: ['m5'] }, 'same'],
  [
    'a virtual machine of which one agent sees no hardware id',
    { macs: ['m5'], agent: 'b' },
    { uuid: 'v', macs: ['m5'], agent: 'a' },
    'same',
  ],
  [
    'a copied virtual machine with another hardware id',
    { uuid: 'w', macs: ['m5'] },
    { uuid: 'v', macs: ['m5'] },
    'doubtful',
  ],
  ['nothing but the id of the agent', { agent: 'pc-1' }, { agent: 'pc-1' }, 'same'],
  [
    'the id of the agent and other addresses',
    { agent: 'pc-1', macs: ['m8'] },
    { agent: 'pc-1', macs: ['m1'] },
    'doubtful',
  ],
  ['one address of many', { macs: ['m1', 'm8', 'm9'] }, { macs: ['m1', 'm2', 'm3'] }, 'doubtful'],
  [
    'one address of many and the same agent',
    { agent: 'p', macs: ['m1', 'm8', 'm9'] },
    { agent: 'p', macs: ['m1', 'm2', 'm3'] },
    'same',
  ],
  ['nothing in common', { serial: 'S2' }, pc, 'other'],
]

describe('a device is known again', () => {
  it.each(cases)('%s', (_what, one, other, is) => {
    expect(judgeDevice(seen(one), known(other)).is).toBe(is)
  })

  it('the strongest evidence decides between two, and the other is left to a person', () => {
    const bySerial = known({ serial: 'S1' }, 'a')
    const byMac = known({ macs: ['m1'] }, 'b')
    expect(matchDevice(seen({ serial: 'S1', macs: ['m1'] }), [byMac, bySerial])).toEqual({
      device: 'a',
      doubts: [{ device: 'b', reasons: ['same-macs'] }],
    })
  })

  it('no evidence makes a new device without asking', () => {
    expect(matchDevice(seen({}), [known(pc)])).toEqual({ device: null, doubts: [] })
  })

  const word = fc.constantFrom('1', '2', '3')
  const anyIdentity = fc.record({
    serial: fc.option(word),
    uuid: fc.option(word),
    macs: fc.uniqueArray(fc.constantFrom('m1', 'm2', 'm3', 'm4')),
    agent: fc.option(word),
  })

  it('whatever a device says of itself, the same words are the same device', () => {
    fc.assert(
      fc.property(anyIdentity, (one) => {
        fc.pre(one.serial !== null || one.uuid !== null || one.macs.length > 0 || one.agent !== null)
        expect(judgeDevice(one, known(one)).is).toBe('same')
      }),
    )
  })

  it('a serial that differs is never overruled without a person', () => {
    fc.assert(
      fc.property(anyIdentity, anyIdentity, (one, other) => {
        fc.pre(one.serial !== null && other.serial !== null && one.serial !== other.serial)
        expect(judgeDevice(one, known(other)).is).not.toBe('same')
      }),
    )
  })

  it('the order in which candidates are found does not matter', () => {
    fc.assert(
      fc.property(anyIdentity, fc.array(anyIdentity, { maxLength: 4 }), (one, others) => {
        const found = others.map((other, at) => known(other, String(at)))
        expect(matchDevice(one, found)).toEqual(matchDevice(one, found.toReversed()))
      }),
    )
  })
})

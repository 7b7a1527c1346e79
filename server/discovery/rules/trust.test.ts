import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fact, factFields, originOf, trust, valuesToWrite } from './trust.ts'

const current = { name: 'pc-1', serial: 'S1', model: 'Dell Latitude' }
const fact = (source: Fact['source'], value: string, written: string | null): Fact => ({
  field: 'name',
  source,
  value,
  written,
})

describe('trust per field', () => {
  it.each<[what: string, name: string, facts: Fact[], source: Fact['source'], said: string, written: boolean]>([
    ['an empty field takes what an agent says', '', [], 'agent', 'pc-1', true],
    ['an empty field takes what a scan says', '', [], 'scan', 'pc-1', true],
    ['what a person wrote stays', 'Reception', [], 'agent', 'pc-1', false],
    [
      'what a person corrected stays, though the agent wrote before',
      'Reception',
      [fact('agent', 'pc-1', 'pc-1')],
      'agent',
      'pc-1',
      false,
    ],
    ['what the agent wrote follows the agent', 'pc-1', [fact('agent', 'pc-1', 'pc-1')], 'agent', 'pc-2', true],
    ['a scan does not overwrite an agent', 'pc-1', [fact('agent', 'pc-1', 'pc-1')], 'scan', 'printer', false],
    ['an agent overwrites a scan', 'printer', [fact('scan', 'printer', 'printer')], 'agent', 'pc-1', true],
    ['the same in other letters changes nothing', 'PC-1', [fact('agent', 'pc-1', 'PC-1')], 'agent', 'pc-1', false],
    ['what is no longer said is kept', 'pc-1', [fact('agent', 'pc-1', 'pc-1')], 'agent', '', false],
  ])('%s', (_what, name, facts, source, said, written) => {
    expect(valuesToWrite({ ...current, name }, facts, source, { name: said })).toEqual(written ? ['name'] : [])
  })

  it('a person is believed above all in every field', () => {
    for (const field of factFields)
      expect(trust[field].person).toBeGreaterThan(Math.max(trust[field].agent, trust[field].scan))
  })

  it('whatever is said, a value of a person stays', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('agent' as const, 'scan' as const), (said, source) => {
        expect(valuesToWrite(current, [], source, { name: said, serial: said, model: said })).toEqual([])
        expect(originOf('name', current.name, [])).toBe('person')
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJunkSerial, serialKey } from './serial.ts'

describe('a serial number that says nothing', () => {
  it.each([
    '',
    '   ',
    'To be filled by O.E.M.',
    'TO BE FILLED BY O.E.M.',
    'to  be filled by O.E.M.',
    'Default string',
    '0123456789',
    'System Serial Number',
    'None',
    'N/A',
    '0000000000',
    'XXXXXXXX',
    'ffffffff',
    '........',
    '---',
    'Not Specified',
  ])('%j', (serial) => {
    expect(isJunkSerial(serial)).toBe(true)
    expect(serialKey(serial)).toBeNull()
  })
})

describe('a serial number', () => {
  it.each([
    ['5CG1234ABC', '5CG1234ABC'],
    [' pf-2abc34 ', 'PF-2ABC34'],
    ['VMware-56 4d  1a', 'VMWARE-56 4D 1A'],
    ['56022484085662558554', '56022484085662558554'],
    ['0000001', '0000001'],
  ])('%j is compared as %s', (serial, key) => expect(serialKey(serial)).toBe(key))
  it('is compared the same when it comes as it is compared', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (serial) => {
        const key = serialKey(serial)
        if (key !== null) expect(serialKey(key)).toBe(key)
      }),
    )
  })
})

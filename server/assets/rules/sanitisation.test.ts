import { describe, expect, it } from 'vitest'
import type { SanitisedMedium } from '../../../contract/disposals.ts'
import { whyNotCertify, whyNotSanitised } from './sanitisation.ts'

const medium = (given: Partial<SanitisedMedium> = {}): SanitisedMedium => ({
  kind: 'flash',
  serial: 'S1',
  sanitisation: 'purge',
  method: 'block_erase',
  tool: 'nvme-cli 2.8',
  verification: 'full',
  performedBy: 'Ada',
  verifiedBy: 'Ben',
  verifiedOn: '2026-05-01',
  ...given,
})

describe('a sanitised medium', () => {
  it.each<[SanitisedMedium['kind'], SanitisedMedium['method'], SanitisedMedium['sanitisation'], boolean]>([
    ['magnetic', 'overwrite', 'clear', true],
    ['magnetic', 'overwrite', 'purge', false],
    ['magnetic', 'degauss', 'purge', true],
    ['magnetic', 'degauss', 'destroy', false],
    ['magnetic', 'shred', 'destroy', true],
    ['flash', 'degauss', 'clear', false],
    ['flash', 'degauss', 'purge', false],
    ['flash', 'overwrite', 'clear', true],
    ['flash', 'overwrite', 'purge', false],
    ['flash', 'cryptographic_erase', 'purge', true],
    ['flash', 'incinerate', 'destroy', true],
    ['optical', 'overwrite', 'clear', false],
    ['optical', 'shred', 'destroy', true],
    ['paper', 'pulverise', 'destroy', true],
    ['paper', 'shred', 'purge', false],
  ])('%s by %s is %s: %s', (kind, method, sanitisation, fits) =>
    expect(whyNotSanitised(medium({ kind, method, sanitisation }))?.code ?? null).toBe(
      fits ? null : 'disposals.method-falls-short',
    ),
  )
  it('is verified by somebody else', () =>
    expect(whyNotSanitised(medium({ verifiedBy: ' ada ' }))?.code).toBe('disposals.same-person'))
})

it.each<[SanitisedMedium[], boolean, string | null]>([
  [[], true, null],
  [[], false, 'disposals.media-unsaid'],
  [[medium()], false, null],
  [[medium()], true, 'disposals.media-both'],
  [[medium(), medium({ serial: 's1' })], false, 'disposals.serial-twice'],
  [[medium(), medium({ serial: 'S2', method: 'degauss' })], false, 'disposals.method-falls-short'],
])('certifies %#', (media, none, code) => expect(whyNotCertify(media, none)?.code ?? null).toBe(code))

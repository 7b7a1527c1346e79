import type { SanitisedMedium } from '../../../contract/disposals.ts'
import type { Refusal } from '../../platform/errors.ts'

type Sanitised = Pick<SanitisedMedium, 'kind' | 'serial' | 'sanitisation' | 'method' | 'performedBy' | 'verifiedBy'>

/**
 * Which methods reach which grade on which medium (NIST SP 800-88 Rev. 1, table A-5 and following): overwriting clears; what purges depends on the medium, for
 * cells of flash are out of reach of overwriting and of magnets; destroying does for all.
 */
const reaches: Record<SanitisedMedium['kind'], Partial<Record<SanitisedMedium['method'], 'clear' | 'purge'>>> = {
  magnetic: { overwrite: 'clear', block_erase: 'clear', cryptographic_erase: 'purge', degauss: 'purge' },
  flash: { overwrite: 'clear', block_erase: 'purge', cryptographic_erase: 'purge' },
  optical: {},
  paper: {},
  other: { overwrite: 'clear', cryptographic_erase: 'purge' },
}
const destroys = new Set<SanitisedMedium['method']>(['shred', 'pulverise', 'incinerate'])

/** Null where what was done to a medium reaches the grade that is certified, and somebody else looked. */
export function whyNotSanitised(medium: Sanitised): Refusal | null {
  const { kind, method, sanitisation, serial } = medium
  const wrong = { code: 'disposals.method-falls-short', params: { serial, method, sanitisation, kind } }
  if (sanitisation === 'destroy') {
    if (!destroys.has(method)) return wrong
  } else {
    const grade = destroys.has(method) ? 'destroy' : reaches[kind][method]
    if (grade === undefined || grade === 'destroy' || (sanitisation === 'purge' && grade === 'clear')) return wrong
  }
  return medium.performedBy.trim().toLowerCase() === medium.verifiedBy.trim().toLowerCase()
    ? { code: 'disposals.same-person', params: { serial, name: medium.verifiedBy } }
    : null
}

/** Null where the media of a disposal are accounted for: each with its own serial number, or none at all and said so. */
export function whyNotCertify(media: readonly Sanitised[], noMedia: boolean): Refusal | null {
  if (media.length === 0) return noMedia ? null : { code: 'disposals.media-unsaid' }
  if (noMedia) return { code: 'disposals.media-both' }
  const serials = media.map((medium) => medium.serial.toLowerCase())
  const twice = media.find((_, i) => serials.indexOf(serials[i]!) !== i)
  if (twice !== undefined) return { code: 'disposals.serial-twice', params: { serial: twice.serial } }
  for (const medium of media) {
    const refusal = whyNotSanitised(medium)
    if (refusal !== null) return refusal
  }
  return null
}

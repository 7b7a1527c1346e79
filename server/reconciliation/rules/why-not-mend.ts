import type { DifferenceKind, Remedy } from '../../../contract/reconciliation.ts'
import type { Refusal } from '../../platform/errors.ts'

type State = 'open' | 'left' | 'closed'

/** What holds is mended, by what fits it. */
export function whyNotMend({ state }: { state: State }, fits: readonly Remedy[], wanted?: Remedy): Refusal | null {
  if (state === 'closed') return { code: 'reconciliation.closed-already' }
  if (fits.length === 0) return { code: 'reconciliation.no-remedy' }
  return wanted === undefined || fits.includes(wanted) ? null : { code: 'reconciliation.does-not-fit' }
}

export const whyNotLeave = (state: State): Refusal | null =>
  state === 'closed' ? { code: 'reconciliation.closed-already' } : null

export const whyNotReopen = (state: State): Refusal | null =>
  state === 'left' ? null : { code: 'reconciliation.not-left' }

export const whyNotUndo = (hasUndo: boolean): Refusal | null =>
  hasUndo ? null : { code: 'reconciliation.no-way-back' }

/** A rule may do by itself what can mend its kind and is not for a person to say. */
export const whyNotAlone = (
  kind: DifferenceKind,
  act: Remedy,
  { fits, alone }: { fits: readonly Remedy[]; alone: readonly Remedy[] },
): Refusal | null =>
  fits.includes(act) && alone.includes(act) ? null : { code: 'reconciliation.not-by-itself', params: { kind } }

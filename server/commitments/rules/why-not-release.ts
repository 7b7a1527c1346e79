import type { Refusal } from '../../platform/errors.ts'

/** A step is given to another where it stands: at its task, by the delegate of who is asked. Its commitment alone would chase the wrong person. */
export const whyNotGiveStep = (isStep: boolean): Refusal | null =>
  isStep ? { code: 'commitments.given-by-its-record' } : null

/** Only what is still open can be waived or given to another, by those who work on its subject. */
export function whyNotRelease(commitment: { phase: string }, mayWrite: boolean): Refusal | null {
  if (!mayWrite) return { code: 'commitments.not-yours-to-change' }
  return commitment.phase === 'running' || commitment.phase === 'paused'
    ? null
    : { code: 'commitments.not-open', params: { phase: commitment.phase } }
}

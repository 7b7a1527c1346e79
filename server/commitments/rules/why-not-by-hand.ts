import type { Refusal } from '../../platform/errors.ts'

/** Where the terms of a step come from: the record it is a step of. */
export const stepSource = 'step'

/** What decides what may be done to a commitment that was made by hand. */
export interface ByHandFacts {
  readonly phase: string
  readonly isByHand: boolean
  readonly needsEvidence: boolean
  /** Its record says when it is due. */
  readonly followsRecord: boolean
  /** It is a step of its record: an approval, a task. Working that keeps it. */
  readonly isStep?: boolean
}

/** Its owner (in person or through a team), its maker, or somebody who works on the record it belongs to. */
export interface ByHandStanding {
  readonly mine: boolean
  readonly inside: boolean
  readonly mayMake: boolean
}

const isOpen = (phase: string): boolean => phase === 'running' || phase === 'paused'

/** Null where the commitment may be finished, moved or put aside. */
export function whyNotKeep(facts: ByHandFacts, who: ByHandStanding): Refusal | null {
  if (!who.mayMake || (!who.mine && !who.inside)) return { code: 'commitments.not-yours-to-change' }
  return isOpen(facts.phase) ? null : { code: 'commitments.not-open', params: { phase: facts.phase } }
}

/** A promise of a service level is kept by working its record, never by saying so. */
export function whyNotComplete(facts: ByHandFacts, who: ByHandStanding): Refusal | null {
  return (
    whyNotKeep(facts, who) ??
    (facts.isByHand && facts.isStep !== true ? null : { code: 'commitments.kept-by-its-record' })
  )
}

export function whyNotMove(facts: ByHandFacts, who: ByHandStanding): Refusal | null {
  const refusal = whyNotKeep(facts, who)
  if (refusal !== null) return refusal
  if (facts.followsRecord) return { code: 'commitments.moved-by-its-record' }
  return facts.isByHand ? null : { code: 'commitments.moved-by-its-level' }
}

/** Where evidence is asked for, words or a file must show it. */
export function whyNotEvidence(facts: ByHandFacts, evidence: string, files: number): Refusal | null {
  return facts.needsEvidence && evidence.trim() === '' && files === 0 ? { code: 'commitments.evidence-needed' } : null
}

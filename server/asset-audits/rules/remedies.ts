import type { AuditState, Bucket, Remedy } from '../../../contract/asset-audits.ts'
import type { Refusal } from '../../platform/errors.ts'
import { whyNotSettle } from './audit-states.ts'

/** How rows of each bucket can be settled; what is left out needs no settling. */
export const remediesFor: Record<Bucket, readonly Remedy[]> = {
  found: ['confirm', 'leave'],
  elsewhere: ['place', 'take_back', 'give', 'follow_up', 'leave'],
  missing: ['follow_up', 'lost', 'leave'],
  new: ['register', 'follow_up', 'leave'],
  excluded: [],
}

/** What decides whether a row can be settled in some way. */
export interface RowFacts {
  readonly label: string
  readonly bucket: Bucket
  readonly remedy: Remedy | null
  /** A place is known where it was found. */
  readonly hasPlace: boolean
  /** By the register somebody or something has it. */
  readonly isHeld: boolean
  /** Its state, its place or whoever has it is another by the register than when it was judged. */
  readonly isChanged: boolean
}

/** What changes a thing by what was true when it was judged: it would overwrite what people did since. */
const byWhatWas: readonly Remedy[] = ['place', 'take_back', 'give', 'lost']

const withoutReason = new Set<Remedy>(['confirm', 'place', 'take_back', 'give', 'register', 'follow_up'])

/** Null where a row can be settled so. `reason`: what was said; undefined where only the way is asked about. */
export function whyNotRemedy(
  audit: { state: AuditState; scopeKind: string },
  row: RowFacts,
  remedy: Remedy,
  reason?: string,
): Refusal | null {
  const { label } = row
  const closed = whyNotSettle(audit.state)
  if (closed !== null) return closed
  if (row.remedy !== null) return { code: 'assetAudits.settled-already', params: { label } }
  if (!remediesFor[row.bucket].includes(remedy))
    return { code: 'assetAudits.no-such-remedy', params: { label, bucket: row.bucket } }
  if (row.isChanged && byWhatWas.includes(remedy)) return { code: 'assetAudits.changed-since', params: { label } }
  if ((remedy === 'place' || remedy === 'take_back') && !row.hasPlace)
    return { code: 'assetAudits.place-unsaid', params: { label } }
  if (remedy === 'take_back' && !row.isHeld) return { code: 'assetAudits.with-nobody', params: { label } }
  if (remedy === 'give' && audit.scopeKind !== 'person')
    return { code: 'assetAudits.nobody-audited', params: { label } }
  if (!withoutReason.has(remedy) && reason !== undefined && reason.length < 3)
    return { code: 'assetAudits.say-why', params: { label } }
  return null
}

/** Null where a row can be opened again. `canPutBack`: what its remedy changed can be put back. */
export function whyNotReopen(
  state: AuditState,
  row: { label: string; remedy: Remedy | null; canPutBack: boolean },
): Refusal | null {
  const closed = whyNotSettle(state)
  if (closed !== null) return closed
  const { label } = row
  if (row.remedy === null) return { code: 'assetAudits.not-settled', params: { label } }
  return row.canPutBack ? null : { code: 'assetAudits.stays-done', params: { label, remedy: row.remedy } }
}

import { type AuditRow, type AuditScan, remedies } from '../../contract/asset-audits.ts'
import { may } from '../../contract/permissions.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Actor } from '../platform/ctx.ts'
import type { Refusal } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { StoredAudit } from './audits-store.ts'
import type { ShownRowColumns } from './rows-store.ts'
import { type RowFacts, whyNotRemedy, whyNotReopen } from './rules/remedies.ts'
import type { ShownScan } from './scans-store.ts'

const refOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

export const shownScan = (s: ShownScan, hidden: boolean): AuditScan => ({
  id: s.id,
  code: s.code,
  location: refOf(s.location_id, s.location_name),
  scannedAt: s.scanned_at,
  arrivedAt: s.arrived_at,
  late: s.late,
  by: s.by_name,
  condition: s.condition,
  note: s.note,
  photo: s.file_id,
  asset: hidden || s.asset_id === null ? null : { id: s.asset_id, tag: s.tag ?? '', name: s.asset_name ?? '' },
})

/** Where it was found: what the scan says, else the place that is audited; null where nobody said. */
export const foundPlace = (u: StoredAudit, r: ShownRowColumns): string | null =>
  r.found_location_id ?? (r.scan_id !== null && u.scope_kind === 'location' ? u.scope_id : null)

export const rowFacts = (u: StoredAudit, r: ShownRowColumns): RowFacts => ({
  label: r.label,
  bucket: r.bucket,
  remedy: r.remedy,
  hasPlace: foundPlace(u, r) !== null,
  isHeld: r.recorded_holder_id !== null,
  isChanged: r.changed,
})

/** What can be done about a row and why not, from the rules that guard the acts. */
function rowRefusals(actor: Actor, u: StoredAudit, r: ShownRowColumns) {
  const lacking: Refusal | null = may(actor.role, 'assets.write')
    ? null
    : { code: 'forbidden', params: { permission: 'assets.write' } }
  const facts = rowFacts(u, r)
  const audit = { state: u.state, scopeKind: u.scope_kind }
  return shownRefusals({
    ...Object.fromEntries(remedies.map((one) => [one, lacking ?? whyNotRemedy(audit, facts, one)])),
    reopen: lacking ?? whyNotReopen(u.state, { label: r.label, remedy: r.remedy, canPutBack: r.undo !== null }),
  })
}

export const shownRow = (actor: Actor, u: StoredAudit, r: ShownRowColumns): AuditRow => ({
  id: r.id,
  label: r.label,
  bucket: r.bucket,
  because: r.because,
  expected: r.expected,
  asset:
    r.asset_id === null
      ? null
      : { id: r.asset_id, tag: r.tag ?? '', name: r.asset_name ?? '', category: r.category_name ?? '' },
  recorded: {
    state: r.recorded_state,
    location: refOf(r.recorded_location_id, r.location_name),
    holder:
      r.recorded_holder_kind === null || r.recorded_holder_id === null
        ? null
        : { kind: r.recorded_holder_kind, id: r.recorded_holder_id, name: r.holder_name ?? '' },
  },
  scan:
    r.scan_id === null || r.code === null
      ? null
      : {
          id: r.scan_id,
          code: r.code,
          location: refOf(r.found_location_id, r.found_location_name),
          scannedAt: r.scanned_at!,
          arrivedAt: r.arrived_at!,
          late: r.late ?? false,
          by: r.by_name ?? '',
          condition: r.condition,
          note: r.note ?? '',
          photo: r.file_id,
        },
  scans: r.scans,
  lateScans: r.late_scans,
  meanwhile: r.meanwhile.map(({ at, by, what, to }) => ({
    at,
    by,
    what: sentence('assetAudits.meanwhile', { what, to, known: to === '' ? 'no' : 'yes' }),
  })),
  remedy: r.remedy,
  reason: r.remedy_reason,
  settledAt: r.settled_at,
  settledBy: r.settled_by_name,
  commitment: r.reference,
  refusals: rowRefusals(actor, u, r),
})

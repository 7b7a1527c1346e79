import type { Audit } from '../../contract/asset-audits.ts'
import { may, type Permission } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import type { Refusal } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { StoredAudit } from './audits-store.ts'
import {
  isBlindTo,
  whyNotCancel,
  whyNotClose,
  whyNotEdit,
  whyNotEnd,
  whyNotScan,
  whyNotSettle,
  whyNotStart,
} from './rules/audit-states.ts'

const lacking = (actor: Actor, permission: Permission): Refusal | null =>
  may(actor.role, permission) ? null : { code: 'forbidden', params: { permission } }

/** Whether the reader may not know what an audit expects and what it found. */
export const hiddenFrom = (actor: Actor, u: StoredAudit): boolean => isBlindTo(u, may(actor.role, 'assets.write'))

export function shownAudit(actor: Actor, u: StoredAudit): Audit {
  const hidden = hiddenFrom(actor, u)
  const seen = (n: number) => (hidden ? null : n)
  const keeps = lacking(actor, 'assets.write')
  return {
    id: u.id,
    reference: u.reference,
    version: u.version,
    name: u.name,
    note: u.note,
    owner: { id: u.owner_id, name: u.owner_name },
    scope: { kind: u.scope_kind, id: u.scope_id, name: u.scope_name },
    classes: u.classes,
    blind: u.blind,
    hidden,
    plannedOn: u.planned_on,
    dueOn: u.due_on,
    intervalMonths: u.interval_months,
    state: u.state,
    startedAt: u.started_at,
    endedAt: u.ended_at,
    closedAt: u.closed_at,
    closedBy: u.closed_by_name,
    counts: {
      expected: seen(u.found + u.missing),
      found: seen(u.found),
      elsewhere: seen(u.elsewhere),
      missing: seen(u.missing),
      new: seen(u.fresh),
      excluded: seen(u.excluded),
      unsettled: seen(u.unsettled),
    },
    scans: u.scans,
    lateScans: u.late_scans,
    refusals: shownRefusals({
      edit: keeps ?? whyNotEdit(u.state),
      start: keeps ?? whyNotStart(u.state),
      scan: lacking(actor, 'assets.work') ?? whyNotScan(u.state),
      end: keeps ?? whyNotEnd(u.state),
      settle: keeps ?? whyNotSettle(u.state),
      close: keeps ?? whyNotClose(hidden ? { state: u.state, unsettled: 0 } : u),
      cancel: keeps ?? whyNotCancel(u.state),
    }),
  }
}

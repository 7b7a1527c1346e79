import type { AuditState } from '../../../contract/asset-audits.ts'
import type { Refusal } from '../../platform/errors.ts'

const only = (state: AuditState, wanted: AuditState): Refusal | null =>
  state === wanted ? null : { code: `assetAudits.not-${wanted}`, params: { state } }

/** Null where scanning can begin. */
export const whyNotStart = (state: AuditState): Refusal | null => only(state, 'planned')

/** Null where scans are taken: also after the end, as late ones, so that nothing is lost that somebody scanned. */
export const whyNotScan = (state: AuditState): Refusal | null =>
  state === 'planned' ? { code: 'assetAudits.not-begun' } : null

/** Null where scanning can end. */
export const whyNotEnd = (state: AuditState): Refusal | null => only(state, 'running')

/** Null where rows can be settled. */
export const whyNotSettle = (state: AuditState): Refusal | null => only(state, 'review')

/** Null where the audit can be closed: scanning has ended, and every row that counts is settled or left with a reason. */
export const whyNotClose = (facts: { state: AuditState; unsettled: number }): Refusal | null =>
  only(facts.state, 'review') ??
  (facts.unsettled === 0 ? null : { code: 'assetAudits.unsettled', params: { n: facts.unsettled } })

const isOver = (state: AuditState): boolean => state === 'closed' || state === 'cancelled'

/** Null where it can be changed. */
export const whyNotEdit = (state: AuditState): Refusal | null =>
  isOver(state) ? { code: 'assetAudits.over', params: { state } } : null

/** Null where it can be given up. */
export const whyNotCancel = whyNotEdit

/** Whether there is anybody to whom what an audit expects and found may not be told: it is a blind one that is not over. */
export const isStillBlind = (facts: { blind: boolean; state: AuditState }): boolean =>
  facts.blind && !isOver(facts.state)

/** Whether an audit is blind to somebody: it still is, and they do not manage the register. */
export const isBlindTo = (facts: { blind: boolean; state: AuditState }, managesRegister: boolean): boolean =>
  isStillBlind(facts) && !managesRegister

/** Null where the days are in order. */
export const whyNotDays = (days: { plannedOn: string; dueOn: string }): Refusal | null =>
  days.dueOn < days.plannedOn ? { code: 'assetAudits.due-before-planned' } : null

/** Null where these columns can be changed: what is audited, and how, stays once the list is frozen. */
export const whyNotRescope = (state: AuditState, columns: readonly string[]): Refusal | null =>
  state === 'planned' || !columns.some((one) => ['scope_kind', 'scope_id', 'classes', 'blind'].includes(one))
    ? null
    : { code: 'assetAudits.begun' }

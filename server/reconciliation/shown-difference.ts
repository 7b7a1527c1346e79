import type { Difference, Remedy } from '../../contract/reconciliation.ts'
import { may } from '../../contract/permissions.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { StoredDifference } from './differences-store.ts'
import { remediesOf } from './rules/kinds.ts'
import { severityOf } from './rules/settle.ts'
import { whyNotLeave, whyNotMend, whyNotReopen, whyNotUndo } from './rules/why-not-mend.ts'

/** What fits a difference, the proposed one first. */
export const remediesFor = (f: Pick<StoredDifference, 'kind' | 'remedy'>): Remedy[] => [
  ...(f.remedy === null ? [] : [f.remedy]),
  ...remediesOf[f.kind].filter((one) => one !== f.remedy && (f.remedy !== null || f.kind === 'unknown')),
]

export function shownDifference(ctx: Pick<Ctx, 'actor'>, f: StoredDifference): Difference {
  const { zone } = ctx.actor
  const say = (what: string, params: Record<string, unknown>): string =>
    sentence(`reconciliation.${what}.${f.kind}`, { ...params, noticedAt: params['lastAt'] ?? null }, zone)
  const mayWork = may(ctx.actor.role, 'assets.work')
  const mayWrite = may(ctx.actor.role, 'assets.write')
  const needs = (isAllowed: boolean, permission: string) =>
    isAllowed ? null : { code: 'forbidden', params: { permission } }
  return {
    id: f.id,
    version: f.version,
    kind: f.kind,
    detail: f.detail,
    severity: severityOf(f.severity),
    state: f.state,
    asset: f.asset_id === null ? null : { id: f.asset_id, tag: f.asset_tag ?? '', name: f.asset_name ?? '' },
    device: f.device_id === null ? null : { id: f.device_id, name: f.device_name ?? '' },
    category: f.category_id === null ? null : { id: f.category_id, name: f.category_name ?? '' },
    location: f.location_id === null ? null : { id: f.location_id, name: f.location_name ?? '' },
    register: say('register', f.register),
    seen: say('seen', f.seen),
    advice: say('advice', {}),
    since: f.since,
    openedAt: f.opened_at,
    remedies: f.state === 'closed' ? [] : remediesFor(f),
    proposal:
      f.remedy === null || f.state === 'closed'
        ? null
        : sentence(`reconciliation.proposal.${f.remedy}`, { ...f.register, ...f.remedy_with }, zone),
    closed:
      f.closed_at === null
        ? null
        : {
            at: f.closed_at,
            how: f.closed_how ?? 'facts',
            by: f.closed_by_name,
            why:
              f.closed_how === 'facts'
                ? say('closed', {})
                : sentence(`reconciliation.closed-how.${f.closed_how ?? 'facts'}`, { by: f.closed_by_name ?? '' }),
          },
    left:
      f.left_at === null
        ? null
        : { until: f.left_until, reason: f.left_reason ?? '', by: f.left_by_name ?? '', at: f.left_at },
    ruleFailed: f.rule_failed === null ? null : sentence(f.rule_failed.code, f.rule_failed.params),
    refusals: shownRefusals({
      mend: needs(mayWork, 'assets.work') ?? whyNotMend(f, remediesFor(f)),
      leave: needs(mayWrite, 'assets.write') ?? whyNotLeave(f.state),
      reopen: needs(mayWrite, 'assets.write') ?? whyNotReopen(f.state),
      undo: needs(mayWork, 'assets.work') ?? whyNotUndo(f.undo !== null),
    }),
  }
}

import type { Input, Output } from '../../../contract/action.ts'
import type { Alert, alerts } from '../../../contract/monitoring.ts'
import { may } from '../../../contract/permissions.ts'
import { assetByKey } from '../../assets/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { historyPage } from '../../platform/history.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { linkDevice } from '../act-on-ticket.ts'
import { alertById, alertPage, lockedAlertById, sayHost, shownAlertRow } from '../alerts-store.ts'
import { whyNotLinkHost } from '../rules/why-not-link-host.ts'

export async function listAlerts(ctx: Ctx, input: Input<typeof alerts.list>): Promise<Output<typeof alerts.list>> {
  const { rows, next } = await alertPage(ctx.tx, ctx.actor, input, input.limit, input.after)
  return { items: rows.map(shownAlertRow), next }
}

export async function showAlert(ctx: Ctx, input: { id: string }): Promise<Alert> {
  const found = await alertById(ctx.tx, ctx.actor, input.id)
  if (found === undefined) throw notFound('alert')
  return {
    ...shownAlertRow(found),
    text: found.text,
    link: found.link,
    fingerprint: found.fingerprint,
    labels: found.labels,
    changes: found.changes,
    actAt: found.act_at,
    refusals: shownRefusals({ linkHost: whyNotLinkHost(found.host, may(ctx.actor.role, 'monitoring.manage')) }),
  }
}

/** All alerts of that name, now and later, are about this device; an open ticket of this one too. */
export async function linkHost(
  ctx: Ctx,
  input: Input<typeof alerts.linkHost>,
): Promise<Output<typeof alerts.linkHost>> {
  const found = await alertById(ctx.tx, ctx.actor, input.id)
  if (found === undefined) throw notFound('alert')
  refuse(whyNotLinkHost(found.host, true))
  const asset = await assetByKey(ctx.tx, ctx.actor, input.asset)
  if (asset === undefined) throw invalid('asset', 'monitoring.no-asset', { asset: input.asset })
  if (found.asset_id === asset.id) ctx.unchanged()
  else {
    await lockedAlertById(ctx.tx, found.id)
    await sayHost(ctx.tx, ctx.actor.organisation, found.host!, asset.id)
    ctx.record({
      type: 'alert.host-linked',
      subject: { kind: 'alert', id: found.id },
      after: { host: found.host, asset: asset.id, tag: asset.tag },
    })
    if (found.goes_on_in !== null && found.ticket_open === true) await linkDevice(ctx, found.goes_on_in, asset.id)
  }
  return showAlert(ctx, input)
}

export async function showAlertHistory(
  ctx: Ctx,
  input: Input<typeof alerts.history>,
): Promise<Output<typeof alerts.history>> {
  const { id } = await showAlert(ctx, input)
  return historyPage(ctx.tx, id, ctx.actor.zone, input.limit, input.after)
}

import type { Input, Output } from '../../../contract/action.ts'
import type { AlertDelivery, alertSources } from '../../../contract/monitoring.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem } from '../../platform/errors.ts'
import { deliveryById, deliveryPage, lockedDelivery, settleDelivery, type StoredDelivery } from '../deliveries-store.ts'
import { readBody } from '../read-body.ts'
import { anySource, sourceById } from '../sources-store.ts'

type Row = Omit<StoredDelivery, 'body'> & { bytes: number }
const shown = (d: Row): AlertDelivery => ({
  id: d.id,
  receivedAt: d.received_at,
  state: d.state,
  alerts: d.alerts,
  reasons: d.reasons.map((one) => sentence(one.code, one.params ?? {})),
  bytes: d.bytes,
})

export async function listDeliveries(
  ctx: Ctx,
  input: Input<typeof alertSources.deliveries>,
): Promise<Output<typeof alertSources.deliveries>> {
  if ((await sourceById(ctx.tx, ctx.actor.organisation, input.id)) === undefined) throw notFound('alert source')
  const { rows, next } = await deliveryPage(ctx.tx, input.id, input.state, input.limit, input.after)
  return { items: rows.map(shown), next }
}

export async function showDelivery(ctx: Ctx, input: { id: string }): Promise<Output<typeof alertSources.delivery>> {
  const found = await deliveryById(ctx.tx, ctx.actor.organisation, input.id)
  if (found === undefined) throw notFound('alert delivery')
  const source = (await anySource(ctx.tx, found.source_id))!
  const read = readBody(source, found)
  return {
    ...shown({ ...found, bytes: found.body.length }),
    body: found.body.toString('utf8').replaceAll('\0', '').slice(0, 200_000),
    read: 'code' in read ? [] : read.alerts,
  }
}

/** After its source was mended: it is taken in the next round. 409 for a message that was read. */
export async function takeAgain(ctx: Ctx, input: { id: string }): Promise<Output<typeof alertSources.again>> {
  if ((await deliveryById(ctx.tx, ctx.actor.organisation, input.id)) === undefined) throw notFound('alert delivery')
  const delivery = (await lockedDelivery(ctx.tx, input.id))!
  if (delivery.state !== 'failed') throw new Problem(409, 'monitoring.read-already')
  const waiting = { state: 'received' as const, alerts: 0, reasons: [] }
  await settleDelivery(ctx.tx, delivery.id, waiting)
  ctx.record({
    type: 'alert-source.read-again',
    subject: { kind: 'alert-source', id: delivery.source_id },
    after: { delivery: delivery.id },
  })
  return shown({ ...delivery, ...waiting, bytes: delivery.body.length })
}

import type { Input, Output } from '../../../contract/action.ts'
import type { assetSeen } from '../../../contract/devices.ts'
import { assetByKey } from '../../assets/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound } from '../../platform/errors.ts'
import { shownDevice } from '../actions/settle-device.ts'
import { deviceOfAsset, factsOf, lastWordOf, type StoredFact } from '../facts-store.ts'
import { modelWordsOf } from '../models.ts'
import { type FactField, factFields, isSameValue, originOf } from '../rules/trust.ts'
import { seenOf } from './show-pair.ts'

const columns: Record<FactField, string> = { name: 'name', serial: 'serial', model: 'model_id' }

export async function showAssetSeen(
  ctx: Ctx,
  input: Input<typeof assetSeen.show>,
): Promise<Output<typeof assetSeen.show>> {
  const asset = await assetByKey(ctx.tx, ctx.actor, input.id)
  if (asset === undefined) throw notFound('asset')
  const id = await deviceOfAsset(ctx.tx, asset.id)
  const facts = await factsOf(ctx.tx, asset.id)
  const compared = { name: asset.name, serial: asset.serial ?? '', model: modelWordsOf(asset) }
  const shown = {
    ...compared,
    model: [asset.manufacturer_name, asset.model_name].filter((part) => part !== null).join(' '),
  }
  return {
    device: id === undefined ? null : await shownDevice(ctx, id),
    seen: id === undefined ? [] : await seenOf(ctx, id),
    facts: await Promise.all(
      factFields.map(async (field) => ({
        field,
        current: shown[field],
        origin: await originShown(ctx, asset.id, field, compared[field], facts),
        said: facts
          .filter((fact) => fact.field === field)
          .map((fact) => ({
            source: fact.source,
            by: fact.client,
            value: fact.value,
            at: fact.said_at,
            isSame: isSameValue(fact.value, compared[field]),
          })),
      })),
    ),
  }
}

async function originShown(ctx: Ctx, asset: string, field: FactField, current: string, facts: readonly StoredFact[]) {
  const source = originOf(field, current, facts)
  if (source === null) return null
  if (source === 'person') {
    const last = await lastWordOf(ctx.tx, asset, columns[field])
    return { source, by: last?.by ?? null, at: last?.at ?? null }
  }
  const fact = facts.find((one) => one.field === field && one.source === source)
  return { source, by: fact?.client ?? null, at: fact?.written_at ?? null }
}

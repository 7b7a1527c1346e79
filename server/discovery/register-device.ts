import type { Input } from '../../contract/action.ts'
import type { devices } from '../../contract/devices.ts'
import {
  type AssetColumns,
  assetsById,
  assetsBySerialKeys,
  changeAssets,
  registerAssets,
  serialKey,
  whyNotEdit,
} from '../assets/public.ts'
import type { CustomValues } from '../fields/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { deviceOfAsset, factsOf, saveFacts } from './facts-store.ts'
import { saveState, type StoredDevice } from './devices-store.ts'
import { categoryFor, modelFor, modelWords, modelWordsOf } from './models.ts'
import type { Summary } from './rules/summary.ts'
import { type Fact, type FactField, valuesToWrite } from './rules/trust.ts'
import { cut } from '../platform/rules/storable-text.ts'
import { discoverySettings } from './settings.ts'

/** Who says what of a device. */
export interface Saying {
  summary: Summary
  source: Fact['source']
  agent: string
}

const saidOf = ({ name, serial, manufacturer, model }: Summary): Partial<Record<FactField, string>> => {
  const words = modelWords({ manufacturer, model })
  return {
    ...(name === '' ? {} : { name: cut(name, 120) }),
    ...(serialKey(serial) === null ? {} : { serial: cut(serial!, 120) }),
    ...(words === '' ? {} : { model: words }),
  }
}

/**
 * What becomes of a device that was seen: one with the serial number of an asset is that asset; a new one becomes an asset where the settings
 * say so and nobody must look at it first; an asset is told what the agent says of it.
 */
export async function settleSeen(
  ctx: Ctx,
  customValues: CustomValues,
  device: StoredDevice,
  saying: Saying,
  isClear: boolean,
): Promise<void> {
  if (device.state === 'linked') return tellAsset(ctx, device.asset_id!, saying)
  if (device.state !== 'waiting') return
  const known = await assetWithSerial(ctx, device, saying.summary.serial)
  if (known !== null) return linkDevice(ctx, device, known, saying)
  const { unknown } = await discoverySettings(ctx.tx, ctx.actor.organisation)
  if (unknown === 'create' && isClear) await registerDevice(ctx, customValues, device, saying, {})
}

/** The asset that bears a serial number, that no other device is, and of which nobody said that this one is not. */
async function assetWithSerial(ctx: Ctx, device: StoredDevice, serial: string | null): Promise<string | null> {
  const key = serialKey(serial)
  if (key === null) return null
  const [found] = await assetsBySerialKeys(ctx.tx, ctx.actor.organisation, [key])
  if (found === undefined || device.not_asset_ids.includes(found.id)) return null
  return (await deviceOfAsset(ctx.tx, found.id)) !== undefined ? null : found.id
}

/** The device is an asset that the register knows. */
export async function linkDevice(ctx: Ctx, device: StoredDevice, asset: string, saying: Saying): Promise<void> {
  await saveState(ctx.tx, device.id, { state: 'linked', asset, mergedInto: null })
  ctx.record({ type: 'device.linked', subject: { kind: 'device', id: device.id }, after: { asset, name: device.name } })
  await tellAsset(ctx, asset, saying)
}

type Given = Omit<Input<typeof devices.register>, 'id' | 'version'>

/** The device becomes an asset, with what is seen of it and what a person says. */
export async function registerDevice(
  ctx: Ctx,
  customValues: CustomValues,
  device: StoredDevice,
  saying: Saying,
  given: Given,
): Promise<void> {
  const said = saidOf(saying.summary)
  const taken =
    said.serial === undefined ? [] : await assetsBySerialKeys(ctx.tx, ctx.actor.organisation, [serialKey(said.serial)!])
  const serial = taken.length > 0 ? undefined : said.serial
  const { tag, location, ...own } = given
  const model = own.model === undefined ? await modelFor(ctx, device.kind, saying.summary) : null
  const kind =
    own.model !== undefined
      ? { model: own.model }
      : own.category !== undefined
        ? { category: own.category }
        : model === null
          ? { category: await categoryFor(ctx, device.kind) }
          : { model: model.model_id }
  const [made] = await registerAssets(ctx, customValues, [
    {
      given: {
        name: own.name ?? said.name ?? '',
        ...(serial === undefined ? {} : { serial }),
        ...kind,
        ...(tag === undefined ? {} : { tag }),
        ...(location === undefined ? {} : { location }),
      },
      state: location === undefined ? 'received' : 'in_stock',
    },
  ])
  await saveState(ctx.tx, device.id, { state: 'linked', asset: made!.id, mergedInto: null })
  const written: FactField[] = [
    ...(own.name === undefined && said.name !== undefined ? (['name'] as const) : []),
    ...(serial === undefined ? [] : (['serial'] as const)),
    ...(model === null || 'category' in kind ? [] : (['model'] as const)),
  ]
  await saveFacts(ctx.tx, made!.id, saying.source, saying.agent, said, written, ctx.now)
  ctx.record({
    type: 'device.registered',
    subject: { kind: 'device', id: device.id },
    after: { asset: made!.id, tag: made!.tag, name: device.name },
  })
}

/** Writes into the register what a source says and is believed; what it says is kept either way. */
export async function tellAsset(ctx: Ctx, asset: string, { summary, source, agent }: Saying): Promise<void> {
  const said = saidOf(summary)
  const facts = await factsOf(ctx.tx, asset)
  const isOld = Object.entries(said).every(([field, value]) =>
    facts.some((fact) => fact.field === field && fact.source === source && fact.value === value),
  )
  if (isOld) return
  const [before] = await assetsById(ctx.tx, ctx.actor.organisation, [asset], true)
  if (before === undefined) return
  const current = { name: before.name, serial: before.serial ?? '', model: modelWordsOf(before) }
  const wanted = whyNotEdit(before.state) === null ? valuesToWrite(current, facts, source, said) : []
  const columns: Partial<AssetColumns> = {}
  const written: FactField[] = []
  for (const field of wanted) {
    const change = await columnsFor(ctx, field, said[field]!, summary, asset)
    if (change === null) continue
    Object.assign(columns, change)
    written.push(field)
  }
  if (written.length > 0) await changeAssets(ctx, [{ before, columns }], { type: 'asset.changed' })
  await saveFacts(ctx.tx, asset, source, agent, said, written, ctx.now)
}

/** The columns of a field; null where the register cannot take the value. */
export async function columnsFor(
  ctx: Ctx,
  field: FactField,
  value: string,
  summary: Summary,
  asset: string,
): Promise<Partial<AssetColumns> | null> {
  if (field === 'name') return { name: value }
  if (field === 'model') return modelFor(ctx, summary.kind, summary)
  const key = serialKey(value)
  // another asset bears it: that is for a person to sort out
  const bearers = key === null ? [] : await assetsBySerialKeys(ctx.tx, ctx.actor.organisation, [key])
  return bearers.some((one) => one.id !== asset) ? null : { serial: value, serial_key: key }
}

import type { AssetState } from '../../../contract/assets.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Refusal } from '../../platform/errors.ts'
import type { Cells } from '../../platform/imports/cells.ts'
import { becomesOf, type CellSaid, type SaidBefore } from '../../platform/imports/imported-values.ts'
import type { NewAsset } from '../actions/register-asset.ts'
import type { AssetColumns, StoredAsset } from '../assets-store.ts'
import { isClassCounted } from '../models-store.ts'
import { whyNotBecome } from '../rules/life-cycle.ts'
import { serialKey } from '../rules/serial.ts'
import type { AssetSaid } from './asset-cells.ts'
import type { Known } from './known.ts'
import { firstState } from './rules/status-words.ts'
import { cut } from '../../platform/rules/storable-text.ts'

/** What is to be done about the asset of a row. */
export interface AssetPlan {
  identity: string
  said: Record<string, CellSaid>
  /** What of it the register refused: not remembered, so that the next run says it anew. */
  refused: Set<string>
  made: NewAsset | null
  before: StoredAsset | null
  columns: Partial<AssetColumns>
  /** The state it comes into. */
  to: AssetState | null
  values: Record<string, string | number | boolean>
}

/** An amount as it is remembered: minor units and currency. */
export const amountIn = (value: string) => {
  const [minor = '0', currency = ''] = value.split(' ')
  return { minor: Number(minor), currency }
}

/** With what it was taken to mean: a mapping that says otherwise is something new. */
export const statusText = (status: NonNullable<AssetSaid['status']>): string => `${status.text}=${status.meant ?? '?'}`

/** Says where a status means nothing, or cannot be. */
export function sayState(cells: Cells, status: AssetSaid['status'], state: AssetState): void {
  if (status === null) return
  if (status.meant === null) cells.warn('state-unknown-word', { value: status.text, state })
  else if (status.meant === 'deployed' && state !== 'deployed')
    cells.warn('not-deployed', { value: status.text, state })
}

/** Plans one column: what the file says anew is written, what somebody changed since stays and is said. */
export function writeColumn(
  plan: AssetPlan,
  column: string,
  one: CellSaid,
  asset: StoredAsset,
  before: SaidBefore,
  cells: Cells,
  known: Known,
): void {
  const stands =
    column === 'cost'
      ? asset.cost_minor === null
        ? ''
        : `${asset.cost_minor} ${asset.currency}`
      : asset[column as keyof AssetColumns]
  const current = stands === null || stands === undefined ? '' : String(stands)
  const isSameTag = column === 'tag' && current.toUpperCase() === one.value.toUpperCase()
  const becomes = isSameTag ? 'same' : becomesOf(one, current, before[column])
  if (becomes === 'kept') cells.kept(column, one.text, { vendor_id: 'supplier', warranty_until: 'warranty' })
  if (becomes !== 'write') return
  const columns = plan.columns as Record<string, unknown>
  if (column === 'cost') {
    const { minor, currency } = amountIn(one.value)
    plan.columns.cost_minor = minor
    plan.columns.currency = currency
  } else if (column === 'serial') {
    plan.columns.serial = one.value
    plan.columns.serial_key = serialKey(one.value)
  } else if (column === 'model_id') {
    const model = known.kinds.modelById(one.value)!
    const category = known.kinds.categoryById(model.category_id)!
    if (isClassCounted(category.class)) {
      plan.refused.add('model_id')
      return cells.warn('category-of-model', { model: model.name, category: category.name, value: model.name })
    }
    plan.columns.model_id = model.id
    plan.columns.category_id = model.category_id
  } else columns[column] = one.value
}

const holderIn = (a: Pick<AssetColumns, 'holder_kind' | 'holder_id'>): string =>
  a.holder_id === null ? '' : `${a.holder_kind}:${a.holder_id}`

/** Whether the row says who has the asset from now on: somebody, nobody, or nothing new. */
export function writeHolder(
  plan: AssetPlan,
  said: AssetSaid,
  asset: StoredAsset,
  before: SaidBefore,
  cells: Cells,
): 'taken' | 'given-back' | 'stays' {
  const { holder } = said
  if (holder === null) return 'stays'
  const last = before['holder']
  if (holder.kind === null)
    return last !== undefined && last.value !== '' && last.value === holderIn(asset) ? 'given-back' : 'stays'
  const becomes = becomesOf({ text: holder.text, value: `${holder.kind}:${holder.id}` }, holderIn(asset), last)
  if (becomes === 'kept') cells.warn('kept', { column: 'holder', value: cut(holder.text, 100) })
  if (becomes !== 'write') return 'stays'
  plan.columns.holder_kind = holder.kind
  plan.columns.holder_id = holder.id
  return 'taken'
}

/** The state it comes into, if the row says one anew, or somebody has it from now on, or nobody has any more. */
export function writeState(
  plan: AssetPlan,
  { status, holder }: AssetSaid,
  asset: StoredAsset,
  before: SaidBefore,
  cells: Cells,
  custody: 'taken' | 'given-back' | 'stays',
): void {
  const last = before['status']
  const isSaidAnew = status !== null && last?.text !== statusText(status)
  if (status !== null && !isSaidAnew && last !== undefined && last.value !== asset.state && custody === 'stays')
    cells.warn('kept', { column: 'status', value: status.text })
  if (!isSaidAnew && custody === 'stays') return
  const place = plan.columns.location_id ?? asset.location_id
  const hasHolder = custody === 'taken' || (custody === 'stays' && (holder?.kind != null || asset.holder_id !== null))
  const to = firstState(status?.meant ?? null, { hasHolder, hasPlace: place !== null })
  if (isSaidAnew) sayState(cells, status, to)
  if (isSaidAnew && status.meant === null && custody === 'stays') return
  if (to === asset.state) return
  const facts = {
    state: asset.state,
    hasHolder,
    hasPlace: place !== null,
    disposal: null,
  }
  const refusal: Refusal | null = whyNotBecome(facts, to, 'import')
  if (refusal === null) {
    plan.to = to
    return
  }
  cells.warn('state-refused', { value: status?.text ?? to, reason: sentence(refusal.code, refusal.params ?? {}) })
  plan.refused.add('status')
  if (custody === 'stays') return
  plan.refused.add('holder')
  delete plan.columns.holder_kind
  delete plan.columns.holder_id
}

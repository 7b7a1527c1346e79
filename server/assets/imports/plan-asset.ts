import type { AssetState } from '../../../contract/assets.ts'
import type { StoredField } from '../../fields/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Refusal } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { Cells, plannedRow } from '../../platform/imports/cells.ts'
import { becomesOf, type CellSaid, type SaidBefore } from '../../platform/imports/imported-values.ts'
import type { ImportSettings, SubjectRows } from '../../platform/imports/source.ts'
import type { NewAsset } from '../actions/register-asset.ts'
import type { AssetColumns, StoredAsset } from '../assets-store.ts'
import type { AssetGiven } from '../given-columns.ts'
import { isClassCounted } from '../models-store.ts'
import { stages, whyNotBecome } from '../rules/life-cycle.ts'
import { serialKey } from '../rules/serial.ts'
import { type AssetSaid, type PlainColumn, plainColumns, readAsset } from './asset-cells.ts'
import { readCustom } from './custom-cells.ts'
import type { Known } from './known.ts'
import { firstState } from './rules/status-words.ts'

/** What is to be done about the asset of a row. */
export interface AssetPlan {
  identity: string
  said: Record<string, CellSaid>
  made: NewAsset | null
  before: StoredAsset | null
  columns: Partial<AssetColumns>
  /** The state it comes into. */
  to: AssetState | null
  values: Record<string, string | number | boolean>
}

/** What the rows of a portion meet in the register. */
export interface Met {
  byTag: ReadonlyMap<string, string>
  bySerial: ReadonlyMap<string, string>
  remembered: ReadonlyMap<string, string>
  assets: ReadonlyMap<string, StoredAsset>
  before: ReadonlyMap<string, SaidBefore>
  fields: readonly StoredField[]
  claimed: Map<string, string>
  /** Assets that earlier rows were about, with their tags. */
  done: Set<string>
}

/** Decides what becomes of one asset. Writes nothing. */
export function planAsset(subject: SubjectRows, met: Met, known: Known, settings: ImportSettings) {
  const cells = new Cells(subject.rows[0]!.cells)
  const reject = (code: string, params: Record<string, unknown> = {}) =>
    plannedRow<AssetPlan | null>(subject, 'rejected', [{ code, params }], null)
  const byTag = met.byTag.get(cells.text('tag').toUpperCase())
  const key = serialKey(cells.text('serial'))
  const bySerial = key === null ? undefined : met.bySerial.get(key)
  if (byTag !== undefined && bySerial !== undefined && byTag !== bySerial)
    return reject('imports.asset-two', {
      tag: cells.text('tag'),
      serial: cells.text('serial'),
      other: met.assets.get(bySerial)?.tag ?? '?',
    })
  const id = byTag ?? bySerial ?? met.remembered.get(subject.identity)
  const asset = id === undefined ? undefined : met.assets.get(id)
  if (asset !== undefined && met.done.has(asset.id)) return reject('imports.asset-again', { tag: asset.tag })
  const before = (asset === undefined ? undefined : met.before.get(asset.id)) ?? {}
  const said = readAsset(cells, known, before, settings)
  if (asset !== undefined) {
    met.done.add(asset.id)
    return changed(subject, cells, said, asset, before, met, known, settings)
  }
  return registered(subject, cells, said, met, known, settings, reject)
}

const givenOf: Record<PlainColumn, keyof AssetGiven> = {
  tag: 'tag',
  serial: 'serial',
  name: 'name',
  location_id: 'location',
  vendor_id: 'vendor',
  order_number: 'orderNumber',
  purchased_on: 'purchasedOn',
  received_on: 'receivedOn',
  in_service_on: 'inServiceOn',
  warranty_until: 'warrantyUntil',
  end_of_life_on: 'endOfLifeOn',
  next_audit_on: 'nextAuditOn',
  note: 'note',
}

const amountIn = (value: string) => {
  const [minor = '0', currency = ''] = value.split(' ')
  return { minor: Number(minor), currency }
}

/** What is remembered of a row: by column, with its status and holder. */
function remembered(said: AssetSaid, state: AssetState, custom: Record<string, CellSaid>): Record<string, CellSaid> {
  const { status, holder } = said
  return {
    ...said.columns,
    ...custom,
    ...(status === null ? {} : { status: { text: statusText(status), value: state } }),
    ...(holder === null
      ? {}
      : { holder: { text: holder.text, value: holder.kind === null ? '' : `${holder.kind}:${holder.id}` } }),
  }
}

/** With what it was taken to mean: a mapping that says otherwise is something new. */
const statusText = (status: NonNullable<AssetSaid['status']>): string => `${status.text}=${status.meant ?? '?'}`

function registered(
  subject: SubjectRows,
  cells: Cells,
  said: AssetSaid,
  met: Met,
  known: Known,
  settings: ImportSettings,
  reject: (code: string, params?: Record<string, unknown>) => ReturnType<typeof plannedRow<AssetPlan | null>>,
) {
  const { columns, status } = said
  const model = columns.model_id === undefined ? undefined : known.kinds.modelById(columns.model_id.value)
  const category =
    known.kinds.categoryById(model?.category_id ?? columns.category_id?.value ?? '') ?? known.kinds.category('')
  if (isClassCounted(category.class)) return reject('assets.counted-not-named', { category: category.name })
  const custom = readCustom(
    cells,
    { fields: met.fields, category: category.id, asset: null, claimed: met.claimed, id: newId() },
    known,
    {},
    settings,
  )
  if (custom.refusal !== null) return reject(custom.refusal.code, custom.refusal.params ?? {})
  const place = columns.location_id?.value
  let holder = said.holder?.kind == null ? null : { holder_kind: said.holder.kind, holder_id: said.holder.id }
  // what is in use and with nobody is in use where it stands
  if (holder === null && status?.meant === 'deployed' && place !== undefined)
    holder = { holder_kind: 'location', holder_id: place }
  const state = firstState(status?.meant ?? null, { hasHolder: holder !== null, hasPlace: place !== undefined })
  sayState(cells, status, state)
  if (holder !== null && stages[state].holder === 'released') {
    cells.warn('holder-released', { value: status?.text ?? state })
    holder = null
  }
  const given: Record<string, unknown> = {}
  for (const column of plainColumns) if (columns[column] !== undefined) given[givenOf[column]] = columns[column].value
  if (columns.cost !== undefined) given['cost'] = amountIn(columns.cost.value)
  const plan: AssetPlan = {
    identity: subject.identity,
    said: remembered(said, state, custom.said),
    made: {
      given,
      state,
      kind: { model_id: model?.id ?? null, category_id: category.id },
      fields: custom.values,
      ...(holder === null ? {} : { holder }),
    },
    before: null,
    columns: {},
    to: null,
    values: {},
  }
  return plannedRow<AssetPlan | null>(subject, 'created', cells.warnings, plan)
}

function sayState(cells: Cells, status: AssetSaid['status'], state: AssetState): void {
  if (status === null) return
  if (status.meant === null) cells.warn('state-unknown-word', { value: status.text, state })
  else if (status.meant === 'deployed' && state !== 'deployed')
    cells.warn('not-deployed', { value: status.text, state })
}

function changed(
  subject: SubjectRows,
  cells: Cells,
  said: AssetSaid,
  asset: StoredAsset,
  before: SaidBefore,
  met: Met,
  known: Known,
  settings: ImportSettings,
) {
  const plan: AssetPlan = {
    identity: subject.identity,
    said: {},
    made: null,
    before: asset,
    columns: {},
    to: null,
    values: {},
  }
  if (asset.state === 'disposed') {
    cells.warn('disposed')
    return plannedRow<AssetPlan | null>(subject, 'unchanged', cells.warnings, null)
  }
  for (const [column, one] of Object.entries(said.columns)) writeColumn(plan, column, one, asset, before, cells, known)
  // an asset that has a model is in the category of it
  if (said.columns.category_id !== undefined && asset.model_id !== null) delete plan.columns.category_id
  const category = plan.columns.category_id ?? asset.category_id
  const custom = readCustom(
    cells,
    { fields: met.fields, category, asset, claimed: met.claimed, id: asset.id },
    known,
    before,
    settings,
  )
  plan.values = custom.values
  const holder = writeHolder(plan, said, asset, before, cells)
  writeState(plan, said, asset, before, cells, holder)
  plan.said = remembered(said, plan.to ?? asset.state, custom.said)
  const isChanged = plan.to !== null || Object.keys(plan.columns).length > 0 || Object.keys(plan.values).length > 0
  return plannedRow<AssetPlan | null>(subject, isChanged ? 'updated' : 'unchanged', cells.warnings, plan)
}

function writeColumn(
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
  if (becomes === 'kept') cells.warn('kept', { column, value: one.text.slice(0, 100) })
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
    if (isClassCounted(category.class))
      return cells.warn('category-of-model', { model: model.name, category: category.name, value: model.name })
    plan.columns.model_id = model.id
    plan.columns.category_id = model.category_id
  } else columns[column] = one.value
}

const holderIn = (a: Pick<AssetColumns, 'holder_kind' | 'holder_id'>): string =>
  a.holder_id === null ? '' : `${a.holder_kind}:${a.holder_id}`

/** Whether the row says who has the asset from now on: somebody, nobody, or nothing new. */
function writeHolder(
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
  if (becomes === 'kept') cells.warn('kept', { column: 'holder', value: holder.text.slice(0, 100) })
  if (becomes !== 'write') return 'stays'
  plan.columns.holder_kind = holder.kind
  plan.columns.holder_id = holder.id
  return 'taken'
}

/** The state it comes into, if the row says one anew, or somebody has it from now on, or nobody has any more. */
function writeState(
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
  delete plan.columns.holder_kind
  delete plan.columns.holder_id
}

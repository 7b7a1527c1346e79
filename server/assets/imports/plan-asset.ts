import type { AssetState } from '../../../contract/assets.ts'
import type { StoredField } from '../../fields/public.ts'
import { newId } from '../../platform/identifiers.ts'
import { Cells, plannedRow } from '../../platform/imports/cells.ts'
import type { CellSaid, SaidBefore } from '../../platform/imports/imported-values.ts'
import type { ImportSettings, SubjectRows } from '../../platform/imports/source.ts'
import type { StoredAsset } from '../assets-store.ts'
import type { AssetGiven } from '../given-columns.ts'
import { isClassCounted } from '../models-store.ts'
import { stages } from '../rules/life-cycle.ts'
import { type AssetSaid, type PlainColumn, plainColumns, readAsset, serialKeyIn } from './asset-cells.ts'
import { readCustom } from './custom-cells.ts'
import type { Known } from './known.ts'
import { amountIn, type AssetPlan, sayState, statusText, writeColumn, writeHolder, writeState } from './plan-change.ts'
import { firstState } from './rules/status-words.ts'

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
  const key = serialKeyIn(cells.text('serial'))
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
    refused: new Set(),
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
    refused: new Set(),
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
  for (const column of plan.refused) delete plan.said[column]
  const isChanged = plan.to !== null || Object.keys(plan.columns).length > 0 || Object.keys(plan.values).length > 0
  return plannedRow<AssetPlan | null>(subject, isChanged ? 'updated' : 'unchanged', cells.warnings, plan)
}

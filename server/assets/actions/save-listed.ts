import type { Action, Input, Output } from '../../../contract/action.ts'
import {
  type AssetCategory,
  type AssetModel,
  assetCategories,
  assetModels,
  type DepreciationClass,
  depreciationClasses,
  type LoanPool,
  loanPools,
  type Manufacturer,
  manufacturers,
} from '../../../contract/asset-models.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Route, serve } from '../../platform/mount.ts'
import { refOf } from '../shown-asset.ts'
import { demandLocation } from '../given-columns.ts'
import {
  allListed,
  insertListed,
  isClassCounted,
  listedById,
  listedPage,
  type ListName,
  type ListRows,
  saveListed,
  type StoredCategory,
  type StoredDepreciation,
  type StoredManufacturer,
  type StoredModel,
  type StoredPool,
} from '../models-store.ts'
import { followCategory, followModel } from './follow-model.ts'

type Given = Record<string, unknown>
type Saves = Action & { input: Action['input'] }

/** One of the lists that describe assets: where it lies, how a row is shown, which column each field of an input sets. */
interface Spec<L extends ListName, Shown extends object> {
  list: L
  /** Kind of its records in the log. */
  kind: string
  columns: Record<string, string>
  /** What a new one has where nothing is said. */
  usual: Record<string, unknown>
  shown: (row: ListRows[L]) => Shown
  /** Refuses what the columns may not be. */
  check?: (ctx: Ctx, columns: Record<string, unknown>, before: ListRows[L] | null) => Promise<void>
  /** What follows for assets, after a change was saved and recorded. */
  follow?: (ctx: Ctx, before: ListRows[L], after: ListRows[L], cause: string) => Promise<void>
}

const columnsOf = (spec: { columns: Record<string, string> }, given: Given): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(spec.columns)
      .filter(([field]) => given[field] !== undefined)
      .map(([field, column]) => [column, given[field]]),
  )

const create =
  <L extends ListName, Shown extends object>(spec: Spec<L, Shown>) =>
  async (ctx: Ctx, input: Given): Promise<Shown> => {
    const id = newId()
    const columns = { ...spec.usual, ...columnsOf(spec, input) }
    await spec.check?.(ctx, columns, null)
    await insertListed(ctx.tx, spec.list, ctx.actor.organisation, id, columns)
    ctx.record({ type: `${spec.kind}.created`, subject: { kind: spec.kind, id }, after: columns })
    return spec.shown((await listedById(ctx.tx, spec.list, ctx.actor.organisation, id))!)
  }

const edit =
  <L extends ListName, Shown extends object>(spec: Spec<L, Shown>) =>
  async (ctx: Ctx, input: Given & { id: string; version?: number | undefined }): Promise<Shown> => {
    const before = await listedById(ctx.tx, spec.list, ctx.actor.organisation, input.id, true)
    if (before === undefined) throw notFound(spec.kind)
    if (input.version !== undefined && input.version !== before.version) throw stale(spec.shown(before), input)
    const was = Object.fromEntries(
      Object.values(spec.columns).map((column) => [column, (before as unknown as Given)[column]]),
    )
    const columns = { ...was, ...columnsOf(spec, input) }
    await spec.check?.(ctx, columns, before)
    const change = changes(was, columns)
    if (Object.keys(change.after).length === 0) {
      ctx.unchanged()
      return spec.shown(before)
    }
    await saveListed(ctx.tx, spec.list, input.id, change.after)
    const cause = ctx.record({ type: `${spec.kind}.changed`, subject: { kind: spec.kind, id: input.id }, ...change })
    const after = (await listedById(ctx.tx, spec.list, ctx.actor.organisation, input.id))!
    await spec.follow?.(ctx, before, after, cause)
    return spec.shown(after)
  }

const saving = <A extends Saves, B extends Saves, L extends ListName, Shown extends object>(
  actions: { create: A; edit: B },
  spec: Spec<L, Shown>,
): Route[] => [
  serve(actions.create, (ctx, input: Input<A>) => create(spec)(ctx, input) as Promise<Output<A>>),
  serve(actions.edit, (ctx, input: Input<B>) => edit(spec)(ctx, input as never) as Promise<Output<B>>),
]

const manufacturerSpec: Spec<'manufacturers', Manufacturer> = {
  list: 'manufacturers',
  kind: 'manufacturer',
  columns: {
    name: 'name',
    website: 'website',
    supportUrl: 'support_url',
    supportPhone: 'support_phone',
    supportEmail: 'support_email',
    active: 'active',
  },
  usual: { active: true },
  shown: (m: StoredManufacturer) => ({
    id: m.id,
    version: m.version,
    name: m.name,
    website: m.website,
    supportUrl: m.support_url,
    supportPhone: m.support_phone,
    supportEmail: m.support_email,
    active: m.active,
    refusals: {},
  }),
}

const depreciationSpec: Spec<'depreciation_classes', DepreciationClass> = {
  list: 'depreciation_classes',
  kind: 'depreciation-class',
  columns: { name: 'name', months: 'months', salvagePercent: 'salvage_percent', active: 'active' },
  usual: { salvage_percent: 0, active: true },
  shown: (d: StoredDepreciation) => ({
    id: d.id,
    version: d.version,
    name: d.name,
    months: d.months,
    salvagePercent: d.salvage_percent,
    active: d.active,
    refusals: {},
  }),
}

const categorySpec: Spec<'asset_categories', AssetCategory> = {
  list: 'asset_categories',
  kind: 'asset-category',
  columns: {
    name: 'name',
    class: 'class',
    lifeMonths: 'life_months',
    auditMonths: 'audit_months',
    depreciation: 'depreciation_class_id',
    active: 'active',
  },
  usual: { active: true },
  shown: (c: StoredCategory) => ({
    id: c.id,
    version: c.version,
    name: c.name,
    class: c.class,
    lifeMonths: c.life_months,
    auditMonths: c.audit_months,
    depreciation: refOf(c.depreciation_class_id, c.depreciation_name),
    active: c.active,
    refusals: {},
  }),
  async check(ctx, columns) {
    const wanted = columns['depreciation_class_id'] as string | null | undefined
    if (
      wanted != null &&
      (await listedById(ctx.tx, 'depreciation_classes', ctx.actor.organisation, wanted)) === undefined
    )
      throw invalid('depreciation', 'assets.depreciation-unknown')
  },
  follow: followCategory,
}

const modelSpec: Spec<'asset_models', AssetModel> = {
  list: 'asset_models',
  kind: 'asset-model',
  columns: {
    name: 'name',
    number: 'number',
    manufacturer: 'manufacturer_id',
    category: 'category_id',
    lifeMonths: 'life_months',
    endOfLifeOn: 'end_of_life_on',
    note: 'note',
    active: 'active',
  },
  usual: { active: true },
  shown: (m: StoredModel) => ({
    id: m.id,
    version: m.version,
    manufacturer: refOf(m.manufacturer_id, m.manufacturer_name),
    category: { id: m.category_id, name: m.category_name },
    class: m.class,
    name: m.name,
    number: m.number,
    lifeMonths: m.life_months,
    endOfLifeOn: m.end_of_life_on,
    note: m.note,
    active: m.active,
    refusals: {},
  }),
  async check(ctx, columns, before) {
    const { organisation } = ctx.actor
    const category = await listedById(ctx.tx, 'asset_categories', organisation, String(columns['category_id']))
    if (category === undefined) throw invalid('category', 'assets.category-unknown')
    // its assets are named one by one already
    if (before !== null && isClassCounted(category.class) && !isClassCounted(before.class))
      refuse({ code: 'assets.counted-not-named', params: { category: category.name } })
    const maker = columns['manufacturer_id'] as string | null | undefined
    if (maker != null && (await listedById(ctx.tx, 'manufacturers', organisation, maker)) === undefined)
      throw invalid('manufacturer', 'assets.manufacturer-unknown')
  },
  follow: followModel,
}

const poolSpec: Spec<'loan_pools', LoanPool> = {
  list: 'loan_pools',
  kind: 'loan-pool',
  columns: { name: 'name', location: 'location_id', loanDays: 'loan_days', note: 'note', active: 'active' },
  usual: { loan_days: 14, active: true },
  shown: (p: StoredPool) => ({
    id: p.id,
    version: p.version,
    name: p.name,
    location: refOf(p.location_id, p.location_name),
    loanDays: p.loan_days,
    note: p.note,
    active: p.active,
    size: p.size,
    free: p.free,
    refusals: {},
  }),
  async check(ctx, columns, before) {
    const location = columns['location_id'] as string | null | undefined
    if (location !== before?.location_id) await demandLocation(ctx, location)
  },
}

export const listedRoutes: Route[] = [
  serve(manufacturers.list, async (ctx, input) => {
    const { rows, next } = await listedPage(
      ctx.tx,
      'manufacturers',
      ctx.actor.organisation,
      input,
      input.limit,
      input.after,
    )
    return { items: rows.map(manufacturerSpec.shown), next }
  }),
  ...saving(manufacturers, manufacturerSpec),
  serve(assetCategories.list, async (ctx, input) => ({
    items: (await allListed(ctx.tx, 'asset_categories', ctx.actor.organisation, input.active)).map(categorySpec.shown),
  })),
  ...saving(assetCategories, categorySpec),
  serve(depreciationClasses.list, async (ctx, input) => ({
    items: (await allListed(ctx.tx, 'depreciation_classes', ctx.actor.organisation, input.active)).map(
      depreciationSpec.shown,
    ),
  })),
  ...saving(depreciationClasses, depreciationSpec),
  serve(assetModels.list, async (ctx, input) => {
    const { rows, next } = await listedPage(
      ctx.tx,
      'asset_models',
      ctx.actor.organisation,
      input,
      input.limit,
      input.after,
    )
    return { items: rows.map(modelSpec.shown), next }
  }),
  serve(assetModels.show, async (ctx, input) => {
    const found = await listedById(ctx.tx, 'asset_models', ctx.actor.organisation, input.id)
    if (found === undefined) throw notFound('model')
    return modelSpec.shown(found)
  }),
  ...saving(assetModels, modelSpec),
  serve(loanPools.list, async (ctx, input) => ({
    items: (await allListed(ctx.tx, 'loan_pools', ctx.actor.organisation, input.active)).map(poolSpec.shown),
  })),
  ...saving(loanPools, poolSpec),
]

import { z } from 'zod'
import {
  basedOn,
  command,
  givenDate,
  id,
  line,
  listOf,
  page,
  plainDate,
  query,
  queryBoolean,
  ref,
  refusals,
} from './action.ts'

/** What things of a category are. Devices, components, SIMs and circuits are named one by one; the rest is counted. */
export const assetClasses = ['device', 'component', 'sim', 'circuit', 'accessory', 'consumable'] as const
export const assetClass = z.enum(assetClasses)
export type AssetClass = z.output<typeof assetClass>

const months = z.int().min(1).max(600).nullable()
const webAddress = z.url({ protocol: /^https?$/ }).max(500)

export const manufacturer = z.object({
  id,
  version: z.int(),
  name: z.string(),
  website: z.string().nullable(),
  supportUrl: z.string().nullable(),
  supportPhone: z.string().nullable(),
  supportEmail: z.string().nullable(),
  active: z.boolean(),
  refusals,
})
export type Manufacturer = z.output<typeof manufacturer>
const manufacturerGiven = {
  name: line(120),
  website: webAddress.nullable(),
  supportUrl: webAddress.nullable(),
  supportPhone: line(40).nullable(),
  supportEmail: z.email().max(254).nullable(),
  active: z.boolean(),
}

export const assetCategory = z.object({
  id,
  version: z.int(),
  name: z.string(),
  class: assetClass,
  /** How long its things are used, unless the model says otherwise. */
  lifeMonths: z.int().nullable(),
  /** Months after which its things are audited again. */
  auditMonths: z.int().nullable(),
  depreciation: ref.nullable(),
  active: z.boolean(),
  refusals,
})
export type AssetCategory = z.output<typeof assetCategory>
const categoryGiven = {
  name: line(120),
  lifeMonths: months,
  auditMonths: z.int().min(1).max(120).nullable(),
  depreciation: id.nullable(),
  active: z.boolean(),
}

export const depreciationClass = z.object({
  id,
  version: z.int(),
  name: z.string(),
  months: z.int(),
  /** What is left at the end, in percent of the cost, at most two decimals. */
  salvagePercent: z.number(),
  active: z.boolean(),
  refusals,
})
export type DepreciationClass = z.output<typeof depreciationClass>
const depreciationGiven = {
  name: line(120),
  months: z.int().min(1).max(600),
  salvagePercent: z.number().min(0).max(100).multipleOf(0.01),
  active: z.boolean(),
}

export const assetModel = z.object({
  id,
  version: z.int(),
  manufacturer: ref.nullable(),
  category: ref,
  class: assetClass,
  name: z.string(),
  number: z.string().nullable(),
  lifeMonths: z.int().nullable(),
  /** Published by the manufacturer. */
  endOfLifeOn: plainDate.nullable(),
  note: z.string(),
  active: z.boolean(),
  refusals,
})
export type AssetModel = z.output<typeof assetModel>
const modelGiven = {
  manufacturer: id.nullable(),
  category: id,
  name: line(120),
  number: line(120).nullable(),
  lifeMonths: months,
  endOfLifeOn: givenDate.nullable(),
  note: z.string().trim().max(5000),
  active: z.boolean(),
}

export const loanPool = z.object({
  id,
  version: z.int(),
  name: z.string(),
  location: ref.nullable(),
  loanDays: z.int(),
  note: z.string(),
  active: z.boolean(),
  /** Assets of the pool, and those of them that wait on the shelf. */
  size: z.int(),
  free: z.int(),
  refusals,
})
export type LoanPool = z.output<typeof loanPool>
const poolGiven = {
  name: line(120),
  location: id.nullable(),
  loanDays: z.int().min(1).max(730),
  note: z.string().trim().max(2000),
  active: z.boolean(),
}

const all = { active: queryBoolean.optional() }

export const manufacturers = {
  list: query({
    name: 'manufacturers.list',
    path: '/manufacturers',
    permission: 'assets.read',
    summary: 'Manufacturers, by name.',
    input: z.object({ q: z.string().max(200).optional(), ...all, ...page }),
    output: listOf(manufacturer),
  }),
  create: command({
    name: 'manufacturers.create',
    method: 'POST',
    path: '/manufacturers',
    permission: 'assets.configure',
    summary: 'Record a manufacturer.',
    input: z.object(manufacturerGiven).partial().extend({ name: manufacturerGiven.name }),
    output: manufacturer,
  }),
  edit: command({
    name: 'manufacturers.edit',
    method: 'PATCH',
    path: '/manufacturers/{id}',
    permission: 'assets.configure',
    summary: 'Change a manufacturer.',
    input: z.object(manufacturerGiven).partial().extend({ id, version: basedOn }),
    output: manufacturer,
  }),
}

export const assetCategories = {
  list: query({
    name: 'asset-categories.list',
    path: '/asset-categories',
    permission: 'assets.read',
    summary: 'Categories of assets, by name.',
    input: z.object(all),
    output: z.object({ items: z.array(assetCategory) }),
  }),
  create: command({
    name: 'asset-categories.create',
    method: 'POST',
    path: '/asset-categories',
    permission: 'assets.configure',
    summary: 'Add a category. Its class stays.',
    input: z.object(categoryGiven).partial().extend({ name: categoryGiven.name, class: assetClass }),
    output: assetCategory,
  }),
  edit: command({
    name: 'asset-categories.edit',
    method: 'PATCH',
    path: '/asset-categories/{id}',
    permission: 'assets.configure',
    summary: 'Change a category.',
    input: z.object(categoryGiven).partial().extend({ id, version: basedOn }),
    output: assetCategory,
  }),
}

export const depreciationClasses = {
  list: query({
    name: 'depreciation-classes.list',
    path: '/depreciation-classes',
    permission: 'assets.read',
    summary: 'How cost is written off, by name.',
    input: z.object(all),
    output: z.object({ items: z.array(depreciationClass) }),
  }),
  create: command({
    name: 'depreciation-classes.create',
    method: 'POST',
    path: '/depreciation-classes',
    permission: 'assets.configure',
    summary: 'Add a depreciation class.',
    input: z
      .object(depreciationGiven)
      .partial()
      .extend({ name: depreciationGiven.name, months: depreciationGiven.months }),
    output: depreciationClass,
  }),
  edit: command({
    name: 'depreciation-classes.edit',
    method: 'PATCH',
    path: '/depreciation-classes/{id}',
    permission: 'assets.configure',
    summary: 'Change a depreciation class.',
    input: z.object(depreciationGiven).partial().extend({ id, version: basedOn }),
    output: depreciationClass,
  }),
}

export const assetModels = {
  list: query({
    name: 'asset-models.list',
    path: '/asset-models',
    permission: 'assets.read',
    summary: 'Models, by name.',
    input: z.object({
      q: z.string().max(200).optional(),
      category: id.optional(),
      manufacturer: id.optional(),
      ...all,
      ...page,
    }),
    output: listOf(assetModel),
  }),
  show: query({
    name: 'asset-models.show',
    path: '/asset-models/{id}',
    permission: 'assets.read',
    summary: 'One model.',
    input: z.object({ id }),
    output: assetModel,
  }),
  create: command({
    name: 'asset-models.create',
    method: 'POST',
    path: '/asset-models',
    permission: 'assets.configure',
    summary: 'Add a model.',
    input: z.object(modelGiven).partial().extend({ name: modelGiven.name, category: modelGiven.category }),
    output: assetModel,
  }),
  edit: command({
    name: 'asset-models.edit',
    method: 'PATCH',
    path: '/asset-models/{id}',
    permission: 'assets.configure',
    summary: 'Change a model; its assets follow in category and end of life.',
    input: z.object(modelGiven).partial().extend({ id, version: basedOn }),
    output: assetModel,
  }),
}

export const loanPools = {
  list: query({
    name: 'loan-pools.list',
    path: '/loan-pools',
    permission: 'assets.read',
    summary: 'Pools of assets that are lent, with how many are free.',
    input: z.object(all),
    output: z.object({ items: z.array(loanPool) }),
  }),
  create: command({
    name: 'loan-pools.create',
    method: 'POST',
    path: '/loan-pools',
    permission: 'assets.configure',
    summary: 'Add a loan pool.',
    input: z.object(poolGiven).partial().extend({ name: poolGiven.name }),
    output: loanPool,
  }),
  edit: command({
    name: 'loan-pools.edit',
    method: 'PATCH',
    path: '/loan-pools/{id}',
    permission: 'assets.configure',
    summary: 'Change a loan pool.',
    input: z.object(poolGiven).partial().extend({ id, version: basedOn }),
    output: loanPool,
  }),
}

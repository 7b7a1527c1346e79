import {
  assetCategories,
  assetModels,
  depreciationClasses,
  loanPools,
  manufacturers,
} from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { fields } from '../../contract/fields.ts'
import { locations } from '../../contract/locations.ts'
import { relations, services } from '../../contract/relations.ts'
import { stock } from '../../contract/stock.ts'
import type { Client } from '../../contract/client.ts'
import type { Ground } from './ground.ts'
import type { Probe } from './probes.ts'

const relateNew = async (client: Client, ground: Ground) =>
  client(relations.relate, {
    kind: 'runs_on',
    from: { kind: 'asset', id: await ground.register.newAsset() },
    to: { kind: 'asset', id: ground.register.asset },
  })

/** How the actions of the register are tried. */
export const registerProbes: Record<string, Probe> = {
  'assets.list': ({ client }) => client(assets.list, {}),
  'assets.show': ({ client, ground }) => client(assets.show, { id: ground.register.asset }),
  'assets.history': ({ client, ground }) => client(assets.history, { id: ground.register.asset }),
  'assets.register': ({ client, ground }) => client(assets.register, { category: ground.register.category }),
  'assets.edit': ({ client, ground, fresh }) => client(assets.edit, { id: ground.register.asset, note: fresh }),
  'assets.edit-many': ({ client, ground, fresh }) =>
    client(assets.editMany, {
      assets: [ground.register.asset],
      change: { fields: { [ground.register.field]: fresh } },
    }),
  'assets.change-state': async ({ client, ground }) =>
    client(assets.changeState, { id: await ground.register.newAsset(), state: 'in_repair', reason: 'no power' }),
  'assets.dispose': async ({ client, ground }) => {
    const id = await ground.register.newAsset()
    await ground.insider(assets.changeState, { id, state: 'retired', reason: 'worn out' })
    return client(assets.dispose, { id, method: 'recycled', on: '2026-01-05', reason: 'worn out', noMedia: true })
  },
  'assets.reveal': ({ client, ground }) =>
    client(assets.reveal, { id: ground.register.asset, field: ground.register.secret }),
  'relations.list': ({ client, ground }) => client(relations.list, { id: ground.register.asset }),
  'relations.impact': ({ client, ground }) => client(relations.impact, { id: ground.register.asset }),
  'relations.relate': async ({ client, ground }) => relateNew(client, ground),
  'relations.remove': async ({ client, ground }) =>
    client(relations.remove, { id: (await relateNew(ground.insider, ground)).id }),
  'services.list': ({ client }) => client(services.list, {}),
  'services.create': ({ client, fresh }) => client(services.create, { name: fresh }),
  'services.edit': async ({ client, ground, fresh }) =>
    client(services.edit, {
      id: (await ground.insider(services.create, { name: `${fresh} service` })).id,
      description: fresh,
    }),
  'stock.list': ({ client }) => client(stock.list, {}),
  'stock.show': ({ client, ground }) => client(stock.show, { id: ground.register.stock }),
  'stock.create': ({ client, ground, fresh }) =>
    client(stock.create, { name: fresh, category: ground.register.counted }),
  'stock.edit': ({ client, ground, fresh }) => client(stock.edit, { id: ground.register.stock, note: fresh }),
  'stock.move': ({ client, ground }) =>
    client(stock.move, { id: ground.register.stock, change: 1, reason: 'delivered' }),
  'manufacturers.list': ({ client }) => client(manufacturers.list, {}),
  'manufacturers.create': ({ client, fresh }) => client(manufacturers.create, { name: fresh }),
  'manufacturers.edit': ({ client, ground, fresh }) =>
    client(manufacturers.edit, { id: ground.register.manufacturer, supportPhone: fresh }),
  'asset-categories.list': ({ client }) => client(assetCategories.list, {}),
  'asset-categories.create': ({ client, fresh }) => client(assetCategories.create, { name: fresh, class: 'device' }),
  'asset-categories.edit': ({ client, ground, fresh }) =>
    client(assetCategories.edit, { id: ground.register.category, name: fresh }),
  'depreciation-classes.list': ({ client }) => client(depreciationClasses.list, {}),
  'depreciation-classes.create': ({ client, fresh }) => client(depreciationClasses.create, { name: fresh, months: 36 }),
  'depreciation-classes.edit': ({ client, ground, fresh }) =>
    client(depreciationClasses.edit, { id: ground.register.depreciation, name: fresh }),
  'asset-models.list': ({ client }) => client(assetModels.list, {}),
  'asset-models.show': ({ client, ground }) => client(assetModels.show, { id: ground.register.model }),
  'asset-models.create': ({ client, ground, fresh }) =>
    client(assetModels.create, { name: fresh, category: ground.register.category }),
  'asset-models.edit': ({ client, ground, fresh }) =>
    client(assetModels.edit, { id: ground.register.model, note: fresh }),
  'loan-pools.list': ({ client }) => client(loanPools.list, {}),
  'loan-pools.create': ({ client, fresh }) => client(loanPools.create, { name: fresh }),
  'loan-pools.edit': ({ client, ground, fresh }) => client(loanPools.edit, { id: ground.register.pool, note: fresh }),
  'locations.list': ({ client }) => client(locations.list, {}),
  'locations.show': ({ client, ground }) => client(locations.show, { id: ground.register.location }),
  'locations.create': ({ client, fresh }) => client(locations.create, { kind: 'site', name: fresh }),
  'locations.edit': ({ client, ground, fresh }) =>
    client(locations.edit, { id: ground.register.location, note: fresh }),
  'fields.list': ({ client }) => client(fields.list, {}),
  'fields.kinds': ({ client }) => client(fields.kinds, {}),
  'fields.define': ({ client, fresh }) =>
    client(fields.define, { kind: 'asset', key: fresh.toLowerCase().replaceAll(' ', '_'), label: fresh, type: 'text' }),
  'fields.edit': ({ client, ground, fresh }) => client(fields.edit, { id: ground.register.fieldId, help: fresh }),
}

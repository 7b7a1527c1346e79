import { assetSeen, devicePairs, devices } from '../../contract/devices.ts'
import { agentKeys, agents, discoverySettings, inventories } from '../../contract/discovery.ts'
import type { CustomValues } from '../fields/public.ts'
import { sql } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { type Route, serve } from '../platform/mount.ts'
import { decidePair, undoPair } from './actions/decide-pair.ts'
import { createAgentKey, endAgentKey, listAgentKeys } from './actions/keys.ts'
import { saveSettings } from './actions/save-settings.ts'
import { ignoreDevice, linkSeen, registerSeen, shownDevice, waitAgain } from './actions/settle-device.ts'
import { showAssetSeen } from './queries/show-asset-seen.ts'
import { listPairs, seenOf, showPairWithSeen } from './queries/show-pair.ts'
import {
  agentPage,
  agentsWhere,
  devicePage,
  inventoryById,
  inventoryPage,
  sectionsOf,
  showAgents,
  showDevices,
} from './seen-store.ts'
import { discoverySettings as settingsOf } from './settings.ts'
import { softwareRoutes } from './software-routes.ts'

export function discoveryRoutes(customValues: CustomValues): Route[] {
  return [
    serve(agents.list, async (ctx, input) => {
      const { rows, next } = await agentPage(ctx.tx, ctx.actor.organisation, input, input.limit, input.after)
      return { items: await showAgents(ctx.tx, ctx.actor.organisation, rows), next }
    }),
    serve(agents.show, async (ctx, input) => {
      const rows = await agentsWhere(ctx.tx, ctx.actor.organisation, sql<boolean>`a.id = ${input.id}`)
      if (rows.length === 0) throw notFound('agent')
      const [agent] = await showAgents(ctx.tx, ctx.actor.organisation, rows)
      return { ...agent!, sections: (await sectionsOf(ctx.tx, [input.id])).get(input.id)! }
    }),
    serve(inventories.list, (ctx, input) =>
      inventoryPage(ctx.tx, ctx.actor.organisation, input, input.limit, input.after),
    ),
    serve(inventories.show, async (ctx, input) => {
      const found = await inventoryById(ctx.tx, ctx.actor.organisation, input.id)
      if (found === undefined) throw notFound('report')
      return found
    }),
    serve(devices.list, async (ctx, input) => {
      const { rows, next } = await devicePage(ctx.tx, ctx.actor.organisation, input, input.limit, input.after)
      return { items: await showDevices(ctx.tx, ctx.actor.organisation, rows), next }
    }),
    serve(devices.show, async (ctx, input) => ({
      ...(await shownDevice(ctx, input.id)),
      seen: await seenOf(ctx, input.id),
    })),
    serve(devices.register, registerSeen(customValues)),
    serve(devices.link, linkSeen),
    serve(devices.ignore, ignoreDevice),
    serve(devices.wait, waitAgain),
    serve(devicePairs.list, listPairs),
    serve(devicePairs.show, showPairWithSeen),
    serve(devicePairs.decide, decidePair),
    serve(devicePairs.undo, undoPair),
    serve(agentKeys.list, listAgentKeys),
    serve(agentKeys.create, createAgentKey),
    serve(agentKeys.revoke, endAgentKey),
    serve(assetSeen.show, showAssetSeen),
    ...softwareRoutes,
    serve(discoverySettings.show, (ctx) => settingsOf(ctx.tx, ctx.actor.organisation)),
    serve(discoverySettings.save, saveSettings),
  ]
}

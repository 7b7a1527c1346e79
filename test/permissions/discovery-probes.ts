import { assetSeen, devicePairs, devices } from '../../contract/devices.ts'
import { agentKeys, agents, discoverySettings, inventories } from '../../contract/discovery.ts'
import { installedSoftware, programs } from '../../contract/installed-software.ts'
import { snmpScans } from '../../contract/snmp-scans.ts'
import type { Probe } from './probes.ts'

// a public address of which nothing is asked: the probes run no jobs
const scan = { networks: '8.8.8.8', access: { protocol: '2c', community: 'x' }, everyHours: null } as const

export const discoveryProbes: Record<string, Probe> = {
  'agents.list': ({ client }) => client(agents.list, {}),
  'agents.show': ({ client, ground }) => client(agents.show, { id: ground.discovered.agent }),
  'inventories.list': ({ client }) => client(inventories.list, {}),
  'inventories.show': ({ client, ground }) => client(inventories.show, { id: ground.discovered.inventory }),
  'devices.list': ({ client }) => client(devices.list, {}),
  'devices.show': ({ client, ground }) => client(devices.show, { id: ground.discovered.device }),
  'devices.register': async ({ client, ground }) =>
    client(devices.register, { id: await ground.discovered.newDevice() }),
  'devices.link': async ({ client, ground }) =>
    client(devices.link, { id: await ground.discovered.newDevice(), asset: await ground.register.newAsset() }),
  'devices.ignore': async ({ client, ground }) => client(devices.ignore, { id: await ground.discovered.newDevice() }),
  'devices.wait': async ({ client, ground }) => {
    const id = await ground.discovered.newDevice()
    await ground.insider(devices.ignore, { id })
    return client(devices.wait, { id })
  },
  'device-pairs.list': ({ client }) => client(devicePairs.list, {}),
  'device-pairs.show': ({ client, ground }) => client(devicePairs.show, { id: ground.discovered.pair }),
  'device-pairs.decide': async ({ client, ground }) =>
    client(devicePairs.decide, { id: await ground.discovered.newPair(), same: true }),
  'device-pairs.undo': async ({ client, ground }) => {
    const id = await ground.discovered.newPair()
    await ground.insider(devicePairs.decide, { id, same: true })
    return client(devicePairs.undo, { id })
  },
  'agent-keys.list': ({ client }) => client(agentKeys.list, {}),
  'agent-keys.create': ({ client, fresh }) => client(agentKeys.create, { name: fresh }),
  'agent-keys.revoke': async ({ client, ground }) => client(agentKeys.revoke, { id: await ground.discovered.newKey() }),
  'snmp-scans.list': ({ client }) => client(snmpScans.list, {}),
  'snmp-scans.create': ({ client, fresh }) => client(snmpScans.create, { ...scan, name: fresh }),
  'snmp-scans.start': async ({ client, ground, fresh }) =>
    client(snmpScans.start, { id: (await ground.insider(snmpScans.create, { ...scan, name: fresh })).id }),
  'snmp-scans.remove': async ({ client, ground, fresh }) =>
    client(snmpScans.remove, { id: (await ground.insider(snmpScans.create, { ...scan, name: fresh })).id }),
  'asset-seen.show': ({ client, ground }) => client(assetSeen.show, { id: ground.discovered.asset }),
  'installed-software.of-asset': ({ client, ground }) =>
    client(installedSoftware.ofAsset, { id: ground.discovered.asset }),
  'installed-software.of-device': ({ client, ground }) =>
    client(installedSoftware.ofDevice, { id: ground.discovered.device }),
  'programs.list': ({ client }) => client(programs.list, {}),
  'programs.show': ({ client, ground }) => client(programs.show, { id: ground.discovered.program }),
  'programs.devices': ({ client, ground }) => client(programs.devices, { id: ground.discovered.program }),
  'discovery-settings.show': ({ client }) => client(discoverySettings.show, {}),
  'discovery-settings.save': ({ client }) => client(discoverySettings.save, { keep: 7 }),
}

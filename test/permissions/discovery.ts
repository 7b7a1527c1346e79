import type { Client } from '../../contract/client.ts'
import { devicePairs, devices } from '../../contract/devices.ts'
import { agentKeys, agents, inventories } from '../../contract/discovery.ts'
import { installedSoftware } from '../../contract/installed-software.ts'
import { agentOf, reportOf } from '../support/agents.ts'
import type { TestServer } from '../support/server.ts'

/** What agents saw, by id: a pair of devices that may be one, an agent and its report. */
export interface Discovered {
  /** Registered as an asset. */
  device: string
  asset: string
  program: number
  agent: string
  inventory: string
  pair: string
  /** A device nobody needs afterwards. */
  newDevice(): Promise<string>
  newPair(): Promise<string>
  newKey(): Promise<string>
}

export async function prepareDiscovery(server: TestServer, client: Client): Promise<Discovered> {
  let made = 0
  const { key } = await client(agentKeys.create, { name: 'Some key' })
  const send = agentOf(server, key)
  const see = async (serial: string) => {
    const n = String(made++)
    const name = `seen-${n}`
    const mac = `3c:52:82:99:00:${n.padStart(2, '0')}`
    const uuid = `1c4c4544-0034-3010-8048-${n.padStart(12, 'b6c04f503701')}`
    await send(reportOf({ sentId: name, name, serial, mac, uuid, programs: [['Some program', '1.0']] }))
    return (await client(devices.list, { q: name })).items.find((one) => one.name === name)!.id
  }
  const newPair = async () => {
    const serial = `DOUBLE-${made}`
    const one = await see(serial)
    await see(serial)
    return (await client(devicePairs.list, { limit: 200 })).items.find((pair) => pair.one.id === one)!.id
  }
  const device = await see('SINGLE')
  const agent = (await client(agents.list, { device })).items[0]!.id
  const registered = await client(devices.register, { id: device })
  const [installed] = (await client(installedSoftware.ofDevice, { id: device })).items
  return {
    device,
    asset: registered.asset!.id,
    program: installed!.program,
    agent,
    inventory: (await client(inventories.list, { agent })).items[0]!.id,
    pair: await newPair(),
    newDevice: () => see(`SINGLE-${made}`),
    newPair,
    newKey: async () => (await client(agentKeys.create, { name: `Key ${made++}` })).id,
  }
}

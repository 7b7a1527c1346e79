import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetCategories, assetModels, manufacturers } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import type { Client } from '../../contract/client.ts'
import { assetSeen, devicePairs, devices } from '../../contract/devices.ts'
import { discoverySettings } from '../../contract/discovery.ts'
import { installedSoftware, programs } from '../../contract/installed-software.ts'
import { agentOf, type Machine, newAgentKey, reportOf } from '../../test/support/agents.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'

let server: TestServer
let keeper: Client
let send: (machine: Machine) => Promise<unknown>
beforeAll(async () => {
  server = await startTestServer({ work: true })
  keeper = (await server.person({ name: 'Kim', role: 'coordinator' })).client
  const { key } = await newAgentKey(server)
  send = (machine) => agentOf(server, key)(reportOf(machine))
})
afterAll(() => server.stop())

const machine = (n: number, more: Machine = {}): Machine => ({
  sentId: `m-${n}`,
  name: `machine-${n}`,
  serial: `MS-${n}`,
  uuid: null,
  mac: `3c:52:82:05:00:${String(n).padStart(2, '0')}`,
  ...more,
})
const seen = async (n: number) => (await keeper(devices.list, { q: `machine-${n}` })).items[0]!
const category = async () =>
  (await keeper(assetCategories.list, {})).items.find((one) => one.name === 'Laptops')?.id ??
  (await keeper(assetCategories.create, { name: 'Laptops', class: 'device' })).id

describe('a device that nobody knows', () => {
  it('waits, and becomes an asset with its model by a press of a button', async () => {
    await send(machine(1))
    const waiting = await seen(1)
    expect(waiting).toMatchObject({ state: 'waiting', asset: null, refusals: { link: null } })
    const registered = await keeper(devices.register, { id: waiting.id, version: waiting.version })
    expect(registered).toMatchObject({ state: 'linked' })
    const asset = await keeper(assets.show, { id: registered.asset!.tag })
    expect(asset).toMatchObject({
      name: 'machine-1',
      serial: 'MS-1',
      state: 'received',
      category: { name: 'Computers' },
    })
    expect([asset.manufacturer?.name, asset.model?.name]).toEqual(['Dell Inc.', 'Latitude 7440'])
    await expect(keeper(devices.register, { id: waiting.id })).rejects.toMatchObject({
      code: 'discovery.not-waiting-linked',
    })
    await expect(keeper(devices.ignore, { id: waiting.id })).rejects.toMatchObject({ status: 409 })
  })

  it('of a known model takes it, whatever the maker is called', async () => {
    const maker = await keeper(manufacturers.create, { name: 'HP' })
    const model = await keeper(assetModels.create, {
      name: 'EliteBook 840',
      manufacturer: maker.id,
      category: await category(),
    })
    await send({ ...machine(2), more: '' })
    const report = reportOf(machine(2))
      .replace('Dell Inc.', 'Hewlett-Packard')
      .replace('Latitude 7440', 'ELITEBOOK 840')
    const { key } = await newAgentKey(server)
    await agentOf(server, key)(report)
    const { asset } = await keeper(devices.register, { id: (await seen(2)).id })
    expect((await keeper(assets.show, { id: asset!.id })).model).toMatchObject({ id: model.id })
  })

  it('becomes an asset by itself where the settings say so, but not where a person must look first', async () => {
    await keeper(discoverySettings.save, { unknown: 'create' })
    await send(machine(3))
    expect((await seen(3)).state).toBe('linked')
    await send(machine(4, { serial: 'MS-3', uuid: '1c4c4544-0034-3010-8048-b6c04f503704' }))
    await send(machine(5, { serial: 'MS-4', uuid: '1c4c4544-0034-3010-8048-b6c04f503705' }))
    // the serial of another: no second asset with it, and a pair for a person if the rest says no
    await keeper(discoverySettings.save, { unknown: 'wait' })
    const tags = (await keeper(assets.list, { serial: 'MS-3' })).items
    expect(tags).toHaveLength(1)
  })

  it('is the asset that bears its serial number, whichever was there first', async () => {
    const before = await keeper(assets.register, { serial: ' ms-10 ', category: await category(), name: 'Reception' })
    await send(machine(10))
    expect((await seen(10)).asset?.id).toBe(before.id)
    await send(machine(11))
    expect((await seen(11)).state).toBe('waiting')
    const after = await keeper(assets.register, { serial: 'MS-11', category: await category() })
    await expect.poll(async () => (await seen(11)).asset?.id, { timeout: 10_000 }).toBe(after.id)
    // what nobody had said, the agent says
    await expect.poll(async () => (await keeper(assets.show, { id: after.id })).name).toBe('machine-11')
  })

  it('is said by hand to be an asset, once', async () => {
    const asset = await keeper(assets.register, { category: await category(), name: 'By hand' })
    await send(machine(12))
    await send(machine(13))
    expect((await keeper(devices.link, { id: (await seen(12)).id, asset: asset.tag })).asset?.tag).toBe(asset.tag)
    await expect(keeper(devices.link, { id: (await seen(13)).id, asset: asset.tag })).rejects.toMatchObject({
      code: 'discovery.asset-seen',
    })
    await expect(keeper(devices.link, { id: (await seen(13)).id, asset: 'AST-0' })).rejects.toMatchObject({
      status: 400,
    })
    expect((await keeper(devices.wait, { id: (await seen(12)).id })).state).toBe('waiting')
  })
})

describe('trust per field', () => {
  it('a correction by a person stays, and every value says where it comes from', async () => {
    await send(machine(20))
    const { asset } = await keeper(devices.register, { id: (await seen(20)).id })
    const id = asset!.id
    await keeper(assets.edit, { id, name: 'Reception, left' })
    await send(machine(20, { name: 'machine-20-renamed', memoryMb: 8192 }))
    expect((await keeper(assets.show, { id })).name).toBe('Reception, left')
    const { facts, seen: agents, device } = await keeper(assetSeen.show, { id })
    const name = facts.find((one) => one.field === 'name')!
    expect(name.origin).toMatchObject({ source: 'person', by: 'Kim' })
    expect(name.said).toEqual([
      expect.objectContaining({ source: 'agent', value: 'machine-20-renamed', isSame: false }),
    ])
    const serial = facts.find((one) => one.field === 'serial')!
    expect(serial).toMatchObject({ current: 'MS-20', origin: { source: 'agent', by: 'FusionInventory-Agent_v2.6-3' } })
    expect(device?.asset?.id).toBe(id)
    expect(agents[0]!.sections.map((one) => one.section)).toContain('hardware')
  })

  it('what the agent wrote follows the agent', async () => {
    await send(machine(21))
    const { asset } = await keeper(devices.register, { id: (await seen(21)).id })
    await send(machine(21, { name: 'machine-21-new', memoryMb: 8192 }))
    expect((await keeper(assets.show, { id: asset!.id })).name).toBe('machine-21-new')
  })

  it('of two that are one, the asset stays; taken back, both are what they were', async () => {
    await send(machine(30, { serial: 'TWIN', uuid: '1c4c4544-0034-3010-8048-b6c04f503730' }))
    const { asset } = await keeper(devices.register, { id: (await seen(30)).id })
    await send(machine(31, { serial: 'TWIN', uuid: '1c4c4544-0034-3010-8048-b6c04f503731' }))
    const pair = (await keeper(devicePairs.list, {})).items.find((one) => one.one.name === 'machine-30')!
    await keeper(devicePairs.decide, { id: pair.id, same: true })
    expect(await seen(30)).toMatchObject({ state: 'linked', agents: 2, asset: { id: asset!.id } })
    await keeper(devicePairs.undo, { id: pair.id })
    expect(await seen(30)).toMatchObject({ state: 'linked', agents: 1 })
    expect(await seen(31)).toMatchObject({ state: 'waiting', agents: 1 })
  })
})

describe('installed software', () => {
  it('is listed by name, page by page, with what is gone; and who has a program', async () => {
    const some: [string, string][] = [
      ['Alpha', '1.0'],
      ['beta', '2.0'],
      ['Gamma', '3.0'],
    ]
    await send(machine(40, { programs: some }))
    await send(machine(41, { programs: [['Alpha', '1.1']] }))
    const { asset } = await keeper(devices.register, { id: (await seen(40)).id })
    const first = await keeper(installedSoftware.ofAsset, { id: asset!.tag, limit: 2 })
    const rest = await keeper(installedSoftware.ofAsset, { id: asset!.tag, limit: 2, after: first.next! })
    expect([...first.items, ...rest.items].map((one) => one.name)).toEqual(['Alpha', 'beta', 'Gamma'])
    expect(rest.next).toBeNull()
    expect(first.items[0]).toMatchObject({
      publisher: 'Acme & Sons',
      source: 'registry',
      installedOn: '2026-01-05',
      goneAt: null,
    })
    expect((await keeper(installedSoftware.ofAsset, { id: asset!.tag, q: 'AMM' })).items).toHaveLength(1)
    await send(machine(40, { programs: some.slice(0, 2) }))
    const gone = await keeper(installedSoftware.ofAsset, { id: asset!.tag, gone: true })
    expect(gone.items.map((one) => one.name)).toEqual(['Gamma'])
    expect(gone.items[0]!.goneAt).not.toBeNull()
    const counted = async () => (await keeper(programs.list, { q: 'alpha' })).items[0]?.devices
    await expect.poll(counted, { timeout: 12_000 }).toBe(2)
    const [alpha] = (await keeper(programs.list, { q: 'alpha' })).items
    expect((await keeper(programs.show, { id: alpha!.id })).versions).toEqual([
      { version: '1.0', devices: 1 },
      { version: '1.1', devices: 1 },
    ])
    const has = await keeper(programs.devices, { id: alpha!.id, version: '1.0' })
    expect(has.items).toEqual([
      expect.objectContaining({ name: 'machine-40', asset: expect.objectContaining({ tag: asset!.tag }) as unknown }),
    ])
    await expect(keeper(programs.show, { id: 2_000_000_000 })).rejects.toMatchObject({ status: 404 })
    await expect(keeper(installedSoftware.ofAsset, { id: 'AST-0' })).rejects.toMatchObject({ status: 404 })
    const requester = await server.person({ name: 'Rita', role: 'requester' })
    await expect(requester.client(installedSoftware.ofAsset, { id: asset!.tag })).rejects.toMatchObject({ status: 403 })
  })

  it('that two agents see is said once', async () => {
    const programs: [string, string][] = [['Alpha', '1.0']]
    await send(machine(42, { programs }))
    const { key } = await newAgentKey(server)
    await agentOf(server, key, { userAgent: 'OCS-NG_unified_unix_agent_v2.10.0', type: 'application/x-compress' })(
      reportOf(machine(42, { sentId: 'ocs-42', programs, client: 'OCS' })),
    )
    const device = await seen(42)
    expect(device.agents).toBe(2)
    expect((await keeper(installedSoftware.ofDevice, { id: device.id })).items).toHaveLength(1)
  })
})

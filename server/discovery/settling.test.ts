import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import type { Client } from '../../contract/client.ts'
import { devicePairs, devices } from '../../contract/devices.ts'
import { agentOf, type Machine, newAgentKey, reportOf } from '../../test/support/agents.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'

let server: TestServer
let keeper: Client
let send: (machine: Machine) => Promise<unknown>
let category: string
beforeAll(async () => {
  server = await startTestServer({ work: true })
  keeper = (await server.person({ name: 'Kim', role: 'coordinator' })).client
  const { key } = await newAgentKey(server)
  send = (machine) => agentOf(server, key)(reportOf(machine))
  category = (await keeper(assetCategories.create, { name: 'Laptops', class: 'device' })).id
})
afterAll(() => server.stop())

const uuid = (n: number) => `1c4c4544-0034-3010-8048-b6c04f5037${String(n).padStart(2, '0')}`
const machine = (n: number, more: Machine = {}): Machine => ({
  sentId: `m-${n}`,
  name: `machine-${n}`,
  serial: `MS-${n}`,
  uuid: uuid(n),
  mac: `3c:52:82:06:00:${String(n).padStart(2, '0')}`,
  ...more,
})
const seen = async (n: number) => (await keeper(devices.list, { q: `machine-${n}` })).items[0]!
const pairOf = async (one: number, other: number) => {
  const names = [`machine-${one}`, `machine-${other}`]
  const { items } = await keeper(devicePairs.list, { limit: 200 })
  return items.find((pair) => names.includes(pair.one.name) && names.includes(pair.other.name))
}

describe('a device put back among those that wait', () => {
  it('is not taken for the same asset again, until a person says so', async () => {
    const asset = await keeper(assets.register, { serial: 'MS-10', category, name: 'Reception' })
    await send(machine(10))
    const linked = await seen(10)
    expect(linked.asset?.id).toBe(asset.id)
    await keeper(devices.wait, { id: linked.id })
    await send(machine(10, { memoryMb: 8192 }))
    expect(await seen(10)).toMatchObject({ state: 'waiting', asset: null })
    // nor when the register says its serial number anew
    await keeper(assets.edit, { id: asset.id, serial: 'MS-10-B' })
    await keeper(assets.edit, { id: asset.id, serial: 'MS-10' })
    const other = await keeper(assets.register, { serial: 'MS-11', category })
    await send(machine(11))
    await expect.poll(async () => (await seen(11)).asset?.id, { timeout: 10_000 }).toBe(other.id)
    expect((await seen(10)).state).toBe('waiting')
    expect((await keeper(devices.link, { id: linked.id, asset: asset.tag })).asset?.id).toBe(asset.id)
    await send(machine(10, { memoryMb: 4096 }))
    expect((await seen(10)).asset?.id).toBe(asset.id)
  })

  it('may be another asset', async () => {
    await keeper(assets.register, { serial: 'MS-12', category })
    await send(machine(12))
    await keeper(devices.wait, { id: (await seen(12)).id })
    const right = await keeper(assets.register, { category, name: 'The right one' })
    expect((await keeper(devices.link, { id: (await seen(12)).id, asset: right.tag })).asset?.id).toBe(right.id)
  })
})

describe('pairs of a device that ended in a merge', () => {
  it('close with it, and what is doubtful goes over to the one that stays', async () => {
    for (const n of [20, 21, 22]) await send(machine(n, { serial: 'TRIPLET' }))
    const first = (await pairOf(20, 21))!
    const second = (await pairOf(21, 22))!
    const third = (await pairOf(20, 22))!
    expect(second.refusals['decide']).toBeNull()
    await keeper(devicePairs.decide, { id: third.id, same: false })
    await keeper(devicePairs.decide, { id: first.id, same: true })
    expect(await pairOf(21, 22)).toBeUndefined()
    expect((await seen(22)).doubts).toBe(0)
    const shown = await keeper(devicePairs.show, { id: second.id })
    expect(shown.refusals['decide']?.code).toBe('discovery.merged-meanwhile')
    for (const same of [true, false])
      await expect(keeper(devicePairs.decide, { id: second.id, same })).rejects.toMatchObject({
        code: 'discovery.merged-meanwhile',
      })
    await keeper(devicePairs.undo, { id: first.id })
    expect((await pairOf(21, 22))!.refusals['decide']).toBeNull()
    expect((await seen(22)).doubts).toBe(1)
  })

  it('a doubt that the one which stays did not have is one of it now', async () => {
    await send(machine(30, { serial: 'CHAIN' }))
    await send(machine(31, { serial: 'CHAIN' }))
    // shares its addresses with the second alone
    await send(machine(32, { serial: null, mac: '3c:52:82:06:00:31' }))
    expect(await pairOf(30, 32)).toBeUndefined()
    expect(await pairOf(31, 32)).toBeDefined()
    await keeper(devicePairs.decide, { id: (await pairOf(30, 31))!.id, same: true })
    expect(await pairOf(30, 32)).toBeDefined()
  })

  it('are not taken back where the asset is another device by now: the button says so', async () => {
    await send(machine(40, { serial: 'GIVEN' }))
    await send(machine(41, { serial: 'GIVEN' }))
    const pair = (await pairOf(40, 41))!
    await keeper(devices.link, { id: (await seen(40)).id, asset: (await keeper(assets.register, { category })).tag })
    const asset = await keeper(assets.register, { category })
    await keeper(devices.link, { id: (await seen(41)).id, asset: asset.tag })
    expect((await keeper(devicePairs.decide, { id: pair.id, same: true })).refusals['undo']).toBeNull()
    await send(machine(42))
    await keeper(devices.link, { id: (await seen(42)).id, asset: asset.tag })
    const shown = await keeper(devicePairs.show, { id: pair.id })
    expect(shown.refusals['undo']?.code).toBe('discovery.asset-taken')
    await expect(keeper(devicePairs.undo, { id: pair.id })).rejects.toMatchObject({ code: 'discovery.asset-taken' })
    await keeper(devices.wait, { id: (await seen(42)).id })
    expect((await keeper(devicePairs.undo, { id: pair.id })).state).toBe('open')
    expect((await seen(41)).asset?.id).toBe(asset.id)
  })
})

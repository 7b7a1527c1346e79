import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, createClient } from '../contract/client.ts'
import { loanPools } from '../contract/asset-models.ts'
import { assetAudits } from '../contract/asset-audits.ts'
import { assets } from '../contract/assets.ts'
import { attestations } from '../contract/attestations.ts'
import { chatChannels } from '../contract/chat-channels.ts'
import { devicePairs, devices } from '../contract/devices.ts'
import { agents, inventories } from '../contract/discovery.ts'
import { programs } from '../contract/installed-software.ts'
import { incomingMails } from '../contract/incoming-mails.ts'
import { mail } from '../contract/mail.ts'
import { mailboxes } from '../contract/mailboxes.ts'
import { notificationPreferences, notifications } from '../contract/notifications.ts'
import { people, teams } from '../contract/people.ts'
import { serviceLevels } from '../contract/service-levels.ts'
import { categories, queues } from '../contract/queues.ts'
import { skills } from '../contract/skills.ts'
import { stock } from '../contract/stock.ts'
import { tickets } from '../contract/tickets.ts'
import { timeEntries } from '../contract/time-entries.ts'
import { today } from '../contract/today.ts'
import { vendors } from '../contract/vendors.ts'
import { sql } from '../server/platform/db.ts'
import { startTestServer, type TestServer } from '../test/support/server.ts'
import { type Loaded, loadDemo, NotEmpty } from './load-demo.ts'

let server: TestServer
let loaded: Loaded
const clients = new Map<string, Client>()
const as = (name: string) => clients.get(name)!

beforeAll(async () => {
  server = await startTestServer({ work: true })
  loaded = await loadDemo(server.opened)
  for (const { name, email } of loaded.accounts) {
    const response = await fetch(`${server.base}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: loaded.password }),
    })
    expect([name, response.status]).toEqual([name, 200])
    const cookie = response.headers.getSetCookie()[0]!.split(';')[0]!
    clients.set(name, createClient({ base: server.base, headers: { cookie } }))
  }
}, 240_000)
afterAll(() => server.stop())

describe('the invented company', () => {
  it('has something for every section of Today', async () => {
    const shown = await as('Cora Lindqvist')(today.show, {})
    for (const section of ['late', 'dueSoon', 'waiting', 'ageing', 'unowned'] as const)
      expect([section, shown[section].total > 0]).toEqual([section, true])
    expect(new Set(shown.unusual.map((one) => one.kind))).toEqual(new Set(['category-spike', 'overload']))
    expect(shown.unusual.map((one) => one.person?.name ?? one.category?.name)).toEqual(
      expect.arrayContaining(['Jonas Weber', 'VPN']),
    )
  })

  it('has mail that came in: taken, kept apart, parked, ignored', async () => {
    const cora = as('Cora Lindqvist')
    for (const state of ['taken', 'quarantined', 'parked', 'ignored'] as const)
      expect([state, (await cora(incomingMails.list, { state })).items.length > 0]).toEqual([state, true])
    expect((await cora(mailboxes.list, {})).items.map((one) => one.name)).toEqual(['IT desk', 'Personnel questions'])
  })

  it('has time entered by several technicians, billed and not', async () => {
    const cora = as('Cora Lindqvist')
    const to = new Date().toISOString().slice(0, 10)
    const from = new Date(Date.now() - 100 * 86_400_000).toISOString().slice(0, 10)
    const { items, sum } = await cora(timeEntries.report, { from, to })
    expect(new Set(items.map((row) => row.name)).size).toBeGreaterThan(2)
    expect(sum!.billableSeconds).toBeGreaterThan(0)
    expect(sum!.seconds).toBeGreaterThan(sum!.billableSeconds)
  })

  it('has mails in every state, addresses that bounce, channels, and settings of people', async () => {
    const cora = as('Cora Lindqvist')
    for (const state of ['sent', 'skipped', 'failed'] as const)
      expect([state, (await cora(mail.list, { state })).items.length > 0]).toEqual([state, true])
    expect((await cora(mail.bouncing, {})).items).toMatchObject([{ person: { name: 'Lotte Harms' } }])
    expect((await cora(chatChannels.list, { shared: true })).items).toMatchObject([{ owner: { name: 'Workplace' } }])
    expect(await as('Jonas Weber')(notificationPreferences.show, {})).toMatchObject({
      quiet: { from: '20:00' },
      chat: { on: true },
    })
  })

  it('has agents that report assets, devices that are new, and two that may be one', async () => {
    const cora = as('Cora Lindqvist')
    for (const state of ['waiting', 'linked'] as const)
      expect([state, (await cora(devices.list, { state })).items.length]).toEqual([state, state === 'linked' ? 16 : 10])
    expect((await cora(devicePairs.list, {})).items).toHaveLength(1)
    expect((await cora(agents.list, { violations: true })).items).toHaveLength(1)
    expect((await cora(inventories.list, { unreadable: true })).items).toHaveLength(1)
    await expect.poll(async () => (await cora(programs.list, {})).items.length, { timeout: 15_000 }).toBeGreaterThan(5)
  })

  it('has a register: assets in most states, stock that runs low, laptops to lend, values that are encrypted', async () => {
    const cora = as('Cora Lindqvist')
    for (const state of ['ordered', 'in_stock', 'deployed', 'in_repair', 'lost', 'stolen', 'retired'] as const)
      expect([state, ((await cora(assets.list, { state: [state], count: 'exact' })).total ?? 0) > 0]).toEqual([
        state,
        true,
      ])
    expect((await cora(stock.list, { low: true })).items.map((item) => item.name)).toEqual(['Toner black'])
    expect((await cora(loanPools.list, {})).items).toMatchObject([{ size: 6, free: 6 }])
    const [laptop] = (await cora(assets.list, { q: 'HMI-L002' })).items
    const shown = await cora(assets.show, { id: laptop!.tag })
    expect(shown.fields.find((field) => field.key === 'bios_password')).toMatchObject({ value: null, given: true })
    expect(shown.commitments.length).toBeGreaterThan(0)
  })

  it('has an audit that was closed, a blind one that is being scanned, and a campaign', async () => {
    const cora = as('Cora Lindqvist')
    const { items } = await cora(assetAudits.list, {})
    expect(
      items.map((one) => `${one.state} ${one.blind ? 'blind' : 'open'}`).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['closed open', 'running blind'])
    const [campaign] = (await cora(attestations.list, {})).items
    expect(campaign!.counts.done).toBeGreaterThan(10)
    expect(campaign!.counts.unsettled).toBeGreaterThan(0)
    expect((await cora(assetAudits.accuracy, {})).months).toHaveLength(1)
  })

  it('has tickets in every state, and people, teams, vendors and levels', async () => {
    const cora = as('Cora Lindqvist')
    for (const state of [
      'new',
      'in_progress',
      'waiting_requester',
      'waiting_vendor',
      'waiting_change',
      'resolved',
      'closed',
    ] as const)
      expect([state, ((await cora(tickets.list, { state: [state], count: 'exact' })).total ?? 0) > 0]).toEqual([
        state,
        true,
      ])
    expect((await cora(people.list, { count: 'exact' })).total).toBeGreaterThan(170)
    expect((await cora(teams.list, {})).items.length).toBeGreaterThanOrEqual(6)
    expect((await cora(queues.list, {})).items.filter((queue) => queue.open > 0).length).toBeGreaterThanOrEqual(7)
    expect((await cora(categories.list, {})).items.length).toBeGreaterThan(15)
    expect((await cora(skills.list, {})).items.map(({ people }) => people)).toEqual([2, 1, 2, 4, 2])
    expect((await cora(vendors.list, {})).items).toHaveLength(5)
    const levels = (await cora(serviceLevels.list, {})).items
    expect(levels[0]?.name).toBe('Critical services')
    await expect
      .poll(async () => (await as('Jonas Weber')(notifications.list, {})).items.length, { timeout: 20_000 })
      .toBeGreaterThan(0)
  })

  it('tells a story that can be read, with clocks, in the order it happened', async () => {
    const cora = as('Cora Lindqvist')
    const [found] = (await cora(tickets.list, { q: 'Measuring benches Gdańsk' })).items
    const ticket = await cora(tickets.show, { id: found!.id })
    expect(ticket).toMatchObject({ state: 'waiting_vendor', vendor: { name: 'Kalibra Software' }, priority: 1 })
    expect(ticket.clocks.map((clock) => clock.kind)).toEqual(
      expect.arrayContaining(['first_response', 'resolution', 'vendor']),
    )
    const { items } = await cora(tickets.timeline, { id: ticket.id })
    expect(items.map((entry) => entry.at)).toEqual(items.map((entry) => entry.at).toSorted())
    expect(items.filter((entry) => entry.note !== null)).toHaveLength(5)
  })

  it('keeps what is confidential to the few', async () => {
    const hanne = (await as('Hanne Moe')(tickets.list, { queue: 'HR systems', count: 'exact' })).total ?? 0
    expect(hanne).toBeGreaterThan(5)
    expect((await as('Cora Lindqvist')(tickets.list, { queue: 'HR systems', count: 'exact' })).total).toBe(0)
  })

  it('has no breach that a stopped clock did not earn', async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from breaches b join commitments m on m.id = b.commitment_id where m.phase = 'stopped' and m.stopped_at < b.deadline and b.superseded_at is null`.execute(
      server.db,
    )
    expect(rows[0]?.n).toBe(0)
  })

  it('is loaded once: a second run changes nothing', { timeout: 60_000 }, async () => {
    const count = async () =>
      (
        await sql<{
          tickets: number
          people: number
        }>`select (select count(*) from tickets) as tickets, (select count(*) from persons) as people`.execute(
          server.db,
        )
      ).rows[0]
    const before = await count()
    expect(await loadDemo(server.opened)).toMatchObject({ fresh: false, accounts: loaded.accounts })
    expect(await count()).toEqual(before)
  })
})

it('leaves an installation with tickets of its own alone', async () => {
  const other = await startTestServer()
  try {
    await other.queue('Field', ['Field team'])
    const tech = await other.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
    await tech.client(tickets.open, { title: 'Real' })
    await expect(loadDemo(other.opened)).rejects.toBeInstanceOf(NotEmpty)
    expect((await sql<{ n: number }>`select count(*) as n from persons`.execute(other.db)).rows[0]?.n).toBe(1)
  } finally {
    await other.stop()
  }
})

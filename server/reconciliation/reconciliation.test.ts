import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { attestations } from '../../contract/attestations.ts'
import { calendars } from '../../contract/calendars.ts'
import type { Client } from '../../contract/client.ts'
import { commitments } from '../../contract/commitments.ts'
import { custodies } from '../../contract/custody.ts'
import { devices } from '../../contract/devices.ts'
import { locations } from '../../contract/locations.ts'
import { notifications } from '../../contract/notifications.ts'
import { type DifferenceKind, differences, reconciliationSettings } from '../../contract/reconciliation.ts'
import { agentOf, type Machine, newAgentKey, reportOf } from '../../test/support/agents.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { systemActor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { runCommand } from '../platform/platform.ts'
import { oneAtATime } from './one-at-a-time.ts'

let server: TestServer
let kim: TestPerson
let keeper: Client
let send: (machine: Machine, mend?: (report: string) => string) => Promise<unknown>
let category: string
let store: string
const patient = { timeout: 15_000 }

beforeAll(async () => {
  server = await startTestServer({ work: true })
  kim = await server.person({ name: 'Kim', role: 'coordinator' })
  keeper = kim.client
  // a promise is counted on working hours
  await keeper(calendars.create, {
    name: 'Office',
    zone: 'Europe/Berlin',
    week: { mon: [{ from: '09:00', to: '17:00' }] },
  })
  const { key } = await newAgentKey(server)
  send = (machine, mend = (report) => report) => agentOf(server, key)(mend(reportOf(machine)))
  category = (await keeper(assetCategories.create, { name: 'Laptops', class: 'device' })).id
  const site = await keeper(locations.create, { kind: 'site', name: 'Berlin' })
  store = (await keeper(locations.create, { kind: 'stock_room', name: 'Store', parent: site.id })).id
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
/** The two sections on which devices differ from each other here. */
const safe = '<ANTIVIRUS><NAME>Defender</NAME><ENABLED>1</ENABLED><UPTODATE>1</UPTODATE></ANTIVIRUS>'
const of = async (asset: string, kind?: DifferenceKind, state: 'open' | 'left' | 'closed' = 'open') =>
  (await keeper(differences.list, { asset, state, ...(kind === undefined ? {} : { kind: [kind] }) })).items
const open = (asset: string, kind: DifferenceKind) =>
  expect.poll(async () => (await of(asset, kind)).map((f) => f.kind), patient).toEqual([kind])
const closed = async (asset: string, kind: DifferenceKind) => {
  await expect.poll(async () => await of(asset, kind), patient).toEqual([])
  return (await of(asset, kind, 'closed'))[0]!
}
const seen = async (n: number) => (await keeper(devices.list, { q: `machine-${n}` })).items[0]!
/** In the register with its device, handed to somebody. */
const inUse = async (n: number, holder: string, more: Machine = {}): Promise<string> => {
  const asset = await keeper(assets.register, { serial: `MS-${n}`, category, location: store })
  await send(machine(n, { more: safe, ...more }))
  await keeper(custodies.handOut, { assets: [asset.id], to: { kind: 'person', id: holder } })
  expect((await seen(n)).asset?.id).toBe(asset.id)
  return asset.id
}
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
const compareAgain = async (): Promise<void> => {
  const { version } = await keeper(reconciliationSettings.show, {})
  // any change of the settings has everything compared anew
  await keeper(reconciliationSettings.save, { version, kinds: { contested: { dueDays: (version % 300) + 1 } } })
}

describe('each kind of difference comes with the facts and closes when they are mended', () => {
  it('in use and not seen for long: closes with the next report, whatever it says', async () => {
    const id = await inUse(1, kim.id)
    await sql`update agents set last_seen_at = ${ago(40)}, first_seen_at = ${ago(90)} where device_id = ${(await seen(1)).id}`.execute(
      server.db,
    )
    await compareAgain()
    await open(id, 'unseen')
    const [found] = await of(id, 'unseen')
    expect(found).toMatchObject({ severity: 'normal', remedies: ['mark_lost'], proposal: 'Say that it is lost' })
    expect([found!.register, found!.seen]).toEqual(['In use, with Kim.', expect.stringMatching(/^Last seen on /)])
    await send(machine(1, { more: safe }))
    // a report that says nothing new is no event: it is noticed within half a minute
    await expect.poll(async () => await of(id, 'unseen'), { timeout: 40_000 }).toEqual([])
    expect((await of(id, 'unseen', 'closed'))[0]!.closed).toMatchObject({
      how: 'facts',
      why: 'It was seen again, or is not in use any more.',
    })
  }, 60_000)

  it('in use and never seen, of a category that is: closes when an agent reports it', async () => {
    const asset = await keeper(assets.register, { serial: 'MS-2', category, location: store })
    await keeper(custodies.handOut, { assets: [asset.id], to: { kind: 'person', id: kim.id } })
    await sql`update assets set held_since = ${ago(20)} where id = ${asset.id}`.execute(server.db)
    await keeper(reconciliationSettings.save, { categories: [{ category, days: null, expected: true }] })
    await open(asset.id, 'never_seen')
    expect((await of(asset.id, 'never_seen'))[0]).toMatchObject({
      remedies: [],
      refusals: { mend: { code: 'reconciliation.no-remedy' } },
    })
    await send(machine(2, { more: safe }))
    await closed(asset.id, 'never_seen')
  })

  it('with another than its holder, for days: passed on through custody, and back', async () => {
    const rita = await server.person({ name: 'Rita Sommer', role: 'requester' })
    const login = rita.email.split('@')[0]!
    const user = (report: string) =>
      report.replace('<HARDWARE>', `<HARDWARE><LASTLOGGEDUSER>CORP\\${login}</LASTLOGGEDUSER>`)
    const id = await inUse(3, kim.id)
    await send(machine(3, { more: safe }), user)
    const device = (await seen(3)).id
    await expect
      .poll(
        async () => (await sql`select 1 from device_users where device_id = ${device}`.execute(server.db)).rows.length,
        patient,
      )
      .toBe(1)
    expect(await of(id, 'wrong_holder')).toEqual([])
    await sql`update device_users set since = ${ago(15)} where device_id = ${device}`.execute(server.db)
    await sql`update assets set held_since = ${ago(60)} where id = ${id}`.execute(server.db)
    await compareAgain()
    await open(id, 'wrong_holder')
    const [found] = await of(id, 'wrong_holder')
    expect(found).toMatchObject({
      register: 'Kim has it.',
      seen: `Rita Sommer (${login}) works on it.`,
      proposal: 'Pass it on to Rita Sommer',
    })
    await expect(rita.client(differences.mend, { id: found!.id })).rejects.toMatchObject({ status: 403 })
    await expect(keeper(differences.mend, { id: found!.id, version: found!.version + 7 })).rejects.toMatchObject({
      code: 'stale',
    })
    await expect(keeper(differences.mend, { id: found!.id, remedy: 'accept' })).rejects.toMatchObject({
      code: 'reconciliation.does-not-fit',
    })
    const mended = await keeper(differences.mend, { id: found!.id, version: found!.version })
    expect(mended).toMatchObject({ state: 'closed', closed: { how: 'mended', by: 'Kim' }, refusals: { undo: null } })
    expect((await keeper(assets.show, { id })).holder?.name).toBe('Rita Sommer')
    await expect(keeper(differences.mend, { id: found!.id })).rejects.toMatchObject({
      code: 'reconciliation.closed-already',
    })
    await keeper(differences.undo, { id: found!.id })
    expect((await keeper(assets.show, { id })).holder?.name).toBe('Kim')
    await expect(keeper(differences.undo, { id: found!.id })).rejects.toMatchObject({
      code: 'reconciliation.no-way-back',
    })
  })

  it('not its holder’s by their word in a campaign: closes when that is settled', async () => {
    const rita = await server.person({ name: 'Rita Denies', role: 'requester' })
    const asset = await keeper(assets.register, { serial: 'MS-77', category, location: store })
    await keeper(custodies.handOut, { assets: [asset.id], to: { kind: 'person', id: rita.id } })
    const campaign = await keeper(attestations.start, {
      name: 'Are these yours?',
      dueOn: '2090-05-01',
      who: { kind: 'people', people: [rita.id] },
    })
    const [ask] = (await rita.client(attestations.mine, {})).items
    const item = ask!.items[0]!.id
    const answers = [{ item, answer: 'not_mine' as const, note: 'Lent to the fair' }]
    await rita.client(attestations.answer, { id: ask!.id, answers })
    await open(asset.id, 'disowned')
    const [found] = await of(asset.id, 'disowned')
    expect([found!.register, found!.seen]).toEqual([
      'With Rita Denies.',
      'Rita Denies says that it is not theirs: Lent to the fair.',
    ])
    await keeper(attestations.settle, { id: campaign.id, items: [item], remedy: 'take_back', location: store })
    expect((await closed(asset.id, 'disowned')).closed).toMatchObject({ how: 'facts' })
    expect((await keeper(assets.show, { id: asset.id })).holder).toBeNull()
    const told = (await keeper(assets.history, { id: asset.id })).items.map((one) => one.event!.sentence)
    expect(told).toContain('Rita Denies said that it is not theirs: Lent to the fair')
  })

  it('lost and seen since: at once a notice and one commitment for all of them, kept with the last', async () => {
    const ids = [await inUse(4, kim.id), await inUse(5, kim.id)]
    for (const [at, id] of ids.entries()) {
      await keeper(assets.changeState, { id, state: 'lost', reason: 'left on the train' })
      await send(machine(4 + at, { more: safe, memoryMb: 4096 }))
      await open(id, 'seen_though_gone')
    }
    const [found] = await of(ids[0]!, 'seen_though_gone')
    expect(found).toMatchObject({ severity: 'high', remedies: ['found'] })
    expect(found!.seen).toMatch(/from 10\.1\.2\.3\.$/)
    const told = (await keeper(notifications.list, {})).items.filter((one) => /was seen from/.test(one.sentence))
    expect(told).toHaveLength(2)
    const promised = async (view: 'all' | 'done' = 'all') =>
      (await keeper(commitments.list, { limit: 200 })).items.filter(
        (one) => one.kind === 'reconciliation' && (view === 'all' || one.phase === 'stopped'),
      )
    await expect.poll(async () => (await promised()).length, patient).toBe(1)
    expect((await promised())[0]).toMatchObject({ subject: { title: '2 differences: seen though gone' } })
    await keeper(differences.mend, { id: found!.id, note: 'handed in at the station' })
    expect((await keeper(assets.show, { id: ids[0]! })).state).toBe('deployed')
    await keeper(assets.changeState, { id: ids[1]!, state: 'in_stock', reason: 'came back', location: store })
    expect((await closed(ids[1]!, 'seen_though_gone')).closed).toMatchObject({ how: 'facts' })
    await expect.poll(async () => (await promised()).filter((one) => one.phase === 'running'), patient).toEqual([])
  })

  it('unknown on the network for days: registered or ignored, many at once', async () => {
    for (const n of [6, 7]) {
      await send(machine(n, { more: safe }))
      await sql`update devices set first_seen_at = ${ago(5)} where id = ${(await seen(n)).id}`.execute(server.db)
    }
    await compareAgain()
    const list = async () =>
      (await keeper(differences.list, { kind: ['unknown'] })).items.filter((f) => /machine-[67]/.test(f.seen))
    await expect.poll(async () => (await list()).length, patient).toBe(2)
    const [one, other] = await list()
    expect(one).toMatchObject({ asset: null, remedies: ['register', 'ignore'] })
    expect(await keeper(differences.mendMany, { ids: [one!.id, other!.id], remedy: 'ignore' })).toEqual({
      mended: 2,
      refused: [],
    })
    expect([(await seen(6)).state, (await seen(7)).state]).toEqual(['ignored', 'ignored'])
    await keeper(differences.undo, { id: one!.id })
    await expect.poll(async () => (await list()).length, patient).toBe(1)
    await keeper(differences.mend, { id: one!.id, remedy: 'register' })
    expect([(await seen(6)).state, (await seen(7)).state].toSorted()).toEqual(['ignored', 'linked'])
  })

  it('without endpoint protection and not encrypted, where the report says so, and not where it says nothing', async () => {
    const off =
      '<ANTIVIRUS><NAME>Defender</NAME><ENABLED>0</ENABLED></ANTIVIRUS><DRIVES><LETTER>C:</LETTER><TOTAL>475000</TOTAL><ENCRYPT_STATUS>No</ENCRYPT_STATUS></DRIVES>'
    const id = await inUse(8, kim.id, { more: off })
    await open(id, 'unprotected')
    await open(id, 'unencrypted')
    expect((await of(id, 'unprotected'))[0]!.seen).toBe('Defender is switched off.')
    expect((await of(id, 'unencrypted'))[0]!.seen).toBe('C: is not encrypted.')
    await send(
      machine(8, {
        more: `${safe}<DRIVES><LETTER>C:</LETTER><TOTAL>475000</TOTAL><ENCRYPT_STATUS>Yes</ENCRYPT_STATUS></DRIVES>`,
      }),
    )
    await closed(id, 'unprotected')
    await closed(id, 'unencrypted')
    const silent = await inUse(9, kim.id, { more: '' })
    await expect.poll(async () => (await of(silent)).map((f) => f.kind), patient).not.toContain('unprotected')
  })

  it('system and programs out of support, each product once; closes with the release', async () => {
    const old = (report: string) =>
      report.replaceAll('Acme &amp; Sons', 'Python Software Foundation').replace('10.0.22631', '10.0.22000')
    const id = await inUse(10, kim.id)
    const programs: [string, string][] = [
      ['Python 3.6.8 (64-bit)', '3.6.8150.0'],
      ['Python 3.6.8 Core Interpreter (64-bit)', '3.6.8150.0'],
    ]
    await sql`insert into life_cycle_products (product, title) values ('python', 'Python') on conflict do nothing`.execute(
      server.db,
    )
    await sql`insert into product_cycles (product, cycle, eol_on, source, as_of) values ('python', '3.6', '2021-12-23', 'test', '2026-01-01')`.execute(
      server.db,
    )
    await send(machine(10, { more: safe, programs }), old)
    await open(id, 'os_ended')
    await open(id, 'program_ended')
    expect((await of(id, 'os_ended'))[0]).toMatchObject({ seen: 'Windows 11 21H2 (Home, Pro).' })
    expect((await of(id, 'program_ended'))[0]!.seen).toMatch(
      /^Python 3\.6 is installed: Python 3\.6\.8 \(64-bit\) 3\.6\.8150\.0, Python 3\.6\.8 Core/,
    )
    await send(machine(10, { more: safe, programs: [['Other', '1']] }), (report) =>
      report.replace('10.0.22631', '10.0.26200'),
    )
    await closed(id, 'os_ended')
    await closed(id, 'program_ended')
  })

  it('name contested: what is seen is taken over, or left with a reason until the facts are others', async () => {
    const id = await inUse(11, kim.id)
    await keeper(assets.edit, { id, name: 'Reception, left' })
    await open(id, 'contested')
    const [found] = await of(id, 'contested')
    expect(found).toMatchObject({
      detail: 'name',
      register: 'Name: Reception, left.',
      seen: 'Its agent says: machine-11.',
    })
    await expect(
      keeper(differences.leave, { ids: [found!.id], reason: 'meant so', until: '2020-01-01' }),
    ).rejects.toMatchObject({ status: 400 })
    const counts = async () => (await keeper(differences.counts, {})).items.find((one) => one.kind === 'contested')!
    const before = await counts()
    const [left] = (
      await keeper(differences.leave, { ids: [found!.id], reason: 'The place is its name', until: '2090-01-01' })
    ).items
    expect(left).toMatchObject({ state: 'left', left: { by: 'Kim', until: '2090-01-01' } })
    expect(await counts()).toEqual({ kind: 'contested', open: before.open - 1, left: before.left + 1 })
    await send(machine(11, { more: safe, memoryMb: 2048 }))
    await compareAgain()
    await expect.poll(async () => (await of(id, 'contested', 'left')).length, patient).toBe(1)
    await send(machine(11, { more: safe, name: 'machine-11-new' }))
    await open(id, 'contested')
    await keeper(differences.mend, { id: found!.id })
    expect((await keeper(assets.show, { id })).name).toBe('machine-11-new')
    await closed(id, 'contested')
  })

  it('leaving and reopening wait for a comparison under way, which would count what they move', async () => {
    const id = await inUse(15, kim.id)
    await keeper(assets.edit, { id, name: 'Workshop' })
    await open(id, 'contested')
    const found = (await of(id, 'contested'))[0]!.id
    for (const act of [
      async () => keeper(differences.leave, { ids: [found], reason: 'meant so' }),
      async () => keeper(differences.reopen, { id: found }),
    ]) {
      let isDone = false
      const acting = await runCommand(server.opened.platform, systemActor(server.organisation), async (ctx) => {
        ctx.unchanged()
        await oneAtATime(ctx)
        const under = act().finally(() => (isDone = true))
        await sleep(700)
        expect(isDone).toBe(false)
        return [under]
      })
      await acting[0]
    }
    expect((await of(id, 'contested')).map((f) => f.id)).toEqual([found])
  })

  it('a serial number that another asset bears: the device is said to be that one', async () => {
    const wrong = await keeper(assets.register, { category, name: 'Taken for it' })
    const right = await keeper(assets.register, { category, serial: 'MS-12', name: 'machine-12' })
    await send(machine(12, { more: safe }))
    expect((await seen(12)).asset?.id).toBe(right.id)
    await keeper(devices.wait, { id: (await seen(12)).id })
    await keeper(devices.link, { id: (await seen(12)).id, asset: wrong.id })
    await open(wrong.id, 'double_serial')
    const [found] = await of(wrong.id, 'double_serial')
    expect(found).toMatchObject({ remedies: ['relink'], proposal: `Say that the device is ${right.tag}` })
    await keeper(differences.mend, { id: found!.id })
    expect((await seen(12)).asset?.id).toBe(right.id)
    await closed(wrong.id, 'double_serial')
  })

  it('of many, one that is refused leaves nothing behind: neither what it changed nor what the log would say of it', async () => {
    const pairs = []
    for (const n of [13, 14]) {
      const wrong = await keeper(assets.register, { category, name: `Taken for ${n}` })
      const right = await keeper(assets.register, { category, serial: `MS-${n}`, name: `machine-${n}` })
      await send(machine(n, { more: safe }))
      const { id: device } = await seen(n)
      await keeper(devices.wait, { id: device })
      await keeper(devices.link, { id: device, asset: wrong.id })
      await open(wrong.id, 'double_serial')
      pairs.push({ wrong, right, device, found: (await of(wrong.id, 'double_serial'))[0]! })
    }
    const [good, bad] = [pairs[0]!, pairs[1]!]
    // its remedy lets the device wait, and is refused only then
    await sql`update differences set remedy_with = remedy_with || ${JSON.stringify({ asset: crypto.randomUUID() })}::jsonb where id = ${bad.found.id}`.execute(
      server.db,
    )
    const told = async (device: string) =>
      (
        await sql<{ type: string }>`select type from events where subject_id = ${device} order by id`.execute(server.db)
      ).rows.map((row) => row.type)
    const before = await told(bad.device)
    expect(await keeper(differences.mendMany, { ids: [bad.found.id, good.found.id] })).toMatchObject({
      mended: 1,
      refused: [{ id: bad.found.id }],
    })
    expect((await seen(13)).asset?.id).toBe(good.right.id)
    expect((await seen(14)).asset?.id).toBe(bad.wrong.id)
    expect(await told(bad.device)).toEqual(before)
    const mended = await sql<{ id: string }>`
      select p.after ->> 'difference' as id from events e join event_payloads p on p.event_id = e.id
      where e.type = 'difference.mended' and p.after ->> 'difference' = any(${pairs.map((pair) => pair.found.id)})`.execute(
      server.db,
    )
    expect(mended.rows).toEqual([{ id: good.found.id }])
  })
})

describe('by rule', () => {
  it('does what the settings say under its own name, and notes what it cannot do', async () => {
    await expect(
      keeper(reconciliationSettings.save, { kinds: { seen_though_gone: { act: 'found' } } }),
    ).rejects.toMatchObject({ code: 'reconciliation.not-by-itself' })
    await send(machine(20, { more: safe }))
    await sql`update devices set first_seen_at = ${ago(5)} where id = ${(await seen(20)).id}`.execute(server.db)
    await keeper(reconciliationSettings.save, { kinds: { unknown: { days: 3, act: 'register', actDays: 3 } } })
    await expect.poll(async () => (await seen(20)).state, patient).toBe('linked')
    const { items } = await keeper(differences.list, {
      state: 'closed',
      kind: ['unknown'],
      device: (await seen(20)).id,
    })
    expect(items[0]!.closed).toMatchObject({ how: 'mended', by: 'Reconciliation' })
    await keeper(reconciliationSettings.save, { kinds: { unknown: { act: null } } })
  })

  it('passes on what another works on, can be taken back, and says what it could not do', async () => {
    const rita = await server.person({ name: 'Rosa Winter', role: 'requester' })
    const login = rita.email.split('@')[0]!
    const ids: string[] = []
    for (const n of [22, 23]) {
      ids.push(await inUse(n, kim.id))
      await send(machine(n, { more: safe }), (report) =>
        report.replace('<HARDWARE>', `<HARDWARE><LASTLOGGEDUSER>${login}</LASTLOGGEDUSER>`),
      )
      const device = (await seen(n)).id
      await expect
        .poll(
          async () =>
            (await sql`select 1 from device_users where device_id = ${device}`.execute(server.db)).rows.length,
          patient,
        )
        .toBe(1)
      await sql`update device_users set since = ${ago(30)} where device_id = ${device}`.execute(server.db)
    }
    await sql`update assets set held_since = ${ago(60)} where id = any(${ids}::uuid[])`.execute(server.db)
    await compareAgain()
    for (const id of ids) await open(id, 'wrong_holder')
    // of one the facts moved behind the back of what was found
    await sql`update differences set remedy_with = remedy_with || '{"from": "01a00000-0000-7000-8000-000000000000"}' where asset_id = ${ids[1]} and kind = 'wrong_holder'`.execute(
      server.db,
    )
    await keeper(reconciliationSettings.save, { kinds: { wrong_holder: { act: 'transfer', actDays: 14 } } })
    await expect
      .poll(async () => (await keeper(assets.show, { id: ids[0]! })).holder?.name, patient)
      .toBe('Rosa Winter')
    const [mended] = await of(ids[0]!, 'wrong_holder', 'closed')
    expect(mended!.closed).toMatchObject({ by: 'Reconciliation' })
    const { items } = await keeper(assets.history, { id: ids[0]! })
    expect(items.map((one) => one.event?.sentence)).toEqual(
      expect.arrayContaining([expect.stringMatching(/mended a difference by rule: /)]),
    )
    await expect
      .poll(async () => (await of(ids[1]!, 'wrong_holder'))[0]?.ruleFailed, patient)
      .toMatch(/changed in the meantime/)
    await keeper(reconciliationSettings.save, { kinds: { wrong_holder: { act: null } } })
    await keeper(differences.undo, { id: mended!.id })
    expect((await keeper(assets.show, { id: ids[0]! })).holder?.name).toBe('Kim')
  })

  it('a kind that is switched off is not looked for, and closes', async () => {
    const id = await inUse(21, kim.id)
    await keeper(assets.edit, { id, name: 'By hand' })
    await open(id, 'contested')
    await keeper(reconciliationSettings.save, { kinds: { contested: { on: false } } })
    expect((await closed(id, 'contested')).closed).toMatchObject({
      how: 'off',
      why: 'This is not looked for any more.',
    })
    await keeper(reconciliationSettings.save, { kinds: { contested: { on: true } } })
    await open(id, 'contested')
  })
})

describe('who may', () => {
  it('requesters see none of it; the counts are those of the list; the export escapes formulas', async () => {
    const rita = await server.person({ name: 'Rita', role: 'requester' })
    await expect(rita.client(differences.list, {})).rejects.toMatchObject({ status: 403 })
    const auditor = (await server.person({ name: 'Otto', role: 'auditor' })).client
    const { items } = await auditor(differences.list, {})
    expect(items[0]!.refusals['mend']).toMatchObject({ code: 'forbidden' })
    await expect(auditor(differences.mend, { id: items[0]!.id })).rejects.toMatchObject({ status: 403 })
    const { items: counts } = await auditor(differences.counts, {})
    for (const { kind, open: n, left } of counts) {
      expect((await auditor(differences.list, { kind: [kind], count: 'exact' })).total, kind).toBe(n)
      expect((await auditor(differences.list, { kind: [kind], state: 'left', count: 'exact' })).total, kind).toBe(left)
    }
    const id = await inUse(30, kim.id)
    await keeper(assets.edit, { id, name: '=1+1' })
    await open(id, 'contested')
    const key = await server.key('coordinator')
    const file = await fetch(`${server.base}/api/v1/differences/export.csv?asset=${id}`, {
      headers: { authorization: `Bearer ${key.key}` },
    })
    expect(await file.text()).toContain("'=1+1")
    expect((await fetch(`${server.base}/api/v1/differences/export.csv`)).status).toBe(401)
    const paged = await keeper(differences.list, { limit: 1 })
    expect((await keeper(differences.list, { limit: 1, after: paged.next! })).items[0]!.id).not.toBe(paged.items[0]!.id)
    await expect(keeper(differences.list, { after: 'nonsense' })).rejects.toMatchObject({ status: 400 })
  })
})

import { compareInstants } from '../../contract/instants.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assetCategories,
  assetModels,
  depreciationClasses,
  loanPools,
  manufacturers,
} from '../../contract/asset-models.ts'
import { assets, type Asset, type AssetRow } from '../../contract/assets.ts'
import { ApiError } from '../../contract/client.ts'
import { commitments } from '../../contract/commitments.ts'
import { custodies } from '../../contract/custody.ts'
import { fields } from '../../contract/fields.ts'
import { locations } from '../../contract/locations.ts'
import { people } from '../../contract/people.ts'
import { relations, services } from '../../contract/relations.ts'
import { search } from '../../contract/search.ts'
import { stock } from '../../contract/stock.ts'
import { today } from '../../contract/today.ts'
import { textOf } from '../../test/support/pdf-text.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { runCommand } from '../platform/platform.ts'
import { calendars } from '../../contract/calendars.ts'
import { openCustomValues } from '../fields/public.ts'
import { personNames } from '../people/public.ts'
import { lockedAsset, moveAsset, registerAssets } from './public.ts'
import { codeOf } from '../../test/support/refusals.ts'
import { cpuClock } from '../../test/support/cpu-time.ts'

let server: TestServer
let tess: TestPerson
let cora: TestPerson
let rita: TestPerson
let place: { site: string; room: string; shelf: string }
let laptops: string
let toner: string
let model: string

const wrongOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (e: unknown) => (e instanceof ApiError ? (e.body.fields ?? []).map((f) => [f.path, f.message]) : [String(e)]),
  )
const day = 86_400_000
/** Where the people of the tests are. */
const dateIn = (days: number): string => Temporal.Now.plainDateISO('Europe/Berlin').add({ days }).toString()
const register = (given: object = {}) => cora.client(assets.register, { model, location: place.shelf, ...given })
/** Hands an asset out, as those who hand out do. */
const handedTo = async (asset: Asset, person: TestPerson) => {
  const actor = await server.actor(cora)
  await runCommand(server.opened.platform, actor, async (ctx) =>
    moveAsset(ctx, await lockedAsset(ctx, asset.id), 'deployed', {
      given: { holder_kind: 'person', holder_id: person.id, held_since: ctx.now },
    }),
  )
  return cora.client(assets.show, { id: asset.id })
}
const disposed = (id: string, given: object = { noMedia: true }) =>
  cora.client(assets.dispose, { id, method: 'recycled', on: dateIn(0), reason: 'worn out', ...given })
const openOf = async (id: string) =>
  (await cora.client(assets.show, { id })).commitments.filter((c) => c.phase === 'running')

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Desk', ['Desk team'])
  tess = await server.person({ name: 'Tess Tech', role: 'technician', teams: ['Desk team'] })
  cora = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
  rita = await server.person({ name: 'Rita Requester', role: 'requester' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((d) => [d, [{ from: '09:00', to: '17:00' }]])),
  })
  const site = await cora.client(locations.create, { kind: 'site', name: 'Berlin', city: 'Berlin', country: 'DE' })
  const room = await cora.client(locations.create, { kind: 'room', name: '3.14', parent: site.id })
  const shelf = await cora.client(locations.create, { kind: 'stock_room', name: 'Store', parent: site.id })
  place = { site: site.id, room: room.id, shelf: shelf.id }
  laptops = (await cora.client(assetCategories.create, { name: 'Laptops', class: 'device', lifeMonths: 48 })).id
  toner = (await cora.client(assetCategories.create, { name: 'Toner', class: 'consumable' })).id
  const maker = await cora.client(manufacturers.create, { name: 'Lenovo' })
  model = (
    await cora.client(assetModels.create, {
      name: 'ThinkPad T14',
      number: '21CF',
      category: laptops,
      manufacturer: maker.id,
    })
  ).id
})
afterAll(() => server.stop())

describe('registering', () => {
  it('makes a tag, takes the category of the model, and is found by tag and id', async () => {
    const made = await register({ serial: ' PF-2ABC34 ', cost: { minor: 129_900, currency: 'EUR' } })
    expect(made).toMatchObject({
      state: 'in_stock',
      serial: 'PF-2ABC34',
      class: 'device',
      category: { id: laptops, name: 'Laptops' },
      manufacturer: { name: 'Lenovo' },
      location: { name: 'Berlin / Store' },
      holder: null,
      cost: { minor: 129_900, currency: 'EUR' },
      receivedOn: dateIn(0),
    })
    expect(made.tag).toMatch(/^AST-\d+$/)
    expect((await tess.client(assets.show, { id: made.tag.toLowerCase() })).id).toBe(made.id)
  })
  it('has each tag and each real serial number once, whatever the case', async () => {
    const made = await register({ tag: 'KS-7', serial: 'XR12345' })
    expect(await codeOf(register({ tag: 'ks-7' }))).toBe('assets.tag-taken')
    for (const tag of ['a,b', 'a;b', 'a"b', 'a b', 'a/b'])
      expect([tag, await codeOf(register({ tag }))]).toEqual([tag, 'invalid'])
    expect(await codeOf(register({ serial: 'xr12345' }))).toBe('assets.serial-taken')
    expect(await codeOf(cora.client(assets.edit, { id: made.id, serial: 'XR12345' }))).toBe('allowed')
  })
  it('takes many at once with a fixed number of statements, and refuses a list that says a thing twice', async () => {
    const actor = await server.actor(cora)
    const customValues = openCustomValues({ secret: server.opened.platform.secret, personNames })
    const many = (serials: string[]) =>
      runCommand(server.opened.platform, actor, (ctx) =>
        registerAssets(
          ctx,
          customValues,
          serials.map((serial) => ({
            given: { model, location: place.shelf, serial, warrantyUntil: dateIn(300) },
            state: 'in_stock',
          })),
        ),
      )
    const spent = cpuClock()
    const made = await many(Array.from({ length: 1000 }, (_, i) => `MANY-${i}`))
    expect(spent()).toBeLessThan(5000)
    expect(new Set(made.map((a) => a.tag)).size).toBe(1000)
    expect((await openOf(made[999]!.id)).map((c) => c.kind)).toEqual(['warranty_end'])
    await expect(many(['TWICE-1', 'twice-1'])).rejects.toMatchObject({ code: 'assets.serial-taken' })
    await expect(many(['NEW-1', 'many-7'])).rejects.toMatchObject({
      code: 'assets.serial-taken',
      params: { tag: made[7]!.tag },
    })
  })
  it('lets any number of machines bear a serial number that says nothing', async () => {
    await register({ serial: 'To be filled by O.E.M.' })
    expect((await register({ serial: 'To be filled by O.E.M.' })).serial).toBe('To be filled by O.E.M.')
  })
  it('passes over tags that were given by hand', async () => {
    const { tag } = await register()
    const next = `AST-${Number(tag.slice(4)) + 1}`
    await register({ tag: next })
    expect((await register()).tag).toBe(`AST-${Number(tag.slice(4)) + 2}`)
  })
  it('says what is wrong', async () => {
    expect(await codeOf(cora.client(assets.register, {}))).toBe('assets.model-or-category')
    expect(await codeOf(cora.client(assets.register, { category: toner }))).toBe('assets.counted-not-named')
    expect(await codeOf(register({ location: laptops }))).toBe('assets.location-unknown')
    expect(await codeOf(cora.client(assets.register, { model, state: 'in_stock' }))).toBe('assets.needs-place')
    expect((await cora.client(assets.register, { model })).state).toBe('received')
    expect(await codeOf(register({ tag: 'two words' }))).toBe('invalid')
    expect(await codeOf(tess.client(assets.register, { model, location: place.shelf }))).toBe('forbidden')
  })
})

describe('the life cycle', () => {
  it('moves along its ways, says why not, and keeps every step', async () => {
    const made = await register()
    expect(made.moves.find((move) => move.state === 'deployed')?.refusal?.code).toBe('assets.needs-holder')
    const state = (to: Asset['state'], given: object = {}) =>
      tess.client(assets.changeState, { id: made.id, state: to, ...given })
    expect(await codeOf(state('deployed'))).toBe('assets.needs-holder')
    expect(await codeOf(state('disposed', { reason: 'old' }))).toBe('assets.no-way')
    expect(await codeOf(state('in_repair'))).toBe('assets.needs-reason')
    expect((await handedTo(made, rita)).holder).toMatchObject({ kind: 'person', name: 'Rita Requester' })
    expect((await state('in_repair', { reason: 'Screen flickers' })).holder?.id).toBe(rita.id)
    const back = await state('in_stock', { location: place.room })
    expect(back).toMatchObject({ holder: null, location: { name: 'Berlin / 3.14' }, inServiceOn: dateIn(0) })
    const { items } = await tess.client(assets.history, { id: made.id })
    expect(items.map((e) => e.event?.type)).toEqual([
      'asset.state-changed',
      'asset.state-changed',
      'asset.state-changed',
      'asset.registered',
    ])
    expect(items[0]?.event?.sentence).toContain('from in repair to in stock, Berlin / 3.14')
    expect(items[1]?.event?.sentence).toContain('Screen flickers')
  })
  it('is over when it is disposed of', async () => {
    const made = await register()
    const state = (to: Asset['state']) => cora.client(assets.changeState, { id: made.id, state: to, reason: 'too old' })
    expect((await state('retired')).retiredOn).toBe(dateIn(0))
    expect(await codeOf(state('disposed'))).toBe('disposals.record-it')
    const after = await disposed(made.id)
    expect(after.refusals['edit']?.code).toBe('assets.gone')
    expect(await codeOf(cora.client(assets.edit, { id: made.id, note: 'x' }))).toBe('assets.gone')
  })
  it('refuses what was based on an old version, with what it is now', async () => {
    const made = await register()
    await cora.client(assets.edit, { id: made.id, name: 'first', version: made.version })
    const late = await cora
      .client(assets.edit, { id: made.id, name: 'second', version: made.version })
      .catch((e: unknown) => e)
    expect(late).toMatchObject({ code: 'stale', body: { differs: ['name'], current: { name: 'first' } } })
  })
})

describe('due moments', () => {
  it('are commitments that follow the dates of the asset', async () => {
    const made = await register({ warrantyUntil: dateIn(400), leaseUntil: dateIn(500), purchasedOn: dateIn(-10) })
    expect((await openOf(made.id)).map((c) => c.kind).toSorted()).toEqual(['end_of_life', 'lease_end', 'warranty_end'])
    const warranty = (await openOf(made.id)).find((c) => c.kind === 'warranty_end')!
    expect(warranty).toMatchObject({
      title: `Warranty of ${made.tag} ends`,
      owner: { kind: 'person', id: cora.id, fallback: true },
    })
    await cora.client(assets.edit, { id: made.id, warrantyUntil: dateIn(430), leaseUntil: null })
    const after = await openOf(made.id)
    expect(after.map((c) => c.kind).toSorted()).toEqual(['end_of_life', 'warranty_end'])
    expect(after.find((c) => c.kind === 'warranty_end')).toMatchObject({ commitment: warranty.commitment })
    expect(Date.parse(after.find((c) => c.kind === 'warranty_end')!.dueAt!)).toBeGreaterThan(
      Date.parse(warranty.dueAt!) + 29 * day,
    )
    const told = (await cora.client(commitments.explain, { id: warranty.commitment })).sentences.join(' ')
    expect(told).toContain('its record names another date')
  })
  it('can be done and put aside, but are moved on their record alone', async () => {
    const made = await register({ warrantyUntil: dateIn(40) })
    const [warranty] = (await openOf(made.id)).filter((c) => c.kind === 'warranty_end')
    const shown = await cora.client(commitments.show, { id: warranty!.commitment })
    expect(shown.subject).toMatchObject({ kind: 'asset', reference: made.tag })
    expect(shown.refusals).toMatchObject({
      complete: null,
      snooze: null,
      move: { code: 'commitments.moved-by-its-record' },
    })
    await cora.client(commitments.complete, { id: shown.id, evidence: 'Renewed' })
    await cora.client(assets.edit, { id: made.id, warrantyUntil: dateIn(700) })
    const all = (await cora.client(assets.show, { id: made.id })).commitments.filter((c) => c.kind === 'warranty_end')
    expect(all.map((c) => c.phase)).toEqual(['running', 'stopped'])
  })
  it('rest while the asset is retired and come back with it', async () => {
    const made = await register({ warrantyUntil: dateIn(40), nextAuditOn: dateIn(10) })
    await cora.client(assets.changeState, { id: made.id, state: 'retired', reason: 'replaced' })
    expect(await openOf(made.id)).toEqual([])
    await cora.client(assets.changeState, { id: made.id, state: 'in_stock', reason: 'needed after all' })
    expect((await openOf(made.id)).map((c) => c.kind).toSorted()).toEqual(['next_audit', 'warranty_end'])
  })
  it('promise nothing that is over when it is first heard of', async () => {
    const made = await register({ warrantyUntil: dateIn(-5) })
    expect((await openOf(made.id)).filter((c) => c.kind === 'warranty_end')).toEqual([])
  })
  it('stand on Today when they are late', async () => {
    const made = await register({ nextAuditOn: dateIn(1) })
    const [audit] = await openOf(made.id)
    await sql`update commitments set due_at = now() - interval '1 hour' where id = ${audit!.commitment}`.execute(
      server.db,
    )
    const { late } = await cora.client(today.show, {})
    expect(late.lines.map((line) => line.subject.title)).toContain(`Audit ${made.tag} · ${made.tag}`)
  })
  it('follow the model and the category', async () => {
    const own = await cora.client(assetModels.create, { name: 'Phone 9', category: laptops })
    const made = await register({ model: own.id, inServiceOn: dateIn(-30) })
    const category = made.endOfLife
    expect(category).toMatchObject({ from: 'category_life' })
    await cora.client(assetModels.edit, { id: own.id, endOfLifeOn: dateIn(90) })
    expect((await cora.client(assets.show, { id: made.id })).endOfLife).toEqual({ on: dateIn(90), from: 'model' })
    const found = await cora.client(assets.list, { end_of_life_before: dateIn(91), model: own.id })
    expect(found.items.map((row) => row.id)).toEqual([made.id])
  })
})

describe('custom fields', () => {
  it('are checked, kept and asked for', async () => {
    const define = (given: object) =>
      cora.client(fields.define, { kind: 'asset', label: 'X', type: 'text', key: 'x', ...given })
    await define({ key: 'cost_code', label: 'Cost code', pattern: '[A-Z]{2}\\d{3}' })
    await define({ key: 'ports', label: 'Ports', type: 'number' })
    await define({ key: 'colour', label: 'Colour', type: 'choice', choices: ['Black', 'White'] })
    await define({ key: 'keeper', label: 'Keeper', type: 'person' })
    await define({ key: 'inventory_no', label: 'Inventory number', unique: true, sets: [laptops] })
    const values = { cost_code: 'KS100', ports: 4, colour: 'white', keeper: rita.id, inventory_no: 'A1' }
    const made = await register({ fields: values })
    expect(Object.fromEntries(made.fields.filter((f) => f.given).map((f) => [f.key, f.text]))).toEqual({
      cost_code: 'KS100',
      ports: '4',
      colour: 'White',
      keeper: 'Rita Requester',
      inventory_no: 'A1',
    })
    expect(
      await wrongOf(
        register({ fields: { cost_code: 'nope', ports: 'many', colour: 'Red', keeper: laptops, unheard: 1 } }),
      ),
    ).toEqual([
      ['fields.unheard', 'There is no field “unheard” that could be set or asked for here.'],
      ['fields.cost_code', '“Cost code” must match the pattern [A-Z]{2}\\d{3}.'],
      ['fields.ports', '“Ports” must be a number, written like 1250.5.'],
      ['fields.colour', '“Colour” must be one of: Black, White.'],
      ['fields.keeper', '“Keeper” must be a person of this organisation.'],
    ])
    expect(await wrongOf(register({ fields: { inventory_no: 'a1' } }))).toEqual([
      ['fields.inventory_no', 'Another record has this “Inventory number” already; it must be unique.'],
    ])
    const asked = (field: string[]) =>
      tess.client(assets.list, { field }).then(({ items }) => items.map((row) => row.id))
    expect(await asked(['cost_code:KS100', 'ports:4'])).toEqual([made.id])
    expect(await asked(['colour:Black'])).toEqual([])
    expect(await codeOf(tess.client(assets.list, { field: ['nothing:1'] }))).toBe('fields.wrong')
    await cora.client(assets.edit, { id: made.id, fields: { inventory_no: null } })
    expect(await codeOf(register({ fields: { inventory_no: 'A1' } }))).toBe('allowed')
  })
  it('are unique from when they became so: what was given back before is free', async () => {
    const field = await cora.client(fields.define, {
      kind: 'asset',
      key: 'seal',
      label: 'Seal',
      type: 'text',
      unique: true,
    })
    const unique = (on: boolean) => codeOf(cora.client(fields.edit, { id: field.id, unique: on }))
    const made = await register({ fields: { seal: 'S-1' } })
    expect(await unique(false)).toBe('allowed')
    await cora.client(assets.edit, { id: made.id, fields: { seal: null } })
    expect(await unique(true)).toBe('allowed')
    expect(await codeOf(register({ fields: { seal: 'S-1' } }))).toBe('allowed')
    expect(await codeOf(register({ fields: { seal: 's-1' } }))).toBe('fields.wrong')
  })
  it('are asked for by values with commas too, in one address', async () => {
    const define = (key: string, choices: string[]) =>
      cora.client(fields.define, { kind: 'asset', key, label: key, type: 'choice', choices })
    await define('use', ['Printer, colour', 'Printer, grey'])
    await define('floor', ['1', '2'])
    const made = await register({ fields: { use: 'Printer, colour', floor: '2' } })
    await register({ fields: { use: 'Printer, grey', floor: '2' } })
    const asked = async (field: string) => {
      const address = `${server.base}/api/v1/assets?${new URLSearchParams({ field }).toString()}`
      const answer = await fetch(address, { headers: { cookie: `${tess.cookie.name}=${tess.cookie.value}` } })
      return ((await answer.json()) as { items?: { id: string }[] }).items?.map((row) => row.id) ?? answer.status
    }
    expect(await asked('use:Printer, colour')).toEqual([made.id])
    expect(await asked('floor:2,use:Printer, colour')).toEqual([made.id])
    expect(await asked('nothing')).toBe(400)
  })
  it('keep a pattern that is refused now, until it is touched', async () => {
    const field = await cora.client(fields.define, { kind: 'asset', key: 'old_code', label: 'Old', type: 'text' })
    await sql`update custom_fields set pattern = '(a|b)+' where id = ${field.id}`.execute(server.db)
    expect(await codeOf(cora.client(fields.edit, { id: field.id, label: 'Older' }))).toBe('allowed')
    expect(await codeOf(cora.client(fields.edit, { id: field.id, pattern: '(b|a)+' }))).toBe('fields.pattern-slow')
  })
  it('are required of new records, and of others once they are touched', async () => {
    const before = await register()
    const field = await cora.client(fields.define, {
      kind: 'asset',
      key: 'needed',
      label: 'Needed',
      type: 'text',
      required: true,
    })
    expect(await wrongOf(register())).toEqual([['fields.needed', '“Needed” is required.']])
    expect(await codeOf(cora.client(assets.edit, { id: before.id, note: 'still fine' }))).toBe('allowed')
    await cora.client(fields.edit, { id: field.id, active: false })
    expect(await codeOf(register())).toBe('allowed')
  })
  it('are encrypted where asked, read one at a time by those who may, and never stand anywhere else', async () => {
    await cora.client(fields.define, {
      kind: 'asset',
      key: 'bios_password',
      label: 'BIOS password',
      type: 'text',
      encrypted: true,
    })
    const secret = 'correct horse battery'
    const made = await register({ fields: { bios_password: secret } })
    expect(made.fields.find((f) => f.key === 'bios_password')).toMatchObject({
      value: null,
      text: null,
      given: true,
      encrypted: true,
    })
    expect(await codeOf(tess.client(assets.reveal, { id: made.id, field: 'bios_password' }))).toBe('forbidden')
    expect(await cora.client(assets.reveal, { id: made.id, field: 'bios_password' })).toEqual({ value: secret })
    expect(await codeOf(cora.client(assets.list, { field: [`bios_password:${secret}`] }))).toBe('fields.wrong')
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from assets a where to_jsonb(a)::text like ${`%${secret}%`}) + (select count(*) from event_payloads p where to_jsonb(p)::text like ${`%${secret}%`}) as n`.execute(
      server.db,
    )
    expect(rows[0]!.n).toBe(0)
    const { items } = await cora.client(assets.history, { id: made.id })
    expect(items[0]?.event?.type).toBe('asset.field-read')
    // moved to another record it opens no more
    const other = await register()
    await sql`update assets set sealed = (select sealed from assets where id = ${made.id}) where id = ${other.id}`.execute(
      server.db,
    )
    expect(await codeOf(cora.client(assets.reveal, { id: other.id, field: 'bios_password' }))).toBe('not-found')
  })
})

describe('lists', () => {
  it('find by the words of model, maker and holder, also after these were named anew', async () => {
    const maker = await cora.client(manufacturers.create, { name: 'Brightline' })
    const model = await cora.client(assetModels.create, { name: 'Quokka 9', category: laptops, manufacturer: maker.id })
    const holder = await server.person({ name: 'Wilhelmina Zyx', role: 'requester' })
    const made = await register({ model: model.id, location: place.shelf })
    await tess.client(custodies.handOut, { assets: [made.id], to: { kind: 'person', id: holder.id } })
    const found = async (q: string) => (await cora.client(assets.list, { q })).items.map((row) => row.id)
    for (const q of ['quokka', 'bright quokk', 'zyx wilhel', `brightline ${made.tag.toLowerCase()} zyx`])
      expect([q, await found(q)]).toEqual([q, [made.id]])
    expect(await found('quokka nobody')).toEqual([])
    await cora.client(assetModels.edit, { id: model.id, name: 'Wallaby 9' })
    await cora.client(manufacturers.edit, { id: maker.id, name: 'Dimline' })
    await cora.client(people.edit, { id: holder.id, name: 'Wilhelmina Vwu' })
    expect(await found('quokka')).toEqual([])
    expect(await found('zyx')).toEqual([])
    expect(await found('dimline wallaby vwu')).toEqual([made.id])
    await tess.client(custodies.takeBack, { assets: [made.id], location: place.shelf })
    expect(await found('vwu')).toEqual([])
  })
  it('filter by everything, in every order, page by page without gap or repeat', async () => {
    const own = await cora.client(assetModels.create, { name: 'Monitor P27', category: laptops })
    const made: Asset[] = []
    for (let i = 0; i < 9; i++)
      made.push(
        await register({
          model: own.id,
          name: `screen ${['red', 'green', 'blue'][i % 3]}`,
          location: i % 2 === 0 ? place.room : place.shelf,
          warrantyUntil: i % 4 === 0 ? null : dateIn(100 + (i % 3)),
        }),
      )
    for (const i of [4, 2, 7]) await cora.client(assets.edit, { id: made[i]!.id, note: 'counted' })
    const orderOf = {
      tag: (row: AssetRow) => row.tag.padStart(60),
      name: (row: AssetRow) => row.name,
      created: (row: AssetRow) => row.createdAt,
      updated: (row: AssetRow) => row.updatedAt,
      // what has none ends last
      warranty: (row: AssetRow) => row.warrantyUntil ?? 'never',
    }
    for (const sort of [
      'tag',
      '-tag',
      'name',
      '-name',
      'created',
      '-created',
      'updated',
      '-updated',
      'warranty',
      '-warranty',
    ] as const) {
      const seen: AssetRow[] = []
      for (let after: string | undefined; ;) {
        const page = await tess.client(assets.list, {
          model: own.id,
          sort,
          limit: 2,
          ...(after === undefined ? {} : { after }),
        })
        seen.push(...page.items)
        if (page.next === null) break
        after = page.next
      }
      const ids = seen.map((row) => row.id)
      expect([sort, ids.toSorted()]).toEqual([sort, made.map((row) => row.id).toSorted()])
      const said = seen.map(orderOf[sort.replace('-', '') as keyof typeof orderOf])
      expect(new Set(said).size).toBeGreaterThan(2)
      const inOrder = sort.endsWith('ated') ? compareInstants : (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
      const up = said.toSorted(inOrder)
      expect([sort, said]).toEqual([sort, sort.startsWith('-') ? up.toReversed() : up])
      if (sort === 'created') expect(ids).toEqual(made.map((row) => row.id))
    }
    const count = async (given: object) =>
      (await tess.client(assets.list, { model: own.id, count: 'exact', ...given })).total
    expect(await count({ location: place.site })).toBe(9)
    expect(await count({ location: place.room })).toBe(5)
    expect(await count({ warranty_before: dateIn(101) })).toBe(2)
    expect(await count({ state: ['in_stock'] })).toBe(9)
    expect(await count({ state: ['deployed', 'lost'] })).toBe(0)
    expect(await count({ q: 'scr green' })).toBe(3)
    expect(await count({ class: ['sim'] })).toBe(0)
    await handedTo(made[0]!, rita)
    expect(await count({ holder: rita.id })).toBe(1)
    expect(await count({ q: 'requ', holder: rita.id })).toBe(1)
    expect(await count({ holder: 'none' })).toBe(8)
    expect((await tess.client(assets.list, { model: own.id, count: 'capped' })).total).toBe(9)
    expect(await codeOf(tess.client(assets.list, { after: 'nonsense' }))).toBe('bad-cursor')
    expect(await codeOf(rita.client(assets.list, {}))).toBe('forbidden')
  })
  it('put AST-999 before AST-1001', async () => {
    const own = await cora.client(assetModels.create, { name: 'Sorted', category: laptops })
    for (const tag of ['ZZ-1001', 'ZZ-999', 'ZZ-10000']) await register({ model: own.id, tag })
    const { items } = await tess.client(assets.list, { model: own.id })
    expect(items.map((row) => row.tag)).toEqual(['ZZ-999', 'ZZ-1001', 'ZZ-10000'])
  })
  it('are found by the search of the app: tag, serial, model, maker, holder', async () => {
    const made = await handedTo(await register({ tag: 'FIND-77', serial: 'QQ9/88-7', name: 'Ägir' }), rita)
    const found = async (q: string) =>
      (await tess.client(search.everything, { q })).items
        .filter((hit) => hit.kind === 'asset')
        .map((hit) => hit.reference)
    for (const q of ['find-77', 'qq9/88-7', 'ägir', 'ÄGIR', 'thinkpad rita find', 'lenovo find'])
      expect([q, (await found(q))[0]]).toEqual([q, made.tag])
    expect((await rita.client(search.everything, { q: 'find-77' })).items.map((hit) => hit.reference)).toEqual([
      made.tag,
    ])
    const other = await server.person({ name: 'Otto', role: 'requester' })
    expect((await other.client(search.everything, { q: 'find-77' })).items).toEqual([])
  })
})

describe('money and the end', () => {
  const ssd = {
    kind: 'flash',
    serial: 'NVME-1',
    sanitisation: 'purge',
    method: 'block_erase',
    tool: 'nvme-cli 2.8',
    verification: 'full',
    performedBy: 'Tess Tech',
    verifiedBy: 'Łukasz Żółw',
    verifiedOn: dateIn(0),
  } as const
  it('is written off by its class from the day in service, and says what was gained or lost', async () => {
    const written = await cora.client(depreciationClasses.create, {
      name: 'Ten months',
      months: 10,
      salvagePercent: 10,
    })
    const category = await cora.client(assetCategories.create, {
      name: 'Servers',
      class: 'device',
      depreciation: written.id,
    })
    const again = { name: written.name, months: written.months, salvagePercent: written.salvagePercent }
    expect((await cora.client(depreciationClasses.edit, { id: written.id, ...again })).version).toBe(written.version)
    const cost = { minor: 100_000, currency: 'EUR' }
    const began = Temporal.Now.plainDateISO('UTC').subtract({ months: 4 }).toString()
    const made = await cora.client(assets.register, {
      category: category.id,
      location: place.shelf,
      cost,
      inServiceOn: began,
    })
    expect(made.depreciation).toMatchObject({ class: 'Ten months', book: { minor: 64_000 }, monthly: { minor: 9_000 } })
    const leased = await cora.client(assets.edit, { id: made.id, leaseUntil: dateIn(100) })
    expect(leased.depreciation).toBeNull()
    await cora.client(assets.edit, { id: made.id, leaseUntil: null })
    await cora.client(assets.changeState, { id: made.id, state: 'retired', reason: 'replaced' })
    const sold = await disposed(made.id, {
      method: 'sold',
      media: [ssd],
      proceeds: { minor: 70_000, currency: 'EUR' },
      cost: { minor: 1_000, currency: 'EUR' },
    })
    expect(sold.disposal).toMatchObject({ method: 'sold', book: { minor: 64_000 }, gainMinor: 5_000, media: [ssd] })
    expect(sold.disposal?.certificate).toMatch(/^DSP-\d+$/)
    expect(await codeOf(disposed(made.id))).toBe('assets.is-already')
    const headers = { cookie: `${tess.cookie.name}=${tess.cookie.value}` }
    const pdf = await fetch(`${server.base}/api/v1/assets/${made.tag}/certificate.pdf`, { headers })
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const bytes = Buffer.from(await pdf.arrayBuffer())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.toString('latin1')).toContain('DejaVuSans')
    const text = textOf(bytes)
    for (const words of ['Certificate of disposal', sold.disposal!.certificate, made.tag, 'NVME-1', 'Łukasz Żółw'])
      if (text !== null) expect(text).toContain(words)
    const other = { cookie: `${rita.cookie.name}=${rita.cookie.value}` }
    expect((await fetch(`${server.base}/api/v1/assets/${made.tag}/certificate.pdf`, { headers: other })).status).toBe(
      403,
    )
  })
  it('ends only retired, with its media accounted for', async () => {
    const made = await register()
    expect(await codeOf(disposed(made.id))).toBe('assets.no-way')
    await cora.client(assets.changeState, { id: made.id, state: 'retired', reason: 'replaced' })
    expect(await codeOf(disposed(made.id, {}))).toBe('disposals.media-unsaid')
    expect(await codeOf(disposed(made.id, { media: [{ ...ssd, method: 'degauss' }] }))).toBe(
      'disposals.method-falls-short',
    )
    expect(await codeOf(disposed(made.id, { media: [{ ...ssd, verifiedBy: 'tess tech' }] }))).toBe(
      'disposals.same-person',
    )
    expect(await codeOf(disposed(made.id, { noMedia: true, on: dateIn(3) }))).toBe('disposals.in-future')
    expect(
      await codeOf(
        tess.client(assets.dispose, { id: made.id, method: 'sold', on: dateIn(0), reason: 'sold it', noMedia: true }),
      ),
    ).toBe('forbidden')
    const headers = { cookie: `${tess.cookie.name}=${tess.cookie.value}` }
    expect((await fetch(`${server.base}/api/v1/assets/${made.tag}/certificate.pdf`, { headers })).status).toBe(404)
    expect((await disposed(made.id)).disposal).toMatchObject({ noMedia: true, gainMinor: null })
  })
})

describe('relations', () => {
  it('say what an outage takes along, as a list and as a picture', async () => {
    const [host, machine, disk, screen] = [await register(), await register(), await register(), await register()]
    const end = (a: { id: string }) => ({ kind: 'asset' as const, id: a.id })
    const say = (kind: 'runs_on' | 'part_of' | 'depends_on' | 'connected_to', from: object, to: object) =>
      cora.client(relations.relate, { kind, from: from as ReturnType<typeof end>, to: to as ReturnType<typeof end> })
    const team = await server.team('Desk team')
    const payroll = await cora.client(services.create, { name: 'Payroll', teams: [team] })
    await say('part_of', end(disk), end(host))
    await say('runs_on', end(machine), end(host))
    await say('depends_on', { kind: 'service', id: payroll.id }, end(machine))
    // a circle
    await say('depends_on', end(host), { kind: 'service', id: payroll.id })
    await say('connected_to', end(screen), end(machine))
    await handedTo(screen, rita)
    const impact = await tess.client(relations.impact, { id: disk.tag })
    expect(impact.nodes.map((n) => [n.reference, n.distance])).toEqual([
      [disk.tag, 0],
      [host.tag, 1],
      [machine.tag, 2],
      ['Payroll', 3],
      [screen.tag, 3],
    ])
    expect(impact).toMatchObject({
      teams: [{ name: 'Desk team' }],
      holders: [{ name: 'Rita Requester' }],
      capped: false,
    })
    expect((await tess.client(relations.impact, { id: screen.id })).nodes).toHaveLength(1)
    const headers = { cookie: `${tess.cookie.name}=${tess.cookie.value}` }
    const svg = await fetch(`${server.base}/api/v1/assets/${disk.tag}/impact.svg`, { headers })
    expect([svg.status, svg.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
    expect((await svg.text()).match(/<rect /g)).toHaveLength(6)
    const named = await register({ tag: `станция-1'` })
    const picture = await fetch(`${server.base}/api/v1/assets/${named.id}/impact.svg`, { headers })
    expect([picture.status, picture.headers.get('content-disposition')]).toEqual([
      200,
      `attachment; filename*=UTF-8''impact-${encodeURIComponent('станция-1')}%27.svg`,
    ])
    const listed = (await tess.client(relations.list, { id: host.id })).items
    expect(listed).toHaveLength(3)
    expect(await codeOf(say('runs_on', end(machine), end(host)))).toBe('relations.there-already')
    expect(await codeOf(say('runs_on', end(machine), end(machine)))).toBe('relations.itself')
    await cora.client(relations.remove, { id: listed.find((r) => r.from.id === disk.id)!.id })
    expect((await tess.client(relations.impact, { id: disk.id })).nodes).toHaveLength(1)
  })
})

describe('a day', () => {
  it('is one that clocks can count to, said in words where it is not', async () => {
    const made = await register()
    const edit = (warrantyUntil: string) => cora.client(assets.edit, { id: made.id, warrantyUntil })
    for (const on of ['9999-12-31', '9900-01-01', '0999-12-31', '0000-01-01'])
      expect([on, await wrongOf(edit(on))]).toEqual([
        on,
        [['warrantyUntil', 'must be a day between the years 1000 and 9899']],
      ])
    expect((await edit('9899-12-31')).warrantyUntil).toBe('9899-12-31')
    expect((await openOf(made.id)).map((c) => c.kind)).toContain('warranty_end')
  })
})

describe('a place that was closed', () => {
  it('takes nothing in, and what lies there can still be seen to', async () => {
    const closing = await cora.client(locations.create, { kind: 'stock_room', name: 'Cellar', parent: place.site })
    const at = { location: closing.id }
    const thing = await register(at)
    const item = await cora.client(stock.create, { name: 'Cable', category: toner, quantity: 3, ...at })
    const pool = await cora.client(loanPools.create, { name: 'Cellar pool', ...at })
    await cora.client(locations.edit, { id: closing.id, active: false })
    expect((await cora.client(stock.edit, { id: item.id, minimum: 1 })).minimum).toBe(1)
    expect((await cora.client(stock.edit, { id: item.id, note: 'wet', ...at })).note).toBe('wet')
    expect((await cora.client(loanPools.edit, { id: pool.id, note: 'wet', ...at })).note).toBe('wet')
    const lost = { id: thing.id, state: 'lost', reason: 'not on its shelf', ...at } as const
    expect((await tess.client(assets.changeState, lost)).state).toBe('lost')
    const invalid = [['location', expect.any(String)]]
    expect(await wrongOf(cora.client(stock.create, { name: 'Rope', category: toner, quantity: 3, ...at }))).toEqual(
      invalid,
    )
    expect(await wrongOf(cora.client(loanPools.create, { name: 'Next pool', ...at }))).toEqual(invalid)
    const other = await register()
    expect(await wrongOf(tess.client(assets.changeState, { ...lost, id: other.id }))).toEqual(invalid)
  })
})

describe('a selection', () => {
  it('is changed as a whole or not at all', async () => {
    const some = [await register(), await register(), await register()]
    const ids = some.map((a) => a.id)
    const change = { location: place.room, warrantyUntil: dateIn(50) }
    expect(await cora.client(assets.editMany, { assets: ids, change })).toEqual({ changed: 3, unchanged: 0 })
    expect(await cora.client(assets.editMany, { assets: ids, change })).toEqual({ changed: 0, unchanged: 3 })
    expect((await openOf(ids[2]!)).map((c) => c.kind)).toContain('warranty_end')
    await cora.client(assets.changeState, { id: ids[1]!, state: 'retired', reason: 'old one' })
    await disposed(ids[1]!)
    expect(await codeOf(cora.client(assets.editMany, { assets: ids, change: { location: place.shelf } }))).toBe(
      'assets.gone',
    )
    expect((await cora.client(assets.show, { id: ids[0]! })).location?.name).toBe('Berlin / 3.14')
  })
})

describe('stock', () => {
  it('is never less than nothing, and asks to be ordered below its minimum', async () => {
    const made = await cora.client(stock.create, {
      name: 'Toner 26X',
      category: toner,
      quantity: 3,
      minimum: 2,
      location: place.shelf,
    })
    const take = (n: number, who = tess) => who.client(stock.move, { id: made.id, change: -n, reason: 'printer 4' })
    expect((await take(1)).low).toBe(false)
    expect(await take(1)).toMatchObject({ quantity: 1, low: true })
    const waiting = async () =>
      (await tess.client(stock.show, { id: made.id })).commitments.map((c) => [c.title, c.phase])
    expect(await waiting()).toEqual([['Order Toner 26X', 'running']])
    expect((await tess.client(stock.list, { low: true })).items.map((s) => s.id)).toEqual([made.id])
    const both = await Promise.all([codeOf(take(1)), codeOf(take(1, cora))])
    expect(both.toSorted()).toEqual(['allowed', 'assets.not-enough'])
    await cora.client(stock.move, { id: made.id, change: 10, reason: 'delivered' })
    expect(await waiting()).toEqual([['Order Toner 26X', 'stopped']])
    await take(10)
    expect((await waiting()).map(([, phase]) => String(phase)).toSorted()).toEqual(['running', 'stopped'])
    expect(await codeOf(cora.client(stock.create, { name: 'Laptop', category: laptops }))).toBe(
      'assets.named-not-counted',
    )
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { assetAudits } from '../../contract/asset-audits.ts'
import { type Asset, assets } from '../../contract/assets.ts'
import { attestations, type Attestation } from '../../contract/attestations.ts'
import { calendars } from '../../contract/calendars.ts'
import { ApiError } from '../../contract/client.ts'
import { commitments } from '../../contract/commitments.ts'
import { custodies } from '../../contract/custody.ts'
import { locations } from '../../contract/locations.ts'
import { notifications } from '../../contract/notifications.ts'
import { sql } from '../platform/db.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let tess: TestPerson
let cora: TestPerson
let auditor: TestPerson
let shelf: string
let laptops: string
let made = 0

const person = () => server.person({ name: `Person ${made++}`, role: 'requester' })
/** A thing that a person has. */
async function given(to: TestPerson): Promise<Asset> {
  const asset = await cora.client(assets.register, { category: laptops, location: shelf })
  await cora.client(custodies.handOut, { assets: [asset.id], to: { kind: 'person', id: to.id } })
  return asset
}
const start = (...people: TestPerson[]) =>
  cora.client(attestations.start, {
    name: `Campaign ${made++}`,
    dueOn: '2090-05-01',
    who: { kind: 'people', people: people.map((one) => one.id) },
  })
const show = (campaign: Attestation) => cora.client(attestations.show, { id: campaign.id })
const asked = async (who: TestPerson) => (await who.client(attestations.mine, {})).items[0]!
const differences = async (campaign: Attestation) =>
  (await cora.client(attestations.differences, { id: campaign.id })).items
const holderOf = async (asset: Asset) => (await cora.client(assets.show, { id: asset.id })).holder?.id ?? null

beforeAll(async () => {
  server = await startTestServer({ work: true })
  tess = await server.person({ name: 'Tess Tech', role: 'technician' })
  cora = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
  auditor = await server.person({ name: 'Audrey', role: 'auditor' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: { mon: [{ from: '09:00', to: '17:00' }] },
  })
  shelf = (await cora.client(locations.create, { kind: 'stock_room', name: 'Store' })).id
  laptops = (await cora.client(assetCategories.create, { name: 'Laptops', class: 'device' })).id
})
afterAll(() => server.stop())

describe('a campaign', () => {
  it('asks each person once about what they have, and promises an answer', async () => {
    const [rita, tom, empty] = [await person(), await person(), await person()]
    const [a, b] = [await given(rita), await given(rita)]
    await given(tom)
    const campaign = await start(rita, tom, empty)
    expect(campaign).toMatchObject({ state: 'running', counts: { people: 2, items: 3, done: 0 } })
    await vi.waitFor(
      async () => {
        const { items } = await rita.client(notifications.list, {})
        expect(items.filter((n) => n.kind === 'attestation.asked').map((n) => n.sentence)).toEqual([
          expect.stringContaining('Cora Coordinator asks whether the 2 things you have are still yours'),
        ])
      },
      { timeout: 10_000 },
    )
    const mine = await asked(rita)
    expect(mine.items.map((item) => item.asset?.tag)).toEqual([a.tag, b.tag])
    expect((await empty.client(attestations.mine, {})).items).toEqual([])
    const promised = await cora.client(commitments.list, { subject: mine.id })
    expect(promised.items.map((c) => [c.kind, c.owner.name])).toEqual([['attestation_answer', rita.name]])
    expect((await cora.client(commitments.list, { subject: campaign.id })).items.map((c) => c.kind)).toEqual([
      'attestation_due',
    ])
    await cora.client(attestations.move, { id: campaign.id, dueOn: '2090-06-01' })
    await vi.waitFor(
      async () =>
        expect((await cora.client(commitments.list, { subject: mine.id })).items[0]?.dueAt?.slice(0, 10)).toBe(
          '2090-06-01',
        ),
      { timeout: 10_000 },
    )
  })

  it('is for keepers of the register, and names what is wrong', async () => {
    const rita = await person()
    const who = { kind: 'people' as const, people: [rita.id] }
    const base = { name: 'x', dueOn: '2090-01-01' }
    expect(await placeOf(cora.client(attestations.start, { ...base, who }))).toBe('who')
    expect(await placeOf(cora.client(attestations.start, { ...base, who: { kind: 'team' } }))).toBe('who')
    expect(await placeOf(cora.client(attestations.start, { ...base, dueOn: '2020-01-01', who }))).toBe('dueOn')
    expect(await placeOf(cora.client(attestations.start, { ...base, who, owner: randomUUID() }))).toBe('owner')
    expect(await placeOf(tess.client(attestations.start, { ...base, who }))).toBe('forbidden')
    expect(await placeOf(auditor.client(attestations.start, { ...base, who }))).toBe('forbidden')
    expect(await placeOf(rita.client(attestations.list, {}))).toBe('forbidden')
  })

  it('is of a place, a department, a team or everybody', async () => {
    const rita = await person()
    const asset = await given(rita)
    const place = (await cora.client(locations.create, { kind: 'site', name: 'Far away' })).id
    await cora.client(assets.edit, { id: asset.id, location: place })
    const of = async (who: object) =>
      (await cora.client(attestations.start, { name: 'x', dueOn: '2090-01-01', who: who as { kind: 'all' } })).counts
    expect(await of({ kind: 'location', id: place })).toMatchObject({ people: 1, items: 1 })
    expect((await of({ kind: 'all' })).people).toBeGreaterThan(1)
    const member = await server.person({ name: 'Member', role: 'requester', teams: ['Asked team'] })
    await given(member)
    expect(await of({ kind: 'team', id: await server.team('Asked team') })).toMatchObject({ people: 1 })
    expect(await placeOf(of({ kind: 'department', department: 'Nowhere' }))).toBe('who')
  })
})

describe('answers', () => {
  it('come from whoever is asked alone, or from a coordinator for them, which is said', async () => {
    const [rita, tom] = [await person(), await person()]
    const asset = await given(rita)
    const campaign = await start(rita)
    const mine = await asked(rita)
    const answers = [{ item: mine.items[0]!.id, answer: 'mine' as const }]
    expect(await placeOf(tom.client(attestations.answer, { id: mine.id, answers }))).toBe('not-found')
    expect(await placeOf(cora.client(attestations.answer, { id: mine.id, answers }))).toBe('not-found')
    const forHer = { id: campaign.id, person: rita.id, answers, done: true }
    expect(await placeOf(tess.client(attestations.answerFor, forHer))).toBe('forbidden')
    const done = await cora.client(attestations.answerFor, forHer)
    expect(done.items[0]).toMatchObject({ answeredBy: 'Cora Coordinator', forThem: true, asset: { tag: asset.tag } })
    const { items } = await cora.client(attestations.people, { id: campaign.id })
    expect(items).toMatchObject([{ answered: 1, doneBy: 'Cora Coordinator', forThem: true }])
  })

  it('are whole before a person is done, and can be given again', async () => {
    const rita = await person()
    const [a, b] = [await given(rita), await given(rita)]
    const campaign = await start(rita)
    const { id, items } = await asked(rita)
    const [first, second] = [items[0]!.id, items[1]!.id]
    const say = (input: object) => rita.client(attestations.answer, { id, ...input })
    expect(await placeOf(say({ answers: [{ item: first, answer: 'mine' }], done: true }))).toBe(
      'attestations.unanswered',
    )
    expect(await placeOf(say({ answers: [{ item: second, answer: 'not_mine' }] }))).toBe('attestations.say-where')
    expect(await placeOf(say({ answers: [{ item: randomUUID(), answer: 'mine' }] }))).toBe('answers')
    await say({ answers: [{ item: first, answer: 'not_mine', note: 'Tom has it' }] })
    expect((await show(campaign)).counts).toMatchObject({ notMine: 1, unsettled: 1, done: 0 })
    await say({ answers: [{ item: first, answer: 'mine' }] })
    expect((await show(campaign)).counts).toMatchObject({ mine: 1, notMine: 0, unsettled: 0 })
    // taken back meanwhile: nobody need say anything of it
    await cora.client(custodies.takeBack, { assets: [b.id] })
    const done = await say({ done: true })
    expect(done.doneAt).not.toBe(null)
    expect(done.items.find((item) => item.asset?.tag === b.tag)?.held).toBe(false)
    expect((await show(campaign)).counts).toMatchObject({ done: 1 })
    expect(await holderOf(a)).toBe(rita.id)
    await vi.waitFor(async () => expect((await cora.client(commitments.list, { subject: id })).items).toEqual([]), {
      timeout: 10_000,
    })
  })

  it('wait for the campaign before they hold a person: whoever settles has it in that order', async () => {
    const rita = await person()
    await given(rita)
    const campaign = await start(rita)
    const { id, items } = await asked(rita)
    const answers = [{ item: items[0]!.id, answer: 'mine' as const }]
    const waiting = sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    let saying: Promise<unknown>[] = []
    await server.db.transaction().execute(async (tx) => {
      await sql`select 1 from attestations where id = ${campaign.id} for update`.execute(tx)
      saying = [
        rita.client(attestations.answer, { id, answers }),
        cora.client(attestations.answerFor, { id: campaign.id, person: rita.id, answers }),
      ]
      await vi.waitFor(async () => expect((await waiting.execute(server.db)).rows[0]!.n).toBeGreaterThanOrEqual(2), {
        timeout: 5000,
      })
      await sql`select 1 from attestation_people where id = ${id} for update nowait`.execute(tx)
    })
    await Promise.all(saying)
    expect((await show(campaign)).counts).toMatchObject({ mine: 1, unsettled: 0 })
  })

  it('say once what is missing in the list', async () => {
    const rita = await person()
    await given(rita)
    const campaign = await start(rita)
    const { id } = await asked(rita)
    const gaps = [{ id: randomUUID(), note: 'A monitor, 27 inch' }]
    await rita.client(attestations.answer, { id, gaps })
    await rita.client(attestations.answer, { id, gaps })
    expect((await show(campaign)).counts).toMatchObject({ gaps: 1, unsettled: 1 })
  })
})

describe('differences', () => {
  it('call nothing lost that is with somebody else by now', async () => {
    const [rita, tom] = [await person(), await person()]
    const laptop = await given(rita)
    const campaign = await start(rita)
    const { id, items } = await asked(rita)
    const answers = [{ item: items[0]!.id, answer: 'not_mine' as const, note: 'Tom has it' }]
    await rita.client(attestations.answer, { id, answers, done: true })
    await cora.client(custodies.transfer, { assets: [laptop.id], to: { kind: 'person', id: tom.id } })
    const lost = { id: campaign.id, items: [items[0]!.id], remedy: 'lost' as const, reason: 'gone for good' }
    expect(await placeOf(cora.client(attestations.settle, lost))).toBe('attestations.not-held')
    expect(await cora.client(assets.show, { id: laptop.id })).toMatchObject({
      state: 'deployed',
      holder: { id: tom.id },
    })
  })

  it('give nobody what is in their list already, and say so', async () => {
    const [rita, tom] = [await person(), await person()]
    const [hers, passed] = [await given(rita), await given(rita)]
    const campaign = await start(rita)
    const { id } = await asked(rita)
    const gap = { id: randomUUID(), note: 'A laptop' }
    await rita.client(attestations.answer, { id, gaps: [gap] })
    await cora.client(custodies.transfer, { assets: [passed.id], to: { kind: 'person', id: tom.id } })
    const give = (asset: string) =>
      cora
        .client(attestations.settle, { id: campaign.id, items: [gap.id], remedy: 'give', asset })
        .catch((e: unknown) => (e instanceof ApiError ? e.body.fields : String(e)))
    for (const { tag } of [hers, passed])
      expect(await give(tag)).toMatchObject([
        { path: 'asset', message: expect.stringContaining('is in their list already') },
      ])
    expect(await holderOf(passed)).toBe(tom.id)
  })

  it('are not simply believed: each is settled, through custody or the life cycle', async () => {
    const [rita, tom] = [await person(), await person()]
    const things = [await given(rita), await given(rita), await given(rita), await given(rita)] as const
    const extra = await given(tom)
    const campaign = await start(rita)
    const { id, items } = await asked(rita)
    await rita.client(attestations.answer, {
      id,
      answers: items.map((item) => ({ item: item.id, answer: 'not_mine' as const, note: 'No idea' })),
      gaps: [{ id: randomUUID(), note: 'Toms laptop' }],
      done: true,
    })
    for (const thing of things) expect(await holderOf(thing)).toBe(rita.id)
    const promised = async () =>
      (await cora.client(commitments.list, { subject: campaign.id })).items.map((c) => [c.kind, c.owner.name])
    expect(await promised()).toEqual([
      ['attestation_problem', 'Cora Coordinator'],
      ['attestation_due', 'Cora Coordinator'],
    ])
    const open = await differences(campaign)
    const of = (thing: Asset) => open.find((item) => item.asset?.id === thing.id)!.id
    const gap = open.find((item) => item.answer === 'gap')!.id
    const settle = (
      one: string,
      remedy: 'keep' | 'take_back' | 'lost' | 'transfer' | 'give' | 'leave',
      more: object = {},
    ) => cora.client(attestations.settle, { id: campaign.id, items: [one], remedy, ...more })
    expect(await placeOf(cora.client(attestations.close, { id: campaign.id }))).toBe('attestations.unsettled')
    expect(await placeOf(settle(of(things[0]), 'lost'))).toBe('attestations.say-why')
    expect(await placeOf(settle(of(things[0]), 'transfer'))).toBe('to')
    expect(await placeOf(settle(gap, 'take_back'))).toBe('attestations.no-such-remedy')
    expect(
      await placeOf(tess.client(attestations.settle, { id: campaign.id, items: [gap], remedy: 'leave', reason: 'no' })),
    ).toBe('forbidden')
    await settle(of(things[0]), 'take_back', { location: shelf })
    await settle(of(things[1]), 'lost', { reason: 'gone for good' })
    await settle(of(things[2]), 'transfer', { to: tom.id })
    await settle(of(things[3]), 'keep', { reason: 'it is on her desk' })
    expect(await placeOf(settle(gap, 'give'))).toBe('asset')
    const last = await settle(gap, 'give', { asset: extra.tag })
    expect(last.attestation.counts.unsettled).toBe(0)
    expect(await holderOf(things[0])).toBe(null)
    expect((await cora.client(assets.show, { id: things[1].id })).state).toBe('lost')
    expect(await holderOf(things[2])).toBe(tom.id)
    expect(await holderOf(things[3])).toBe(rita.id)
    expect(await holderOf(extra)).toBe(rita.id)
    expect(await promised()).toEqual([['attestation_due', 'Cora Coordinator']])

    const before = (await tess.client(assetAudits.accuracy, {})).months.find((m) => m.kind === 'attestation')
    const closed = await cora.client(attestations.close, { id: campaign.id })
    expect(closed.state).toBe('closed')
    expect(before).toBe(undefined)
    expect((await tess.client(assetAudits.accuracy, {})).months.find((m) => m.kind === 'attestation')).toMatchObject({
      closed: 1,
      found: 0,
      missing: 4,
      new: 1,
      share: 0,
    })
    expect((await rita.client(attestations.mine, {})).items).toEqual([])
    expect(await placeOf(rita.client(attestations.answer, { id, done: true }))).toBe('attestations.over')
    const history = await cora.client(attestations.history, { id: campaign.id })
    expect(history.items[0]?.event?.sentence).toBe('closed the campaign: 0 of 5 as recorded')
  })
})

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Answer, Sent } from '../../contract/action.ts'
import { approvals } from '../../contract/approvals.ts'
import { assetCategories } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { calendars } from '../../contract/calendars.ts'
import { catalogue, catalogueSetup } from '../../contract/catalogue.ts'
import { commitments } from '../../contract/commitments.ts'
import { custodies } from '../../contract/custody.ts'
import { locations } from '../../contract/locations.ts'
import { notifications } from '../../contract/notifications.ts'
import { ticketTasks } from '../../contract/ticket-tasks.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { codeOf, placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let [rita, max, tess, otto, cora]: TestPerson[] = []
let category: string
let device: string
let made = 0

const soon = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 10_000 })

/** A laptop: a choice that costs more, a field that depends on another, the manager's approval, three tasks in two stages. */
const laptop = (over: object = {}) => ({
  name: `Laptop ${made++}`,
  summary: 'To work with',
  currency: 'EUR',
  price: { oneOff: 120_000, monthly: 0 },
  deliveryDays: 5,
  fields: [
    {
      key: 'size',
      label: 'Size',
      type: 'choice' as const,
      required: true,
      choices: ['14 inch', '16 inch'],
      prices: [{ choice: '16 inch', cost: { oneOff: 40_000, monthly: 0 } }],
    },
    { key: 'replaces', label: 'Replaces one', type: 'boolean' as const },
    {
      key: 'old',
      label: 'The old one',
      type: 'device' as const,
      required: true,
      showWhen: [{ field: 'replaces', is: ['yes'] }],
    },
    { key: 'for', label: 'For', type: 'person' as const },
  ],
  approval: { stages: [{ name: 'Manager', approvers: [{ kind: 'manager' as const }] }] },
  tasks: [
    { title: 'Order it', stage: 1, hours: 8 },
    { title: 'Prepare the account', stage: 1, hours: 8 },
    { title: 'Hand it over', stage: 2, hours: 4 },
  ],
  ...over,
})
async function published(over: object = {}): Promise<string> {
  const { id } = await cora!.client(catalogueSetup.create, { category, definition: laptop(over) })
  await cora!.client(catalogueSetup.publish, { id })
  return id
}
const place = (by: TestPerson, id: string, answers: object = { size: '14 inch' }) =>
  by.client(catalogue.order, { id, answers: answers as { size: string } })
const orderOf = (id: string, by = rita!) => by.client(catalogue.showOrder, { id })
const states = async (id: string) =>
  (await tess!.client(ticketTasks.list, { id })).items.map((t) => `${t.title}: ${t.held ? 'held' : t.state}`)

beforeAll(async () => {
  server = await startTestServer({ work: true })
  await server.queue('Desk', ['Desk team'])
  rita = await server.person({ name: 'Rita', role: 'requester' })
  max = await server.person({ name: 'Max', role: 'requester' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
  otto = await server.person({ name: 'Otto', role: 'technician', teams: ['Building team'] })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  await sql`update persons set manager_id = ${max.id} where id = ${rita.id}`.execute(server.db)
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])),
  })
  category = (await cora.client(catalogueSetup.createCategory, { name: 'Hardware' })).id
  const shelf = (await cora.client(locations.create, { kind: 'stock_room', name: 'Store' })).id
  const kind = (await cora.client(assetCategories.create, { name: 'Laptops', class: 'device' })).id
  device = (await cora.client(assets.register, { category: kind, location: shelf })).id
  await cora.client(custodies.handOut, { assets: [device], to: { kind: 'person', id: rita.id } })
})
afterAll(() => server.stop())

describe('an order', () => {
  it('is approved, done task by task, and resolved with the last one', async () => {
    const id = await published()
    const placed = await place(rita!, id, { size: '16 inch', replaces: true, old: device, for: max!.id })
    expect(placed).toMatchObject({ state: 'waiting', cost: { oneOff: 160_000, monthly: 0, currency: 'EUR' } })
    expect(placed.facts.map((f) => `${f.label}: ${f.text}`)).toEqual([
      'Size: 16 inch',
      'Replaces one: Yes',
      expect.stringMatching(/^The old one: \S+/),
      'For: Max',
    ])
    expect(placed.expectedAt).not.toBeNull()
    const { ticket } = placed
    const whole = await tess!.client(tickets.show, { id: ticket.id })
    expect(whole).toMatchObject({ kind: 'request', state: 'new', requester: { name: 'Rita' } })
    expect(whole.description).toContain('16 inch')
    expect(await states(ticket.id)).toEqual(['Order it: held', 'Prepare the account: held', 'Hand it over: held'])
    const [waits] = (await max!.client(approvals.mine, {})).items
    expect(waits).toMatchObject({ amount: { minor: 160_000, currency: 'EUR' }, requester: { name: 'Rita' } })
    const [order] = (await tess!.client(ticketTasks.list, { id: ticket.id })).items
    expect(await placeOf(tess!.client(ticketTasks.finish, { id: order!.id }))).toBe('tasks.held')
    await max!.client(approvals.decide, { id: waits!.id, approve: true })
    await soon(async () =>
      expect(await states(ticket.id)).toEqual(['Order it: open', 'Prepare the account: open', 'Hand it over: ahead']),
    )
    expect((await orderOf(ticket.id)).state).toBe('fulfilling')
    const promised = await cora!.client(commitments.list, { subject: order!.id })
    expect(promised.items.map((c) => [c.kind, c.owner.name])).toEqual([['ticket_task', 'Desk team']])
    for (const title of ['Prepare the account', 'Order it', 'Hand it over']) {
      const task = (await tess!.client(ticketTasks.list, { id: ticket.id })).items.find((one) => one.title === title)!
      expect(await tess!.client(ticketTasks.finish, { id: task.id, note: 'Fine' })).toMatchObject({
        state: 'done',
        endedBy: 'Tess',
      })
      expect(await placeOf(tess!.client(ticketTasks.finish, { id: task.id }))).toBe('tasks.over')
    }
    await soon(async () => expect((await orderOf(ticket.id)).state).toBe('done'))
    expect((await rita!.client(tickets.show, { id: ticket.id })).state).toBe('resolved')
    expect((await cora!.client(commitments.list, { subject: order!.id })).items).toEqual([])
  })

  it('is closed with the reason when it is refused', async () => {
    const { ticket } = await place(rita!, await published())
    const waits = (await max!.client(approvals.mine, {})).items.find((a) => a.subject.id === ticket.id)!
    await max!.client(approvals.decide, { id: waits.id, approve: false, comment: 'Yours is <new>' })
    await soon(async () => expect((await rita!.client(tickets.show, { id: ticket.id })).state).toBe('closed'))
    expect((await orderOf(ticket.id)).state).toBe('refused')
    const { items } = await rita!.client(tickets.timeline, { id: ticket.id })
    expect(items.flatMap((e) => e.note?.body ?? []).join()).toContain('Max did not approve this: Yours is &lt;new')
    expect(await states(ticket.id)).toEqual([
      'Order it: skipped',
      'Prepare the account: skipped',
      'Hand it over: skipped',
    ])
  })

  it('gets its tasks anew where it was refused, reopened and changed', async () => {
    const { ticket } = await place(rita!, await published(), { size: '16 inch' })
    const mine = async () =>
      (await max!.client(approvals.mine, {})).items.find((a) => a.subject.id === ticket.id && a.state === 'waiting')!
    await max!.client(approvals.decide, { id: (await mine()).id, approve: false, comment: 'Too dear' })
    await soon(async () => expect((await rita!.client(tickets.show, { id: ticket.id })).state).toBe('closed'))
    await rita!.client(tickets.reopen, { id: ticket.id, reason: 'The small one then' })
    await rita!.client(catalogue.changeOrder, { id: ticket.id, answers: { size: '14 inch' } })
    await max!.client(approvals.decide, { id: (await mine()).id, approve: true })
    await soon(async () =>
      expect((await states(ticket.id)).filter((state) => state.endsWith('open'))).toEqual([
        'Order it: open',
        'Prepare the account: open',
      ]),
    )
  })

  it('asks nobody any more about a ticket that is over, also where it was asked by hand', async () => {
    const ticket = await rita!.client(tickets.open, { title: 'May I?' })
    const asked = await tess!.client(approvals.ask, {
      about: { kind: 'ticket', id: ticket.id },
      title: 'May she?',
      definition: { stages: [{ name: 'Only', approvers: [{ kind: 'person', id: max!.id }] }] },
    })
    await tess!.client(tickets.resolve, { id: ticket.id, resolution: 'Not needed' })
    await soon(async () =>
      expect(
        (await max!.client(approvals.mine, {})).items.filter((a) => a.id === asked.id && a.state === 'waiting'),
      ).toEqual([]),
    )
  })

  it('must be approved anew when answers change, until something of it is done', async () => {
    const { ticket } = await place(rita!, await published())
    const first = (await max!.client(approvals.mine, {})).items.find((a) => a.subject.id === ticket.id)!
    await max!.client(approvals.decide, { id: first.id, approve: true })
    await soon(async () => expect((await states(ticket.id))[0]).toBe('Order it: open'))
    const changed = await rita!.client(catalogue.changeOrder, { id: ticket.id, answers: { size: '16 inch' } })
    expect(changed).toMatchObject({ state: 'waiting', cost: { oneOff: 160_000 } })
    expect(changed.approvals.map((a) => a.state)).toEqual(['waiting', 'void'])
    expect((await states(ticket.id))[0]).toBe('Order it: held')
    expect(await placeOf(max!.client(approvals.decide, { id: first.id, approve: true }))).toBe('approvals.over')
    // the same answers change nothing
    const again = await rita!.client(catalogue.changeOrder, { id: ticket.id, answers: { size: '16 inch' } })
    expect(again.approvals.map((a) => a.state)).toEqual(['waiting', 'void'])
    await max!.client(approvals.decide, { id: changed.approvals[0]!.id, approve: true })
    await soon(async () => expect((await states(ticket.id))[0]).toBe('Order it: open'))
    const [task] = (await tess!.client(ticketTasks.list, { id: ticket.id })).items
    await tess!.client(ticketTasks.finish, { id: task!.id })
    expect(await placeOf(rita!.client(catalogue.changeOrder, { id: ticket.id, answers: { size: '14 inch' } }))).toBe(
      'orders.begun',
    )
    expect(await placeOf(max!.client(catalogue.changeOrder, { id: ticket.id, answers: {} }))).toBe('not-found')
  })

  it('keeps its files when IT changes it, and shows those that come later', async () => {
    const upload = async (by: TestPerson, name: string) => {
      const form = new FormData()
      form.set('file', new File([name], name, { type: 'text/plain' }))
      const headers = { cookie: `${by.cookie.name}=${by.cookie.value}` }
      const answer = await fetch(`${server.base}/api/v1/files`, { method: 'POST', headers, body: form })
      return ((await answer.json()) as { id: string }).id
    }
    const id = await published({
      approval: null,
      fields: [
        { key: 'offer', label: 'Offer', type: 'file' },
        { key: 'why', label: 'Why', type: 'text' },
      ],
    })
    const offer = await upload(rita!, 'offer.txt')
    const { ticket } = await rita!.client(catalogue.order, { id, answers: { offer: [offer], why: 'Broken' } })
    const change = (by: TestPerson, answers: Sent<typeof catalogue.changeOrder>['answers']) =>
      by.client(catalogue.changeOrder, { id: ticket.id, answers })
    const texts = (order: Answer<typeof catalogue.changeOrder>) => order.facts.map((fact) => fact.text)
    // what is not named stays
    expect(texts(await change(tess!, { why: 'Stolen' }))).toEqual(['offer.txt', 'Stolen'])
    const report = await upload(tess!, 'report.txt')
    expect(texts(await change(tess!, { offer: [offer, report], why: 'Stolen' }))).toEqual([
      'offer.txt, report.txt',
      'Stolen',
    ])
    const { items } = await rita!.client(tickets.timeline, { id: ticket.id })
    expect(items.flatMap((entry) => (entry.note?.attachments ?? []).map(({ name }) => name))).toEqual(['report.txt'])
    // another of the same name is another
    const again = await upload(rita!, 'report.txt')
    expect((await change(rita!, { offer: [offer, again], why: 'Stolen' })).answers['offer']).toEqual([offer, again])
    expect(await placeOf(change(tess!, { offer: [await upload(rita!, 'hers.txt')] }))).toBe('answers.offer')
    expect(texts(await change(rita!, { offer: [], why: 'Stolen' }))).toEqual(['Stolen'])
  })

  it('is withdrawn by whoever ordered, and ended by hand like any ticket', async () => {
    const id = await published()
    const { ticket } = await place(rita!, id)
    const withdrawn = await rita!.client(catalogue.withdrawOrder, { id: ticket.id, reason: 'Found one' })
    expect(withdrawn).toMatchObject({ state: 'withdrawn', ticket: { state: 'closed' } })
    expect(withdrawn.approvals[0]?.state).toBe('withdrawn')
    expect(await placeOf(rita!.client(catalogue.withdrawOrder, { id: ticket.id }))).toBe('orders.over')
    const other = await place(rita!, id)
    await tess!.client(tickets.resolve, { id: other.ticket.id, resolution: 'Took one from the shelf' })
    await soon(async () => expect((await orderOf(other.ticket.id)).approvals[0]?.state).toBe('withdrawn'))
  })

  it('keeps the revision it was made with', async () => {
    const id = await published({ approval: null })
    const { ticket, revision } = await place(rita!, id)
    const { definition, version } = await cora!.client(catalogueSetup.show, { id })
    const other = { ...definition, fields: [{ key: 'why', label: 'Why', type: 'text' as const, required: true }] }
    const saved = await cora!.client(catalogueSetup.save, { id, version, definition: other })
    expect(saved).toMatchObject({ changed: true, revision })
    expect((await rita!.client(catalogue.show, { id })).fields.map((f) => f.key)).toContain('size')
    expect(await cora!.client(catalogueSetup.publish, { id })).toMatchObject({ changed: false, revision: revision + 1 })
    expect((await rita!.client(catalogue.show, { id })).fields.map((f) => f.key)).toEqual(['why'])
    expect((await orderOf(ticket.id)).fields.map((f) => f.key)).toContain('size')
    expect(await placeOf(place(rita!, id))).toBe('answers.why')
  })

  it('says what is wrong, and is not for everybody', async () => {
    const id = await published({ visibleTo: { departments: ['Sales'] } })
    expect(await placeOf(place(rita!, id))).toBe('not-found')
    expect((await rita!.client(catalogue.list, {})).items.some((s) => s.id === id)).toBe(false)
    await sql`update persons set department = 'Sales' where id = ${rita!.id}`.execute(server.db)
    expect((await rita!.client(catalogue.list, { q: 'laptop work' })).items.some((s) => s.id === id)).toBe(true)
    expect(await placeOf(place(rita!, id, { size: 'huge', replaces: true }))).toBe('answers.size answers.old')
    expect(await placeOf(place(rita!, id, { size: '14 inch', for: category }))).toBe('answers.for')
    // a device of somebody else
    await sql`update persons set department = 'Sales' where id = ${max!.id}`.execute(server.db)
    expect(await placeOf(place(max!, id, { size: '14 inch', replaces: true, old: device }))).toBe('answers.old')
    await cora!.client(catalogueSetup.retire, { id })
    expect(await placeOf(place(rita!, id))).toBe('not-found')
  })

  it('is kept as it is typed', async () => {
    const id = await published()
    const state = await rita!.client(catalogue.saveDraft, { id, answers: { replaces: true } })
    expect(state.asked).toEqual(['size', 'replaces', 'old', 'for'])
    expect(state.wrong.map((w) => w.key)).toEqual(['size', 'old'])
    expect(await rita!.client(catalogue.show, { id })).toMatchObject({ answers: { replaces: true }, hasDraft: true })
    expect((await max!.client(catalogue.show, { id })).answers).toEqual({})
    expect((await rita!.client(catalogue.discardDraft, { id })).discarded).toBe(true)
    expect((await rita!.client(catalogue.show, { id })).answers).toEqual({})
  })
})

describe('tasks', () => {
  it('of another team are seen and done by it, and nothing else of the ticket is', async () => {
    const building = await server.team('Building team')
    const id = await published({
      approval: null,
      tasks: [{ title: 'A badge', stage: 1, owner: { kind: 'team', id: building } }],
    })
    const { ticket } = await place(rita!, id)
    const [task] = (await otto!.client(ticketTasks.mine, {})).items
    expect(task).toMatchObject({ title: 'A badge', state: 'open', ticket: { title: '' } })
    expect(await placeOf(otto!.client(tickets.show, { id: ticket.id }))).toBe('not-found')
    await soon(async () =>
      expect((await otto!.client(notifications.list, {})).items[0]?.sentence).toContain('A task is yours now: A badge'),
    )
    expect(await placeOf(max!.client(ticketTasks.finish, { id: task!.id }))).toBe('not-found')
    await otto!.client(ticketTasks.give, { id: task!.id, owner: 'me' })
    expect((await otto!.client(ticketTasks.mine, { whose: 'mine' })).items.map((t) => t.id)).toEqual([task!.id])
    await otto!.client(ticketTasks.finish, { id: task!.id })
    await soon(async () => expect((await rita!.client(tickets.show, { id: ticket.id })).state).toBe('resolved'))
  })

  it('of nobody are listed to whoever has the ticket, and to the team of its queue', async () => {
    const ticket = await rita!.client(tickets.open, { title: 'A lamp' })
    const titles = async (person: TestPerson, whose: 'mine' | 'teams') =>
      (await person.client(ticketTasks.mine, { whose })).items
        .filter((task) => task.ticket.id === ticket.id)
        .map((task) => task.title)
    await tess!.client(ticketTasks.add, { id: ticket.id, title: 'Buy a bulb', stage: 1, hours: 1 })
    expect(await titles(tess!, 'teams')).toEqual(['Buy a bulb'])
    expect(await titles(tess!, 'mine')).toEqual([])
    expect(await titles(otto!, 'teams')).toEqual([])
    expect(await titles(rita!, 'teams')).toEqual([])
    await tess!.client(tickets.assign, { id: ticket.id, assignee: 'me' })
    expect(await titles(tess!, 'mine')).toEqual(['Buy a bulb'])
  })

  it('are added to any ticket, one stage after another, and left out with a reason', async () => {
    const ticket = await rita!.client(tickets.open, { title: 'Broken' })
    const add = (title: string, stage: number) =>
      tess!.client(ticketTasks.add, { id: ticket.id, title, stage, hours: 1 })
    await add('Second', 2)
    await add('First', 1)
    expect(await placeOf(rita!.client(ticketTasks.add, { id: ticket.id, title: 'x' }))).toBe('forbidden')
    // the stage below was added later, and what had begun goes on
    expect(await states(ticket.id)).toEqual(['First: open', 'Second: open'])
    const [first] = (await tess!.client(ticketTasks.list, { id: ticket.id })).items
    expect(await placeOf(tess!.client(ticketTasks.skip, { id: first!.id, reason: '' }))).toBe('reason')
    expect(await tess!.client(ticketTasks.skip, { id: first!.id, reason: 'Not needed' })).toMatchObject({
      state: 'skipped',
    })
    await tess!.client(tickets.resolve, { id: ticket.id, resolution: 'Done' })
    expect(await states(ticket.id)).toEqual(['First: skipped', 'Second: skipped'])
  })
})

it('a service is set up by who may, and not published with faults', async () => {
  expect(await placeOf(tess!.client(catalogueSetup.list, {}))).toBe('forbidden')
  const broken = { ...laptop(), currency: null }
  const { id, problems } = await cora!.client(catalogueSetup.create, { category, definition: broken })
  expect(problems).toEqual(['Say in which currency it costs something.'])
  expect(await placeOf(cora!.client(catalogueSetup.publish, { id }))).toBe('catalogue.no-currency')
  const who = { kind: 'person' as const, id: category }
  expect(
    await placeOf(
      cora!.client(catalogueSetup.create, { category, definition: laptop({ tasks: [{ title: 'x', owner: who }] }) }),
    ),
  ).toBe('definition.tasks')
  const stages = [{ name: 'x', approvers: [who] }]
  expect(
    await placeOf(cora!.client(catalogueSetup.create, { category, definition: laptop({ approval: { stages } }) })),
  ).toBe('definition.approval')
  expect(await placeOf(cora!.client(catalogueSetup.createCategory, { name: 'hardware' }))).toBe('name')
  const tried = await cora!.client(catalogueSetup.try, { id, answers: { size: '16 inch' } })
  expect(tried.cost.oneOff).toBe(160_000)
})

it('a category is renamed and closed by who sets up; what stands in a closed one is offered no more', async () => {
  const made = await cora!.client(catalogueSetup.createCategory, { name: 'Furniture' })
  const { id } = await cora!.client(catalogueSetup.create, { category: made.id, definition: laptop({ name: 'Desk' }) })
  await cora!.client(catalogueSetup.publish, { id })
  const offered = async () => (await rita!.client(catalogue.list, { q: 'Desk' })).items.map((one) => one.id)
  expect(await offered()).toContain(id)
  const edited = await cora!.client(catalogueSetup.editCategory, {
    id: made.id,
    version: made.version,
    name: 'Desks and chairs',
  })
  expect(edited).toMatchObject({ name: 'Desks and chairs', active: true, position: made.position })
  const again = { id: made.id, version: made.version, name: 'Chairs' }
  expect(await codeOf(cora!.client(catalogueSetup.editCategory, again))).toBe('stale')
  const other = await cora!.client(catalogueSetup.createCategory, { name: 'Plants' })
  expect(await placeOf(cora!.client(catalogueSetup.editCategory, { id: other.id, name: 'Desks and Chairs' }))).toBe(
    'name',
  )
  expect(await codeOf(tess!.client(catalogueSetup.editCategory, { id: made.id, name: 'Mine' }))).toBe('forbidden')
  await cora!.client(catalogueSetup.editCategory, { id: made.id, active: false })
  expect(await offered()).not.toContain(id)
  expect(await codeOf(place(rita!, id))).toBe('not-found')
})

it('an amount that is entered is judged where its field says so, and by nobody where it does not', async () => {
  const above = { minor: 100_000, currency: 'EUR' }
  const form = (adds: 'oneOff' | 'monthly' | null) => ({
    price: { oneOff: 10_000, monthly: 0 },
    months: 10,
    fields: [{ key: 'sum', label: 'Sum', type: 'money' as const, adds }],
    approval: { stages: [{ name: 'Manager', approvers: [{ kind: 'manager' as const }], above }] },
  })
  const sum = (id: string, minor: number) => rita!.client(catalogue.order, { id, answers: { sum: minor } })
  const once = await published(form('oneOff'))
  expect(await sum(once, 90_000)).toMatchObject({ state: 'fulfilling', cost: { oneOff: 100_000 } })
  const dear = await sum(once, 90_001)
  expect(dear).toMatchObject({ state: 'waiting', cost: { oneOff: 100_001 } })
  expect(dear.approvals[0]!.amount).toEqual({ minor: 100_001, currency: 'EUR' })
  const monthly = await published(form('monthly'))
  expect(await sum(monthly, 9001)).toMatchObject({ state: 'waiting', cost: { oneOff: 10_000, monthly: 9001 } })
  expect(await sum(await published(form(null)), 5_000_000)).toMatchObject({
    state: 'fulfilling',
    cost: { oneOff: 10_000, monthly: 0 },
  })
  expect(await placeOf(sum(once, 2e12))).toBe('answers.sum')
  const text = { ...form(null), fields: [{ key: 'x', label: 'X', type: 'text' as const, adds: 'oneOff' as const }] }
  expect(await codeOf(published(text))).toBe('catalogue.adds-no-amount')
})

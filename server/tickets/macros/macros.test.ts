import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { macros } from '../../../contract/macros.ts'
import { ticketTasks } from '../../../contract/ticket-tasks.ts'
import { tickets } from '../../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'

let server: TestServer
let tess: TestPerson
let otto: TestPerson
let cora: TestPerson
let rita: TestPerson
let team: string
let payroll: string

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Field', ['Field team'])
  payroll = await server.queue('Payroll', ['Payroll team'])
  team = await server.team('Field team')
  tess = await server.person({ name: 'Tess Tech', role: 'technician', teams: ['Field team'] })
  otto = await server.person({ name: 'Otto Other', role: 'technician', teams: ['Payroll team'] })
  cora = await server.person({ name: 'Cora', role: 'coordinator', teams: ['Field team'] })
  rita = await server.person({ name: 'Rita <b>Requester</b>', role: 'requester' })
})
afterAll(() => server.stop())

const opened = () => rita.client(tickets.open, { title: 'No "network" & no {{me.name}}', queue: 'Field' })
const names = async (who: TestPerson, q?: string) =>
  (await who.client(macros.list, q === undefined ? {} : { q })).items.map((one) => one.name)

describe('keeping macros', () => {
  it('has those of oneself, of the own teams and of everybody', async () => {
    await tess.client(macros.create, { name: 'Own of Tess', body: 'x' })
    await cora.client(macros.create, { name: 'Of the field', scope: 'team', team, body: 'x', keywords: 'cable switch' })
    await cora.client(macros.create, { name: 'Of all', scope: 'all', body: 'x' })
    expect(await names(tess)).toEqual(['Of all', 'Of the field', 'Own of Tess'])
    expect(await names(otto)).toEqual(['Of all'])
    expect(await names(cora)).toEqual(['Of all', 'Of the field'])
    expect(await names(tess, 'FIELD sw')).toEqual(['Of the field'])
  })

  it('lets coordinators keep those of others, and nobody those of somebody else', async () => {
    const wrong = { code: 'macros.not-yours' }
    await expect(tess.client(macros.create, { name: 'A', scope: 'all', body: 'x' })).rejects.toMatchObject(wrong)
    const [all] = (await tess.client(macros.list, { q: 'Of all' })).items
    expect(all!.refusals['edit']).toMatchObject(wrong)
    await expect(tess.client(macros.edit, { id: all!.id, name: 'B' })).rejects.toMatchObject(wrong)
    await expect(tess.client(macros.remove, { id: all!.id })).rejects.toMatchObject(wrong)
    const own = await tess.client(macros.create, { name: 'To share', body: 'x' })
    await expect(tess.client(macros.edit, { id: own.id, scope: 'all' })).rejects.toMatchObject(wrong)
    await expect(cora.client(macros.edit, { id: own.id, name: 'B' })).rejects.toMatchObject({ status: 404 })
    await expect(rita.client(macros.list, {})).rejects.toMatchObject({ status: 403 })
    expect(await tess.client(macros.edit, { id: own.id, name: 'Shared', version: 1 })).toMatchObject({ version: 2 })
    await expect(tess.client(macros.edit, { id: own.id, name: 'C', version: 1 })).rejects.toMatchObject({
      code: 'stale',
    })
    expect(await tess.client(macros.remove, { id: own.id })).toEqual({ removed: true })
  })

  it('says what is wrong with a text or an act, and where', async () => {
    const wrong = async (given: object) => {
      const error = await tess.client(macros.create, { name: 'M', ...given }).then(
        () => null,
        (thrown: { code: string; message: string; body: { fields?: { path: string }[] } }) => thrown,
      )
      return [error?.code, error?.body.fields?.[0]?.path, error?.message]
    }
    expect(await wrong({ body: '<p>Dear {{requestor.name}}</p>' })).toEqual([
      'macros.unknown-name',
      'body',
      expect.stringContaining('“requestor.name” at character 6 stands for nothing'),
    ])
    expect((await wrong({ body: 'Dear {{me.name' }))[0]).toBe('macros.unclosed')
    expect((await wrong({}))[0]).toBe('macros.nothing')
    expect((await wrong({ effects: [{ do: 'state', value: 'closed' }] })).slice(0, 2)).toEqual([
      'rules.value-unfit',
      'effects.0.value',
    ])
    expect((await wrong({ effects: [{ do: 'reply', value: 'x' }] }))[0]).toBe('rules.value-unfit')
    expect((await wrong({ effects: [{ do: 'queue', value: team }] }))[0]).toBe('rules.names-nothing')
  })
})

describe('using a macro', () => {
  it('fills in names, escaped and once, and says for what nothing is known', async () => {
    const ticket = await opened()
    const macro = await tess.client(macros.create, {
      name: 'Fill',
      body: '<p>Dear {{requester.name}} ({{requester.phone}}), {{ticket.subject}}: {{me.firstName}}</p>',
    })
    expect(await tess.client(macros.fill, { ticket: ticket.reference, id: macro.id })).toMatchObject({
      body: '<p>Dear Rita &lt;b&gt;Requester&lt;/b&gt; (), No "network" &amp; no {{me.name}}: Tess</p>',
      lacks: ['the phone of the requester'],
    })
    await expect(otto.client(macros.preview, { ticket: ticket.reference, body: 'x' })).rejects.toMatchObject({
      status: 404,
    })
    expect(await tess.client(macros.preview, { ticket: ticket.reference, body: '{{ticket.reference}}' })).toMatchObject(
      { body: `<p>${ticket.reference}</p>` },
    )
  })

  it('does what was left ticked with the answer, under the own name, and counts', async () => {
    const ticket = await opened()
    const macro = await tess.client(macros.create, {
      name: 'Ask and wait',
      body: '<p>Which device?</p>',
      effects: [
        { do: 'queue', value: payroll },
        { do: 'state', value: 'waiting_requester' },
        { do: 'urgency', value: '1' },
        { do: 'task', value: 'Look at the switch' },
      ],
    })
    const sent = await tess.client(tickets.addNote, {
      id: ticket.id,
      public: true,
      body: '<p>Which device, please?</p>',
      macro: { id: macro.id, version: macro.version, acts: [0, 1, 3] },
    })
    expect(sent).toMatchObject({
      queue: { name: 'Payroll' },
      state: 'waiting_requester',
      urgency: 2,
    })
    // it went out of her sight, last of all
    await expect(tess.client(tickets.show, { id: ticket.id })).rejects.toMatchObject({ status: 404 })
    expect((await cora.client(ticketTasks.list, { id: ticket.id })).items).toMatchObject([
      { title: 'Look at the switch' },
    ])
    const said = (await cora.client(tickets.timeline, { id: ticket.id })).items
    expect(
      said.some((entry) => entry.event?.sentence.includes('used the macro “Ask and wait”: put it in Payroll')),
    ).toBe(true)
    expect(
      (await rita.client(tickets.timeline, { id: ticket.id })).items.some((e) => e.event?.type === 'ticket.macro-used'),
    ).toBe(false)
    expect((await tess.client(macros.list, { q: 'Ask and wait' })).items).toMatchObject([{ used: 1 }])
  })

  it('does nothing at all where one act is refused, or the macro is another by now', async () => {
    const ticket = await opened()
    const macro = await cora.client(macros.create, {
      name: 'To Otto',
      scope: 'all',
      body: 'x',
      effects: [
        { do: 'state', value: 'in_progress' },
        { do: 'assignee', value: rita.id },
        { do: 'assignee', value: 'me' },
      ],
    })
    const send = (version: number, acts: number[], body = '<p>Hello</p>') =>
      tess.client(tickets.addNote, { id: ticket.id, public: true, body, macro: { id: macro.id, version, acts } })
    await expect(send(1, [0, 1])).rejects.toMatchObject({
      status: expect.toSatisfy((n: number) => n >= 400 && n < 500),
    })
    const after = await tess.client(tickets.show, { id: ticket.id })
    expect(after).toMatchObject({ state: 'new', lastNote: null })
    await expect(send(2, [0])).rejects.toMatchObject({ code: 'macros.changed' })
    await expect(send(1, [], '')).rejects.toMatchObject({ code: 'invalid' })
    await expect(
      rita.client(tickets.addNote, {
        id: ticket.id,
        public: true,
        body: 'x',
        macro: { id: macro.id, version: 1, acts: [0] },
      }),
    ).rejects.toMatchObject({ code: 'tickets.internal-for-it' })
    // what it does, without a word
    expect(await send(1, [0, 2], '')).toMatchObject({ state: 'in_progress', assignee: { id: tess.id }, lastNote: null })
  })
})

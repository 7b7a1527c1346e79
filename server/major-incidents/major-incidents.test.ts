import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sent } from '../../contract/action.ts'
import { calendars } from '../../contract/calendars.ts'
import { commitments } from '../../contract/commitments.ts'
import { majorIncidents } from '../../contract/major-incidents.ts'
import { notifications } from '../../contract/notifications.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { ticketParents } from '../../contract/ticket-parents.ts'
import { tickets } from '../../contract/tickets.ts'
import { codeOf, placeOf } from '../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { mailServerOf } from '../platform/mail-server.ts'

let server: TestServer
let cora: TestPerson
let tess: TestPerson
let otto: TestPerson
let rita: TestPerson
let sam: TestPerson

beforeAll(async () => {
  server = await startTestServer({
    config: {
      mail: {
        server: mailServerOf('smtp://127.0.0.1:1')!,
        from: { name: 'IT', address: 'it@brightwater.example' },
        bouncesTo: null,
      },
    },
  })
  await server.queue('Desk', ['Desk team'])
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
  otto = await server.person({ name: 'Otto', role: 'technician', teams: ['Building team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  sam = await server.person({ name: 'Sam', role: 'requester' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])),
  })
})
afterAll(() => server.stop())

const ticketOf = async () => (await rita.client(tickets.open, { title: 'No mail' })).id
const given = (more: Partial<Sent<typeof majorIncidents.declare>> = {}) => ({
  headline: 'Mail is down',
  affected: 'Everybody in Bergen',
  updateMinutes: 30,
  commander: cora.id,
  communications: tess.id,
  words: 'Mail has been down since eight. We are looking for the cause.',
  ...more,
})
const declared = async (more: Partial<Sent<typeof majorIncidents.declare>> = {}) =>
  tess.client(majorIncidents.declare, { id: await ticketOf(), ...given(more) })
const promised = async (by: TestPerson) =>
  (await by.client(commitments.list, {})).items.filter((one) => one.kind === 'incident_update')
const mails = async () =>
  (
    await sql<{ to: string; content: { news: string } }>`
      select to_address as "to", content from mails where kind = 'major-incident' order by id`.execute(server.db)
  ).rows.map(({ to, content }) => `${content.news} ${to}`)
const heard = async (who: TestPerson) =>
  (await who.client(notifications.list, {})).items.filter((one) => one.kind === 'major-incident.news')

it('is declared, told, promised again, ended, and told of in a report', async () => {
  const made = await declared({ persons: [sam.id], everyone: false, addresses: ['boss@holding.example'] })
  expect(made).toMatchObject({ state: 'live', headline: 'Mail is down', communications: { name: 'Tess' } })
  const [promise] = await promised(tess)
  expect(promise).toMatchObject({ owner: { name: 'Tess' }, phase: 'running', dueAt: made.nextUpdateAt })
  expect(Math.round((Date.parse(made.nextUpdateAt!) - Date.now()) / 60_000)).toBe(30)
  expect(await mails()).toEqual(['declared boss@holding.example'])
  expect(await heard(sam)).toHaveLength(1)
  // who asked reads it in the conversation, and is shown no banner of what is told to others
  expect((await rita.client(tickets.timeline, { id: made.ticket.id })).items.at(-1)).toMatchObject({
    note: { body: '<p>Mail has been down since eight. We are looking for the cause.</p>' },
  })
  expect((await sam.client(majorIncidents.live, {})).items.map((one) => one.id)).toEqual([made.id])
  expect(await codeOf(otto.client(majorIncidents.read, { id: made.id }))).toBe('not-found')

  const told = await tess.client(majorIncidents.update, {
    id: made.id,
    version: made.version,
    words: 'A disk is full.',
  })
  expect(told.updates.map(({ kind, kept }) => [kind, kept])).toEqual([
    ['declared', null],
    ['update', true],
  ])
  const [next, ...others] = (await promised(tess)).filter((one) => one.phase === 'running')
  expect(others).toEqual([])
  expect(next!.id).not.toBe(promise!.id)
  expect(await heard(sam)).toHaveLength(2)
  expect(
    await codeOf(tess.client(majorIncidents.update, { id: made.id, version: made.version, words: 'Once more' })),
  ).toBe('stale')

  const ended = await cora.client(majorIncidents.end, { id: made.id, words: 'Mail runs again.' })
  expect(ended).toMatchObject({ state: 'ended', nextUpdateAt: null, endedBy: 'Cora' })
  expect(ended.report).toContain('Mail is down')
  expect(ended.report).toContain('A disk is full.')
  expect(ended.report).toContain('none came late')
  expect((await promised(tess)).filter((one) => one.phase === 'running')).toEqual([])
  expect((await sam.client(majorIncidents.live, {})).items).toEqual([])
  expect((await sam.client(majorIncidents.read, { id: made.id })).report).toBe('')
  const sent = await cora.client(majorIncidents.saveReport, {
    id: made.id,
    version: ended.version,
    report: `${ended.report}\n\nWe watch the disks now.`,
    send: true,
  })
  expect(sent.reportSentAt).not.toBeNull()
  expect((await sam.client(majorIncidents.read, { id: made.id })).report).toContain('We watch the disks now.')
  expect(await mails()).toEqual(['declared', 'update', 'ended', 'report'].map((news) => `${news} boss@holding.example`))
  expect(await codeOf(cora.client(majorIncidents.update, { id: made.id, words: 'Too late' }))).toBe(
    'major-incidents.over',
  )
})

it('an update that came late is counted, and who does communications can change', async () => {
  const made = await declared({ everyone: true })
  await sql`update major_incidents set next_update_at = now() - interval '1 minute' where id = ${made.id}`.execute(
    server.db,
  )
  const late = await tess.client(majorIncidents.update, { id: made.id, words: 'Sorry, late.' })
  expect(late.updates.at(-1)).toMatchObject({ kept: false })
  const edited = await cora.client(majorIncidents.edit, { id: made.id, version: late.version, communications: cora.id })
  expect(edited).toMatchObject({ communications: { name: 'Cora' }, nextUpdateAt: late.nextUpdateAt, everyone: true })
  expect((await promised(cora)).filter((one) => one.phase === 'running').map((one) => one.owner.name)).toEqual(['Cora'])
  const faster = await cora.client(majorIncidents.edit, { id: made.id, updateMinutes: 10 })
  expect(Math.round((Date.parse(faster.nextUpdateAt!) - Date.now()) / 60_000)).toBe(10)
  expect((await promised(cora)).filter((one) => one.phase === 'running')).toHaveLength(1)
  // told to everybody: also who asked for nothing
  expect((await sam.client(majorIncidents.live, {})).items.map((one) => one.headline)).toContain('Mail is down')
  await cora.client(majorIncidents.end, { id: made.id, words: 'Over now.' })
  const { items } = await cora.client(majorIncidents.list, { state: 'ended' })
  expect(items.find((one) => one.id === made.id)).toMatchObject({ updates: 3, missed: 1 })
})

it('refuses what does not fit, in words', async () => {
  const id = await ticketOf()
  const act = (by: TestPerson, more: Partial<Sent<typeof majorIncidents.declare>> = {}) =>
    placeOf(by.client(majorIncidents.declare, { id, ...given(more) }))
  expect(await act(rita)).toBe('forbidden')
  expect(await act(otto)).toBe('not-found')
  expect(await act(tess, { commander: '0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000' })).toBe('commander')
  expect(await act(tess, { teams: ['0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000'] })).toBe('teams')
  expect(await act(tess, { updateMinutes: 1 })).toBe('updateMinutes')
  expect(await act(tess, { words: '' })).toBe('words')
  expect(await act(tess, { addresses: ['nobody'] })).toBe('addresses.0')
  const made = await tess.client(majorIncidents.declare, { id, ...given() })
  expect(await act(tess)).toBe('major-incidents.live-already')
  expect(await codeOf(otto.client(majorIncidents.update, { id: made.id, words: 'Not mine' }))).toBe('not-found')
  expect(await codeOf(tess.client(majorIncidents.saveReport, { id: made.id, report: 'Early' }))).toBe(
    'major-incidents.still-live',
  )
  // resolving the ticket ends no promise to stakeholders
  await tess.client(tickets.resolve, { id })
  expect((await promised(tess)).some((one) => one.phase === 'running')).toBe(true)
  expect(await tess.client(majorIncidents.end, { id: made.id, words: 'It was a disk.' })).toMatchObject({
    state: 'ended',
  })
  expect(await act(tess)).toBe('major-incidents.ticket-over')
})

it('is told to everybody no more once its ticket is confidential', async () => {
  const made = await declared({ persons: [sam.id] })
  expect((await otto.client(majorIncidents.read, { id: made.id })).headline).toBe('Mail is down')
  await cora.client(tickets.edit, { id: made.ticket.id, confidential: true })
  expect(await codeOf(otto.client(majorIncidents.read, { id: made.id }))).toBe('not-found')
  expect((await otto.client(majorIncidents.live, {})).items.map((one) => one.id)).not.toContain(made.id)
  // who was named is told on
  expect((await sam.client(majorIncidents.live, {})).items.map((one) => one.id)).toContain(made.id)
})

it('is told of a confidential ticket to those who are named alone', async () => {
  const id = await ticketOf()
  await cora.client(tickets.edit, { id, confidential: true })
  const trusted = await server.person({ name: 'Trudy', role: 'technician', teams: ['Desk team'], confidential: true })
  expect(await codeOf(trusted.client(majorIncidents.declare, { id, ...given() }))).toBe('major-incidents.confidential')
  const made = await trusted.client(majorIncidents.declare, {
    id,
    ...given({ everyone: false, communications: trusted.id, commander: trusted.id }),
  })
  expect(await codeOf(cora.client(majorIncidents.read, { id: made.id }))).toBe('not-found')
  expect(await codeOf(trusted.client(majorIncidents.edit, { id: made.id, everyone: true }))).toBe(
    'major-incidents.confidential',
  )
  expect((await cora.client(majorIncidents.list, {})).items.map((one) => one.id)).not.toContain(made.id)
})

it('tells whoever asked for a child of its ticket, or for one merged into it, and nobody else', async () => {
  const [child, merged] = [
    await sam.client(tickets.open, { title: 'No mail on my phone', queue: 'Desk' }),
    await otto.client(tickets.open, { title: 'Outlook is stuck', queue: 'Desk' }),
  ]
  const made = await declared({ everyone: false })
  const before = [(await heard(sam)).length, (await heard(otto)).length]
  expect(await codeOf(sam.client(majorIncidents.read, { id: made.id }))).toBe('not-found')
  await tess.client(ticketParents.set, { id: child.id, parent: made.ticket.id })
  await tess.client(ticketMerges.merge, { id: merged.id, into: made.ticket.id })
  await tess.client(majorIncidents.update, { id: made.id, words: 'A disk is full.' })
  expect([(await heard(sam)).length, (await heard(otto)).length]).toEqual(before.map((n) => n + 1))
  expect((await sam.client(majorIncidents.live, {})).items.map((one) => one.id)).toContain(made.id)
  expect((await sam.client(majorIncidents.read, { id: made.id })).ticket).toBeNull()
  // what became confidential is told to those who are named alone
  await tess.client(tickets.assign, { id: made.ticket.id, assignee: 'me' })
  await tess.client(tickets.edit, { id: made.ticket.id, confidential: true })
  await tess.client(majorIncidents.update, { id: made.id, words: 'It is being mended.' })
  expect((await heard(sam)).length).toBe(before[0]! + 1)
  expect(await codeOf(sam.client(majorIncidents.read, { id: made.id }))).toBe('not-found')
})

it('stands in the way of merging its ticket into another one until it is over', async () => {
  const [made, other] = [await declared({ everyone: false }), await ticketOf()]
  const merge = () => tess.client(ticketMerges.merge, { id: made.ticket.id, into: other })
  expect(await codeOf(merge())).toBe('tickets.merge-major')
  await tess.client(majorIncidents.end, { id: made.id, words: 'Mail works again.' })
  expect(await merge()).toMatchObject({ merged: { into: { id: other } } })
})

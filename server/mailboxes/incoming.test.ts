import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { incomingMails } from '../../contract/incoming-mails.ts'
import { mailboxes, type Mailbox } from '../../contract/mailboxes.ts'
import { tickets } from '../../contract/tickets.ts'
import { sql } from '../platform/db.ts'
import { type Mailing, mailing } from '../../test/support/mailing.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { mailSettings, startSmtp, type TestSmtp } from '../../test/support/smtp.ts'

let smtp: TestSmtp
let server: TestServer
let cora: TestPerson
let tess: TestPerson
let trusted: TestPerson
let rita: TestPerson
let box: Mailbox
let mail: Mailing
let queue: string

beforeAll(async () => {
  smtp = await startSmtp()
  server = await startTestServer({ config: { mail: mailSettings(smtp.url) } })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk'] })
  trusted = await server.person({ name: 'Trusted', role: 'coordinator', teams: ['Desk'], confidential: true })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  queue = await server.queue('Desk', ['Desk'])
  box = await cora.client(mailboxes.create, {
    name: 'IT desk',
    kind: 'gateway',
    addresses: ['desk@brightwater.example'],
    queue,
    unknownSenders: 'quarantine',
    outsiders: 'quarantine',
  })
  mail = await mailing(server, smtp, box.id)
})
afterAll(async () => {
  await server.stop()
  await smtp.close()
})
beforeEach(() => void (smtp.taken.length = 0))

const kept = async (subject: string, from = 'somebody@elsewhere.example') => {
  const { id, row } = await mail.takenIn({ from, subject, text: 'Please help.' })
  expect(row.state).toBe('quarantined')
  return id
}
const again = async (id: string) => {
  await mail.round()
  return cora.client(incomingMails.show, { id })
}

describe('a message that was kept apart', () => {
  it('shows what it says, its headers and why, and can be downloaded as it came', async () => {
    const id = await kept('Look at this')
    const shown = await cora.client(incomingMails.show, { id })
    expect(shown).toMatchObject({ state: 'quarantined', text: expect.stringContaining('Please help.'), ticket: null })
    expect(shown.steps).toEqual([expect.stringContaining('keeps unknown senders in quarantine')])
    expect(shown.headers.map((one) => one.name)).toContain('Subject')
    const raw = await fetch(`${server.base}/api/v1/incoming-mails/${id}/raw`, {
      headers: { cookie: `${cora.cookie.name}=${cora.cookie.value}` },
    })
    expect(raw.headers.get('content-disposition')).toContain('attachment')
    const { rows } = await sql<{ body: Buffer }>`select body from incoming_mails where id = ${id}`.execute(server.db)
    expect(Buffer.from(await raw.arrayBuffer())).toEqual(rows[0]!.body)
    const technician = await fetch(`${server.base}/api/v1/incoming-mails/${id}/raw`, {
      headers: { cookie: `${tess.cookie.name}=${tess.cookie.value}` },
    })
    expect(technician.status).toBe(404)
  })

  it('is opened as a ticket of a person who is recorded', async () => {
    const id = await kept('A new one')
    await cora.client(incomingMails.open, { id })
    const taken = await again(id)
    expect(taken).toMatchObject({ state: 'taken', ticket: { title: 'A new one' } })
    const ticket = await tess.client(tickets.show, { id: taken.ticket!.id })
    expect(ticket.requester?.name).toBe('somebody@elsewhere.example')
    await expect(cora.client(incomingMails.open, { id })).rejects.toMatchObject({ code: 'mailboxes.taken-already' })
  })

  it('is put into a ticket with one press, as a note for IT where its sender takes no part', async () => {
    const { row } = await mail.takenIn({ from: rita.email, subject: 'Mine' })
    const { reference } = await tess.client(tickets.show, { id: row.ticket_id! })
    const id = await kept(`About [${reference}]`, 'partner@elsewhere.example')
    const before = await cora.client(incomingMails.show, { id })
    expect(before.ticket?.reference).toBe(reference)
    await cora.client(incomingMails.link, { id, ticket: before.ticket!.id })
    expect(await again(id)).toMatchObject({ state: 'taken', ticket: { reference } })
    const notes = (await tess.client(tickets.timeline, { id: row.ticket_id! })).items.flatMap((one) => one.note ?? [])
    expect(notes).toMatchObject([{ public: false, mail: { standing: 'outsider' } }])
    const other = await kept('Nowhere', 'nowhere@elsewhere.example')
    await expect(cora.client(incomingMails.link, { id: other, ticket: 'INC-999999' })).rejects.toMatchObject({
      code: 'mailboxes.no-ticket',
    })
  })

  it('is set aside, and the sender is told so where that is wished', async () => {
    const quiet = await kept('Set me aside', 'quiet@elsewhere.example')
    await cora.client(incomingMails.refuse, { id: quiet })
    expect(await again(quiet)).toMatchObject({ state: 'refused' })
    await mail.sent()
    expect(smtp.taken.filter((one) => one.to.includes('quiet@elsewhere.example'))).toEqual([])
    smtp.taken.length = 0
    const told = await kept('Tell me', 'told@elsewhere.example')
    await cora.client(incomingMails.refuse, { id: told, answer: true })
    expect(await again(told)).toMatchObject({ state: 'refused' })
    expect((await mail.sent()).map((one) => one.to)).toEqual([['told@elsewhere.example']])
  })

  it('is tried again, also all of them at once, and limits do not hold then', async () => {
    await cora.client(mailboxes.edit, { id: box.id, limits: { perThread: 30, perSender: 2, newSenders: 500 } })
    const rows = await mail.takenTogether(
      Array.from({ length: 6 }, (_, i) => ({ from: rita.email, subject: `Storm ${i}` })),
    )
    const storm = rows.filter((one) => one.state === 'quarantined').map((one) => one.id)
    expect(storm.length).toBeGreaterThanOrEqual(4)
    expect(await cora.client(incomingMails.retryAll, { state: 'quarantined', ids: storm })).toEqual({
      begun: storm.length,
    })
    await mail.round()
    for (const id of storm) expect((await cora.client(incomingMails.show, { id })).state).toBe('taken')
    expect(await cora.client(incomingMails.retryAll, { state: 'parked' })).toEqual({ begun: 0 })
    await cora.client(mailboxes.edit, { id: box.id, limits: { perThread: 30, perSender: 60, newSenders: 500 } })
  })
})

describe('what is confidential', () => {
  it('is seen by those alone who see the ticket', async () => {
    const { row, id } = await mail.takenIn({ from: rita.email, subject: 'A complaint', text: 'About my manager.' })
    await tess.client(tickets.assign, { id: row.ticket_id!, assignee: tess.id })
    await tess.client(tickets.edit, { id: row.ticket_id!, confidential: true })
    const listed = async (who: TestPerson) =>
      (await who.client(incomingMails.list, { limit: 200 })).items.map((one) => one.id)
    expect(await listed(cora)).not.toContain(id)
    expect(await listed(trusted)).toContain(id)
    await expect(cora.client(incomingMails.show, { id })).rejects.toMatchObject({ status: 404 })
    expect(await tess.client(incomingMails.show, { id })).toMatchObject({ subject: 'A complaint' })
    // what a stranger writes to it is no business of the quarantine, which others read
    const { reference } = await tess.client(tickets.show, { id: row.ticket_id! })
    const stranger = await mail.takenIn({ from: 'x@elsewhere.example', subject: `[${reference}] gossip` })
    expect(stranger.row).toMatchObject({ state: 'taken', did: 'reply' })
    expect(await listed(cora)).not.toContain(stranger.id)
    // and the explanation knows no more than its reader
    const raw = Buffer.from(mail.raw({ from: rita.email, subject: `Re: [${reference}]` })).toString('base64')
    expect(await cora.client(incomingMails.explain, { raw })).toMatchObject({ action: 'open', ticket: null })
    expect(await trusted.client(incomingMails.explain, { raw })).toMatchObject({ action: 'reply', ticket: reference })
  })

  it('stays so in a mailbox all of whose mail is', async () => {
    const secret = await cora.client(mailboxes.create, {
      name: 'Personnel',
      kind: 'gateway',
      addresses: ['personnel@brightwater.example'],
      queue,
      confidential: true,
      unknownSenders: 'quarantine',
    })
    const { id, row } = await mail.takenIn({ from: 'new@elsewhere.example', subject: 'Private', mailbox: secret.id })
    expect(row.state).toBe('quarantined')
    await expect(cora.client(incomingMails.show, { id })).rejects.toMatchObject({ status: 404 })
    expect(await trusted.client(incomingMails.show, { id })).toMatchObject({ state: 'quarantined' })
    const { row: opened } = await mail.takenIn({
      from: rita.email,
      subject: 'Mine',
      mailbox: secret.id,
      cc: 'gossip@elsewhere.example',
    })
    expect((await trusted.client(tickets.show, { id: opened.ticket_id! })).confidential).toBe(true)
    expect(
      (await sql`select 1 from outside_participants where ticket_id = ${opened.ticket_id}`.execute(server.db)).rows,
    ).toEqual([])
  })
})

describe('an explanation', () => {
  it('is that of the intake, and stores nothing', async () => {
    const count = async () =>
      (await sql<{ n: number }>`select count(*) as n from incoming_mails`.execute(server.db)).rows[0]!.n
    const before = await count()
    const given = { from: 'nobody@elsewhere.example', subject: 'What would you do' }
    const explained = await cora.client(incomingMails.explain, { raw: Buffer.from(mail.raw(given)).toString('base64') })
    expect(explained.action).toBe('quarantine')
    expect(await count()).toBe(before)
    const { id } = await mail.takenIn(given)
    expect((await cora.client(incomingMails.show, { id })).steps).toEqual(explained.steps)
    await expect(tess.client(incomingMails.explain, { raw: 'eA==' })).rejects.toMatchObject({ status: 403 })
  })
})

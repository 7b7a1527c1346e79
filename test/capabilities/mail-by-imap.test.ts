import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailboxes } from '../../contract/mailboxes.ts'
import { tickets } from '../../contract/tickets.ts'
import { sql } from '../../server/platform/db.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from '../support/dovecot.ts'
import { arrived, type Postfix, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { mailSettings } from '../support/smtp.ts'

const why = whyNoPostfix() ?? whyNoDovecot()
if (why !== null) console.warn(`No conversation was led through Postfix and Dovecot: ${why}.`)

/** Mail goes out through Postfix and comes back into its mailbox, which Dovecot serves and Linchpin fetches by IMAP. */
describe.skipIf(why !== null)('a conversation by IMAP', () => {
  let postfix: Postfix
  let dovecot: Dovecot
  let server: TestServer
  let tess: TestPerson

  beforeAll(async () => {
    postfix = await startPostfix()
    dovecot = await startDovecot({ maildir: postfix.maildir })
    server = await startTestServer({ config: { mail: mailSettings(postfix.url) }, work: true })
    const cora = await server.person({ name: 'Cora', role: 'coordinator' })
    tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk'] })
    await cora.client(mailboxes.create, {
      name: 'IT desk',
      kind: 'imap',
      addresses: ['mailbox@brightwater.example'],
      queue: await server.queue('Desk', ['Desk']),
      connection: { host: '127.0.0.1', port: dovecot.port, encryption: 'never', user: 'desk' },
      secrets: { password: 'correct' },
    })
  })
  afterAll(async () => {
    await server?.stop()
    await dovecot?.stop()
    await postfix?.stop()
  })

  const send = async (given: { from: string; to?: string; subject: string; text: string; inReplyTo?: string }) => {
    const transport = createTransport({ host: '127.0.0.1', port: postfix.port, ignoreTLS: true })
    await transport.sendMail({ to: 'mailbox@brightwater.example', ...given })
    transport.close()
  }
  const takenIn = async (subject: string) => {
    for (let i = 0; i < 300; i++) {
      const { rows } = await sql<{ state: string; ticket_id: string; did: string }>`
        select state, ticket_id, did from incoming_mails where subject = ${subject} and state <> 'received' order by id desc limit 1`.execute(
        server.db,
      )
      if (rows[0] !== undefined) return rows[0]
      await pause(50)
    }
    throw new Error(`"${subject}" was not taken in; ${await postfix.log()}; ${await dovecot.log()}`)
  }

  it('is opened, answered, replied to from another address and passed on: one thread', async () => {
    await send({ from: 'Rita Holm <rita@example.test>', subject: 'No sound', text: 'My headset is silent.' })
    const { ticket_id: ticket } = await takenIn('No sound')
    const opened = await tess.client(tickets.show, { id: ticket })
    expect(opened).toMatchObject({ source: 'mail', requester: { name: 'Rita Holm' } })
    await arrived(postfix, 'rita@example.test', (one) => one.text?.includes(opened.reference) === true)

    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>Is it plugged in?</p>' })
    const letter = await arrived(postfix, 'rita@example.test', (one) => one.text?.includes('plugged in') === true)
    await sql`insert into person_emails (email, person_id, position) values ('rita.at.home@example.test', ${opened.requester!.id}, 1)`.execute(
      server.db,
    )
    const to = letter.parsed.replyTo!.value[0]!.address!
    const answer = { to, inReplyTo: letter.parsed.messageId! }
    await send({ ...answer, from: 'rita.at.home@example.test', subject: 'Re: No sound', text: 'Now it is.' })
    expect(await takenIn('Re: No sound')).toMatchObject({ state: 'taken', did: 'reply', ticket_id: ticket })
    // a colleague to whom she passed it on
    await send({ ...answer, from: 'max@example.test', subject: 'Re: Fwd: No sound', text: 'Mine is silent, too.' })
    expect(await takenIn('Re: Fwd: No sound')).toMatchObject({ state: 'taken', did: 'reply', ticket_id: ticket })
    const notes = (await tess.client(tickets.timeline, { id: ticket, limit: 100 })).items.flatMap(
      (one) => one.note ?? [],
    )
    expect(notes.map((one) => one.public)).toEqual([true, true, false])
    expect((await sql<{ n: number }>`select count(*) as n from tickets`.execute(server.db)).rows[0]!.n).toBe(1)
  })

  it('leaves everything in the mailbox, marked as read', async () => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: dovecot.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user: 'desk', pass: 'correct' },
      logger: false,
    })
    await client.connect()
    const unseen = async () => {
      const status = await client.status('INBOX', { unseen: true })
      return status === false ? null : status.unseen
    }
    for (let i = 0; i < 100 && (await unseen()) !== 0; i++) await pause(50)
    expect(await client.status('INBOX', { messages: true, unseen: true })).toMatchObject({ messages: 3, unseen: 0 })
    await client.logout()
  })
})

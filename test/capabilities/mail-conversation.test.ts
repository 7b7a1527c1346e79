import { execFileSync } from 'node:child_process'
import { createTransport } from 'nodemailer'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mail } from '../../contract/mail.ts'
import { mailboxes } from '../../contract/mailboxes.ts'
import { tickets } from '../../contract/tickets.ts'
import { mailServerOf } from '../../server/platform/mail-server.ts'
import { sql } from '../../server/platform/db.ts'
import { arrived, type Postfix, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { mailSettings } from '../support/smtp.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

function whyNotHere(): string | null {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' })
  } catch {
    return 'curl is not installed (Debian: apt-get install curl)'
  }
  return whyNoPostfix()
}
const why = whyNotHere()
if (why !== null) console.warn(`No conversation was led through a real Postfix: ${why}.`)

/** Mail goes out through Postfix, and comes back through its pipe to the gateway: the intake, the reactions and the sender work by themselves. */
describe.skipIf(why !== null)('a conversation through a real Postfix', () => {
  let postfix: Postfix
  let server: TestServer
  let cora: TestPerson
  let tess: TestPerson
  /** Not an account: a person who writes. */
  const rita = 'rita@example.test'
  // what comes back names its mail by the signed envelope sender: nothing else marks an address
  const settings = {
    ...mailSettings('smtp://127.0.0.1:9'),
    bouncesTo: { name: '', address: 'desk@brightwater.example' },
  }

  beforeAll(async () => {
    server = await startTestServer({ config: { mail: settings }, work: true })
    cora = await server.person({ name: 'Cora', role: 'coordinator' })
    tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk'] })
    const queue = await server.queue('Desk', ['Desk'])
    const { id } = await cora.client(mailboxes.create, {
      name: 'IT desk',
      kind: 'gateway',
      addresses: ['desk@brightwater.example'],
      queue,
    })
    const { key } = await cora.client(mailboxes.makeKey, { id })
    postfix = await startPostfix(() => ({ base: server.base, key }))
    settings.server = mailServerOf(postfix.url)!
  })
  afterAll(async () => {
    await postfix?.stop()
    await server?.stop()
  })

  const send = async (given: { from: string; to?: string; subject: string; text: string; inReplyTo?: string }) => {
    const transport = createTransport({ host: '127.0.0.1', port: postfix.port, ignoreTLS: true })
    await transport.sendMail({ to: 'desk@brightwater.example', ...given })
    transport.close()
  }
  const takenIn = async (subject: string) => {
    for (let i = 0; i < 200; i++) {
      const { rows } = await sql<{ state: string; ticket_id: string; did: string }>`
        select state, ticket_id, did from incoming_mails where subject = ${subject} and state <> 'received' order by id desc limit 1`.execute(
        server.db,
      )
      if (rows[0] !== undefined) return rows[0]
      await pause(50)
    }
    throw new Error(`"${subject}" was not taken in; ${await postfix.log()}`)
  }
  const notes = async (ticket: string) =>
    (await tess.client(tickets.timeline, { id: ticket, limit: 100 })).items.flatMap((one) => one.note ?? [])

  it('is opened, acknowledged, answered, replied to from another address and passed on: one thread', async () => {
    await send({ from: `Rita Holm <${rita}>`, subject: 'No sound', text: 'My headset is silent.' })
    const { ticket_id: ticket } = await takenIn('No sound')
    const opened = await tess.client(tickets.show, { id: ticket })
    expect(opened).toMatchObject({
      source: 'mail',
      requester: { name: 'Rita Holm' },
      description: '<p>My headset is silent.</p>',
    })
    const told = await arrived(postfix, rita, (one) => one.headers.get('auto-submitted') === 'auto-replied')
    expect(told.parsed.text).toContain(opened.reference)

    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>Is it <b>plugged in</b>?</p>' })
    const letter = await arrived(postfix, rita, (one) => one.text?.includes('plugged in') === true)
    expect(letter.parsed.headers.get('auto-submitted')).toBeUndefined()
    expect(letter.raw).toMatch(/^Return-Path: <desk\+[0-9a-f]{32}\.[0-9a-f]{20}@brightwater\.example>/im)

    // from another address of the same person, to the address that the letter gives
    await sql`insert into person_emails (email, person_id, position) values ('rita.at.home@example.test', ${opened.requester!.id}, 1)`.execute(
      server.db,
    )
    const to = letter.parsed.replyTo!.value[0]!.address!
    await send({ from: 'rita.at.home@example.test', to, subject: 'Now it is', text: 'Thank you.' })
    expect(await takenIn('Now it is')).toMatchObject({ state: 'taken', did: 'reply', ticket_id: ticket })

    // a colleague to whom it was forwarded answers to the same address
    await send({
      from: 'max@example.test',
      to,
      subject: 'Me too',
      text: 'Give me one.',
      inReplyTo: letter.parsed.messageId!,
    })
    expect(await takenIn('Me too')).toMatchObject({ state: 'taken', did: 'reply', ticket_id: ticket })
    expect((await notes(ticket)).map((one) => [one.public, one.mail?.standing ?? null])).toEqual([
      [true, null],
      [true, 'participant'],
      [false, 'outsider'],
    ])
    expect((await sql<{ n: number }>`select count(*) as n from tickets`.execute(server.db)).rows[0]!.n).toBe(1)
  })

  it('learns from what comes back that an address is dead, and opens nothing', async () => {
    await send({ from: 'Gone Person <gone.person@example.test>', subject: 'I am leaving', text: 'Today.' })
    await takenIn('I am leaving')
    for (let i = 0; i < 200; i++) {
      const found = (await cora.client(mail.bouncing, {})).items
      if (found.length > 0) break
      await pause(100)
    }
    expect((await cora.client(mail.bouncing, {})).items).toMatchObject([
      { address: 'gone.person@example.test', person: { name: 'Gone Person' }, status: '5.1.1' },
    ])
    expect((await sql<{ n: number }>`select count(*) as n from tickets`.execute(server.db)).rows[0]!.n).toBe(2)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendars } from '../../contract/calendars.ts'
import { mail } from '../../contract/mail.ts'
import { notificationPreferences, notifications } from '../../contract/notifications.ts'
import { tickets } from '../../contract/tickets.ts'
import { maySnoozeCommitment } from '../../server/commitments/public.ts'
import { mailOutlet, MailSender, testMail } from '../../server/mail/public.ts'
import {
  insertNotices,
  MailLinks,
  mailNotices,
  NotificationTimer,
  tellBouncing,
} from '../../server/notifications/public.ts'
import { sql } from '../../server/platform/db.ts'
import { mayTakeTicket } from '../../server/tickets/public.ts'
import { mailDigest } from '../../server/today/public.ts'
import { arrived, type Postfix, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { mailSettings } from '../support/smtp.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

const why = whyNoPostfix()
if (why !== null) console.warn(`The mailbox of a real Postfix was not looked at: ${why}.`)

describe.skipIf(why !== null)('a mailbox of a real Postfix', () => {
  let postfix: Postfix
  let server: TestServer
  let timer: NotificationTimer
  let sender: MailSender
  let cora: TestPerson
  let lena: TestPerson
  let tess: TestPerson
  /** A Tuesday, 07:29 in Berlin. */
  let now = Date.parse('2026-05-19T05:29:00Z')
  const rounds = async (minutes: number, step = 1) => {
    for (let passed = 0; passed < minutes; passed += step) {
      now += step * 60_000
      await timer.round()
      await sender.round()
    }
  }

  beforeAll(async () => {
    postfix = await startPostfix()
    const settings = mailSettings(postfix.url, { bouncesTo: { name: '', address: 'bounces@brightwater.example' } })
    server = await startTestServer({ config: { mail: settings } })
    const desk = { role: 'technician' as const, teams: ['Desk'] }
    tess = await server.person({ name: 'Tess', ...desk })
    lena = await server.person({ name: 'Lena', ...desk })
    cora = await server.person({ name: 'Cora', role: 'coordinator' })
    await server.queue('Desk', ['Desk'])
    await sql`update teams set lead_id = ${lena.id} where name = 'Desk'`.execute(server.db)
    const office = [{ from: '08:00', to: '17:00' }]
    await cora.client(calendars.create, {
      name: 'Office',
      zone: 'Europe/Berlin',
      week: { mon: office, tue: office, wed: office, thu: office, fri: office },
    })
    const { platform } = server.opened
    const links = new MailLinks(platform, {
      mayTake: mayTakeTicket,
      maySnooze: maySnoozeCommitment(platform.subjects),
      mayDecide: async () => false,
      mayRate: async () => false,
    })
    timer = new NotificationTimer(platform, { mail: mailOutlet(settings) }, () => now)
    sender = new MailSender(platform, settings, {
      composers: [mailNotices(platform, links), mailDigest(platform, links), testMail('http://127.0.0.1')],
      onBouncing: tellBouncing,
      clock: () => now,
    })
  })
  afterAll(async () => {
    await server?.stop()
    await postfix?.stop()
  })

  it('holds the digest of the day and one escalation', async () => {
    const late = await cora.client(tickets.open, { title: 'Payroll export fails', requester: cora.id })
    await tess.client(tickets.assign, { id: late.id, assignee: 'me' })
    await sql`update tickets set due_at = '2026-05-19T04:00:00Z' where id = ${late.id}`.execute(server.db)
    await cora.client(tickets.open, { title: 'Nobody has this yet', requester: cora.id })
    await sql`delete from notice_outbox`.execute(server.db)
    // what was done to the ticket was done before this Tuesday
    await sql`alter table events disable trigger user`.execute(server.db)
    await sql`update events set at = '2026-05-18' where subject_id = ${late.id}`.execute(server.db)
    await sql`alter table events enable trigger user`.execute(server.db)

    await timer.round()
    await rounds(3)
    const digest = await arrived(postfix, tess.email, (m) => m.subject?.includes('late') === true)
    expect(digest.parsed.subject).toMatch(/^Tue 19 May 2026: 1 late/)
    expect(digest.parsed.text).toContain(`${late.reference} Payroll export fails`)
    expect(digest.parsed.text).toContain('Nobody has this yet')
    expect(String(digest.parsed.html)).toContain('prefers-color-scheme: dark')
    expect(digest.parsed.headers.get('auto-submitted')).toBe('auto-generated')
    expect(digest.raw).toMatch(/^Return-Path: <bounces\+[0-9a-f]{32}\.[0-9a-f]{20}@brightwater\.example>/im)
    expect(digest.raw).toMatch(/^List-Unsubscribe:\s+</im)
    expect(digest.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im)

    await insertNotices(server.db, [
      {
        person: tess.id,
        kind: 'ladder',
        code: 'commitments.notice.late',
        params: { kind: 'resolution', known: 'yes', dueAt: '2026-05-19T05:00:00Z' },
        subject: { kind: 'ticket', id: late.id },
        cause: 'ladder:commitment:1:late',
        at: new Date(now).toISOString(),
      },
    ])
    await rounds(5 * 60, 10)
    const isEscalation = (subject: string | undefined) => subject?.startsWith('[Nobody acted]') === true
    const escalation = await arrived(postfix, lena.email, (m) => isEscalation(m.subject))
    expect(escalation.parsed.subject).toBe(`[Nobody acted] ${late.reference} Payroll export fails`)
    expect(escalation.parsed.text).toContain('Nobody acted for 2 h of working time.')
    expect(escalation.parsed.text).toContain('it was due on Tue 19 May 2026 07:00')
    expect(escalation.parsed.inReplyTo).toBe(`<ticket.${late.id}@brightwater.example>`)
    const all = await postfix.box(lena.email)
    expect(all.filter((one) => isEscalation(one.parsed.subject))).toHaveLength(1)
    const digests = (await postfix.box(tess.email)).filter(
      (one) => one.parsed.text?.startsWith('Good morning') === true,
    )
    expect(digests).toHaveLength(1)
  })

  const moved = async (person: TestPerson, address: string) => {
    await sql`update accounts set email = ${address} where id = ${person.account}`.execute(server.db)
    await cora.client(mail.test, {})
  }
  const latest = async () => (await cora.client(mail.list, { person: cora.id })).items[0]!
  const handIn = async (raw: string, key: string, type = 'message/rfc822') =>
    fetch(`${server.base}/api/v1/mail/bounces`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      body: raw,
    })

  it('is refused by a mailbox that does not exist, and the address is marked at once', async () => {
    await moved(cora, 'unknown.cora@example.test')
    now = Date.now()
    await rounds(2)
    expect(await latest()).toMatchObject({ state: 'failed', reply: expect.stringContaining('5.1.1') })
    expect((await cora.client(mail.bouncing, {})).items).toMatchObject([
      { address: 'unknown.cora@example.test', status: '5.1.1' },
    ])
    await cora.client(mail.clearBouncing, { address: 'unknown.cora@example.test' })
  })

  it('sends back what it took for a mailbox that is gone, and the report marks mail and person', async () => {
    await moved(cora, 'gone.cora@example.test')
    now = Date.now()
    await rounds(2)
    expect(await latest()).toMatchObject({ state: 'sent', bouncedAt: null })
    const { raw } = await arrived(postfix, 'bounces@brightwater.example')
    const { key } = await server.key('coordinator')
    const technician = await server.key('technician')
    expect((await handIn(raw, technician.key)).status).toBe(403)
    expect((await handIn(raw, 'no key')).status).toBe(401)
    expect((await handIn('Subject: hello\r\n\r\nNo report.', key)).status).toBe(400)
    expect((await handIn('{}', key, 'application/json')).status).toBe(415)
    // somebody else's report under a return path that we did not sign, about a mail we did not send
    const forged = raw
      .replace(
        /bounces\+[0-9a-f]{32}\.[0-9a-f]{20}@/g,
        'bounces+00000000000070008000000000000000.00000000000000000000@',
      )
      .replace(/^Message-ID: <[^>]+>/gim, 'Message-ID: <other@example.org>')
    expect((await handIn(forged, key)).status).toBe(404)
    expect((await cora.client(mail.bouncing, {})).items).toEqual([])

    const answer = await handIn(raw, key)
    expect([answer.status, await answer.json()]).toEqual([200, { mail: (await latest()).id, bouncing: true }])
    expect(await latest()).toMatchObject({
      state: 'sent',
      why: expect.stringContaining('came back'),
      bouncedAt: expect.any(String),
    })
    expect((await cora.client(mail.bouncing, {})).items).toMatchObject([
      { address: 'gone.cora@example.test', status: '5.1.1' },
    ])
    expect((await cora.client(mail.bouncing, { person: tess.id })).items).toEqual([])
    expect((await cora.client(notificationPreferences.show, {})).mail.bouncing?.address).toBe('gone.cora@example.test')
    const told = (await cora.client(notifications.list, { unread: true })).items.filter(
      (one) => one.kind === 'mail-bounced',
    )
    expect(told[0]!.sentence).toContain('gone.cora@example.test')
    // a second copy of the report says nothing new
    expect((await handIn(raw, key)).status).toBe(200)
    await cora.client(mail.test, {})
    await rounds(2)
    expect(await latest()).toMatchObject({ state: 'failed', why: expect.stringContaining('sent mail back before') })
  })
})

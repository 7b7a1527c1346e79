import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mailboxes, type Mailbox } from '../../contract/mailboxes.ts'
import { ticketMail } from '../../contract/ticket-mail.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { tickets } from '../../contract/tickets.ts'
import { sql } from '../platform/db.ts'
import { gatherKnown } from './gather-known.ts'
import { allMailboxes } from './mailboxes-store.ts'
import { readStorable } from './read-storable.ts'
import { codeOf } from '../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { mailSettings, startSmtp, type TestSmtp } from '../../test/support/smtp.ts'
import { type Mailing, mailing } from '../../test/support/mailing.ts'

let smtp: TestSmtp
let server: TestServer
let cora: TestPerson
let tess: TestPerson
let rita: TestPerson
let queue: string
let box: Mailbox
let mail: Mailing

beforeAll(async () => {
  smtp = await startSmtp()
  server = await startTestServer({
    config: { mail: mailSettings(smtp.url, { bouncesTo: { name: '', address: 'bounces@brightwater.example' } }) },
  })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  queue = await server.queue('Desk', ['Desk'])
  box = await cora.client(mailboxes.create, {
    name: 'IT desk',
    kind: 'gateway',
    addresses: ['desk@brightwater.example'],
    queue,
    authservId: 'mx.brightwater.example',
  })
  mail = await mailing(server, smtp, box.id)
})
afterAll(async () => {
  await server.stop()
  await smtp.close()
})
beforeEach(() => void (smtp.taken.length = 0))

const edit = (given: object) => cora.client(mailboxes.edit, { id: box.id, ...given })
const notesOf = async (ticket: string) =>
  (await tess.client(tickets.timeline, { id: ticket, limit: 200 })).items.flatMap((one) =>
    one.note === null ? [] : [{ ...one.note, by: one.by }],
  )
const show = (id: string) => tess.client(tickets.show, { id })

describe('a ticket that was merged into another', () => {
  it('answers to it come to the one that goes on, from whoever took part in either', async () => {
    const first = await mail.takenIn({ from: rita.email, subject: 'No network' })
    const [told] = await mail.sent()
    const { id: other } = await tess.client(tickets.open, { title: 'Floor 2 is offline', queue })
    const loser = await tess.client(ticketMerges.merge, { id: first.row.ticket_id!, into: other })
    const { row } = await mail.takenIn({
      from: rita.email,
      subject: `Re: [${loser.reference}] No network`,
      text: 'Still nothing',
      headers: `In-Reply-To: ${told!.parsed.messageId}`,
    })
    expect(row).toMatchObject({ did: 'reply', ticket_id: other })
    expect(await notesOf(other)).toContainEqual(
      expect.objectContaining({
        body: '<p>Still nothing</p>',
        from: null,
        mail: expect.objectContaining({ standing: 'participant' }),
      }),
    )
    // by its reference alone, too; and taken apart, to itself again
    const { row: named } = await mail.takenIn({ from: rita.email, subject: `Re: ${loser.reference}`, text: 'Hello?' })
    expect(named.ticket_id).toBe(other)
    await tess.client(ticketMerges.takeApart, { id: loser.id })
    const { row: back } = await mail.takenIn({ from: rita.email, subject: `Re: ${loser.reference}`, text: 'Now' })
    expect(back.ticket_id).toBe(loser.id)
  })
})

describe('a mail that belongs to nothing', () => {
  it('opens a ticket for whoever wrote, which is acknowledged with its number and its due moment', async () => {
    const { row } = await mail.takenIn({
      from: rita.email,
      subject: 'Re: Fwd: Printer on fire',
      text: 'It burns.\n\n-- \nRita',
    })
    expect(row).toMatchObject({ state: 'taken', did: 'opened' })
    const ticket = await show(row.ticket_id!)
    expect(ticket).toMatchObject({
      title: 'Printer on fire',
      description: '<p>It burns.</p>',
      source: 'mail',
      requester: { id: rita.id },
      queue: { name: 'Desk' },
      mail: { from: { address: rita.email }, standing: 'participant' },
    })
    expect(ticket.folded).toContain('Rita')
    const [told] = await mail.sent()
    expect(told!.to).toEqual([rita.email])
    expect(told!.parsed.text).toContain(ticket.reference)
    expect(told!.parsed.headers.get('auto-submitted')).toBe('auto-replied')
    expect(told!.parsed.inReplyTo).toBe(row.message_id)
    expect(told!.parsed.from?.value[0]).toMatchObject({ address: 'desk@brightwater.example', name: 'IT desk' })
  })

  it('records a person whom nobody knew, or does as the mailbox is set', async () => {
    const { row } = await mail.takenIn({ from: 'New Person <new@example.test>', subject: 'Hello' })
    expect(row.did).toBe('opened-for-new')
    expect((await show(row.ticket_id!)).requester?.name).toBe('New Person')
    await edit({ unknownSenders: 'quarantine' })
    const kept = await mail.takenIn({ from: 'other@example.test', subject: 'Hello' })
    expect(kept.row).toMatchObject({ state: 'quarantined', ticket_id: null })
    await edit({ unknownSenders: 'refuse' })
    await mail.sent()
    smtp.taken.length = 0
    const refused = await mail.takenIn({ from: 'other@example.test', subject: 'Hello again' })
    expect(refused.row.state).toBe('refused')
    const [told] = await mail.sent()
    expect([told!.to, told!.parsed.subject]).toEqual([
      ['other@example.test'],
      'Your message was not taken: Hello again',
    ])
    await edit({ unknownSenders: 'create' })
  })

  it('that staff forwards is a ticket of whoever wrote it', async () => {
    const text = `Please help her.\n\n---------- Forwarded message ---------\nFrom: Rita <${rita.email}>\nDate: Tue, 19 May 2026\nSubject: Screen\nTo: Tess\n\nMy screen flickers.`
    const { row } = await mail.takenIn({ from: tess.email, subject: 'Fwd: Screen', text })
    expect((await show(row.ticket_id!)).requester?.id).toBe(rita.id)
  })

  it('that is too large is refused politely, and kept', async () => {
    await edit({ mostBytes: 10_000 })
    const { row } = await mail.takenIn({ from: rita.email, subject: 'Big', text: 'x\n'.repeat(8000) })
    expect(row.state).toBe('refused')
    const told = (await mail.sent()).find((one) => one.parsed.subject === 'Your message was too large: Big')
    expect(told?.parsed.text).toContain('this mailbox takes up to 1 MB')
    await edit({ mostBytes: 25 * 1024 * 1024 })
  })
})

describe('an answer', () => {
  let ticket: string
  let reference: string
  let first: string
  beforeEach(async () => {
    const { row } = await mail.takenIn({
      from: rita.email,
      subject: 'Laptop',
      to: 'desk@brightwater.example',
      cc: 'cc@elsewhere.example',
    })
    ticket = row.ticket_id!
    first = row.message_id!
    reference = (await show(ticket)).reference
    await mail.sent()
    smtp.taken.length = 0
  })
  const reply = async () => {
    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>Which <b>laptop</b>?</p>' })
    return mail.sent()
  }

  it('of IT goes out as a real mail in the conversation, once to each', async () => {
    const letters = await reply()
    expect(letters.flatMap((one) => one.to).toSorted()).toEqual(['cc@elsewhere.example', rita.email].toSorted())
    const own = letters.find((one) => one.to[0] === rita.email)!
    expect(own.parsed).toMatchObject({
      subject: expect.stringContaining(`[${reference}/`),
      inReplyTo: expect.any(String),
    })
    expect(own.parsed.text).toContain('Which laptop?')
    expect(own.parsed.html).toContain('<b>laptop</b>')
    expect([own.parsed.references].flat()).toContain(first)
    expect(own.parsed.headers.get('auto-submitted')).toBeUndefined()
    expect(own.parsed.replyTo?.value[0]?.address).toMatch(/^desk\+[0-9a-f]{32}\.[0-9a-f]{20}@brightwater\.example$/)
    // the notice of the same reply is in the app, and is not mailed too
    const { rows } = await sql<{
      params: object
    }>`select params from notifications where person_id = ${rita.id} and subject_id = ${ticket}`.execute(server.db)
    expect(rows).toMatchObject([{ params: { letter: true } }])
  })

  it('goes to those who take part, until an address is left out', async () => {
    const shown = await tess.client(ticketMail.show, { id: ticket })
    expect(shown).toMatchObject({
      answered: true,
      from: 'desk@brightwater.example',
      outside: [{ address: 'cc@elsewhere.example' }],
    })
    expect(shown.to.map((one) => one.address).toSorted()).toEqual(['cc@elsewhere.example', rita.email].toSorted())
    // whoever takes no part is left out already; who asked does not decide who takes part
    const stranger = { id: ticket, address: 'nobody@elsewhere.example' }
    expect(await tess.client(ticketMail.leaveOut, stranger)).toEqual(shown)
    expect(await codeOf(rita.client(ticketMail.leaveOut, stranger))).toBe('forbidden')
    await tess.client(ticketMail.leaveOut, { id: ticket, address: 'cc@elsewhere.example' })
    expect((await reply()).map((one) => one.to)).toEqual([[rita.email]])
    const { row } = await mail.takenIn({ from: 'cc@elsewhere.example', subject: 'Still me', inReplyTo: first })
    expect((await notesOf(ticket)).find((one) => one.id === row.note_id)).toMatchObject({ public: false })
  })

  it('finds its ticket by the token, by any mail of the conversation and by the number, and by nothing else', async () => {
    const [letter] = (await reply()).filter((one) => one.to[0] === rita.email)
    const byToken = await mail.takenIn({
      from: rita.email,
      subject: 'No number',
      to: letter!.parsed.replyTo!.value[0]!.address!,
    })
    const byOurs = await mail.takenIn({ from: rita.email, subject: 'No number', inReplyTo: letter!.parsed.messageId })
    const byTheirs = await mail.takenIn({
      from: rita.email,
      subject: 'No number',
      references: `<other@x.example> ${first}`,
    })
    const byNumber = await mail.takenIn({ from: rita.email, subject: `About ${reference}` })
    for (const { row } of [byToken, byOurs, byTheirs, byNumber])
      expect(row).toMatchObject({ did: 'reply', ticket_id: ticket })
    const byIndex = await mail.takenIn({
      from: rita.email,
      subject: 'Laptop',
      headers: 'Thread-Index: AQHZx0000000000000000000000000000w==',
    })
    expect(byIndex.row).toMatchObject({ did: 'opened' })
    expect((await notesOf(ticket)).filter((one) => one.mail !== null)).toHaveLength(4)
  })

  it('of the same person from another address belongs to the conversation', async () => {
    await sql`insert into person_emails (email, person_id, position) values ('rita.private@home.example', ${rita.id}, 1) on conflict do nothing`.execute(
      server.db,
    )
    const { row } = await mail.takenIn({ from: 'rita.private@home.example', subject: 'Re: Laptop', inReplyTo: first })
    expect(row).toMatchObject({ did: 'reply', ticket_id: ticket, person_id: rita.id })
  })

  it('that follows what is done reopens it, or opens one that follows, once', async () => {
    await tess.client(tickets.resolve, { id: ticket, resolution: '<p>Done.</p>' })
    await mail.takenIn({ from: rita.email, subject: 'Re: Laptop', inReplyTo: first })
    expect(await show(ticket)).toMatchObject({ state: 'in_progress', reopenCount: 1 })
    await edit({ closedTickets: 'follow_up' })
    await tess.client(tickets.resolve, { id: ticket, resolution: '' })
    const next = await mail.takenIn({ from: rita.email, subject: 'Re: Laptop', inReplyTo: first })
    expect(next.row).toMatchObject({ did: 'opened' })
    const again = await mail.takenIn({ from: rita.email, subject: 'Re: Laptop', text: 'And more', inReplyTo: first })
    expect(again.row).toMatchObject({ did: 'reply', ticket_id: next.row.ticket_id })
    expect(await show(ticket)).toMatchObject({ state: 'resolved', reopenCount: 1 })
    await edit({ closedTickets: 'reopen' })
  })

  it('of somebody who works on tickets answers it, and its clock hears so', async () => {
    const { row } = await mail.takenIn({ from: tess.email, subject: `Re: [${reference}]`, text: 'Restart it.' })
    const note = (await notesOf(ticket)).find((one) => one.id === row.note_id)!
    expect(note).toMatchObject({ public: true, by: { id: tess.id, kind: 'person' } })
  })

  it('keeps its attachments, shows its images and folds what it quotes', async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    const html = `<div>See <img src="cid:shot@x"> here</div><div>On Tue, 19 May 2026 at 09:00, Tess Berg wrote:<br><blockquote type="cite">Which laptop exactly?</blockquote></div>`
    const raw = [
      `From: ${rita.email}`,
      'To: desk@brightwater.example',
      `Subject: Re: Laptop`,
      'Message-ID: <with.parts@example.test>',
      `In-Reply-To: ${first}`,
      'Date: Tue, 19 May 2026 10:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      html,
      '--b',
      'Content-Type: image/png; name=shot.png',
      'Content-ID: <shot@x>',
      'Content-Transfer-Encoding: base64',
      '',
      png,
      '--b',
      'Content-Type: image/svg+xml; name=evil.svg',
      'Content-Disposition: attachment; filename="../evil.svg"',
      '',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      '--b--',
      '',
    ].join('\r\n')
    const { row } = await mail.takenIn({ raw })
    const note = (await notesOf(ticket)).find((one) => one.id === row.note_id)!
    const shot = note.attachments.find((one) => one.name === 'shot.png')!
    expect(note.body).toContain(`<img src="/api/v1/files/${shot.id}"`)
    expect(note.body).not.toContain('Which laptop')
    expect(note.folded).toContain('Which laptop exactly?')
    const evil = note.attachments.find((one) => one.name === 'evil.svg')!
    const served = await fetch(`${server.base}/api/v1/files/${evil.id}`, {
      headers: { cookie: `${tess.cookie.name}=${tess.cookie.value}` },
    })
    expect(served.headers.get('content-disposition')).toContain('attachment')
    expect(served.headers.get('content-type')).toBe('application/octet-stream')
  })
})

describe('known failures of others', () => {
  let ticket: string
  let first: string
  let reference: string
  beforeEach(async () => {
    const { row } = await mail.takenIn({ from: rita.email, subject: 'Contract' })
    ticket = row.ticket_id!
    first = row.message_id!
    reference = (await show(ticket)).reference
    await mail.sent()
    smtp.taken.length = 0
  })

  it('Zammad #5064, #2444: a number in the subject lets nobody in', async () => {
    const { row } = await mail.takenIn({
      from: 'stranger@evil.example',
      subject: `Re: [${reference}] Contract`,
      text: 'Change my bank account.',
    })
    const note = (await notesOf(ticket)).find((one) => one.id === row.note_id)!
    expect(note).toMatchObject({ public: false, mail: { standing: 'outsider' }, by: { kind: 'integration' } })
    await edit({ outsiders: 'quarantine' })
    const kept = await mail.takenIn({
      from: 'stranger@evil.example',
      subject: `Re: [${reference}] Contract`,
      text: 'Again.',
    })
    expect(kept.row).toMatchObject({ state: 'quarantined', ticket_id: ticket })
    await edit({ outsiders: 'note' })
    expect(await mail.sent()).toEqual([])
  })

  it('Peppermint: a token that was passed on opens nothing', async () => {
    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>Secret words</p>' })
    const [letter] = await mail.sent()
    const { row } = await mail.takenIn({
      from: 'colleague@elsewhere.example',
      subject: 'Re: x',
      to: letter!.parsed.replyTo!.value[0]!.address!,
      inReplyTo: letter!.parsed.messageId,
    })
    expect(row.steps.map((one) => one.code)).toContain('mailboxes.step.strange-token')
    expect((await notesOf(ticket)).find((one) => one.id === row.note_id)).toMatchObject({ public: false })
  })

  it('Zammad #5113: an absence note reopens nothing, moves nothing and is not answered', async () => {
    await tess.client(tickets.resolve, { id: ticket, resolution: '' })
    await mail.sent()
    smtp.taken.length = 0
    const before = await show(ticket)
    const { row } = await mail.takenIn({
      from: rita.email,
      subject: 'Automatic reply: Contract',
      inReplyTo: first,
      headers: 'Auto-Submitted: auto-replied',
    })
    expect(row).toMatchObject({ did: 'reply', ticket_id: ticket })
    expect(await show(ticket)).toMatchObject({ state: 'resolved', reopenCount: 0, clocks: before.clocks })
    const loose = await mail.takenIn({
      from: rita.email,
      subject: 'Out of office',
      headers: 'Auto-Submitted: auto-replied',
    })
    expect(loose.row).toMatchObject({ state: 'ignored', ticket_id: null })
    expect(await mail.sent()).toEqual([])
  })

  it('GLPI #24760: a reply to a closed ticket that is handed in again changes nothing', async () => {
    await tess.client(tickets.resolve, { id: ticket, resolution: '' })
    await edit({ closedTickets: 'follow_up' })
    const raw = mail.raw({ from: rita.email, subject: 'Re: Contract', inReplyTo: first })
    const one = await mail.takenIn({ raw })
    const other = await mail.takenIn({ raw: `Received: by mx2\r\nX-Fetched: twice\r\n${raw}` })
    expect(one.row).toMatchObject({ state: 'taken', did: 'opened' })
    expect(other.row).toMatchObject({ state: 'ignored' })
    await edit({ closedTickets: 'reopen' })
  })

  it('OTRS PR #1170, Znuny #384: one message to two mailboxes is one ticket', async () => {
    const second = await cora.client(mailboxes.create, {
      name: `Second ${first}`.slice(0, 100),
      kind: 'gateway',
      addresses: [`second.${ticket}@brightwater.example`],
      queue,
    })
    const raw = mail.raw({ from: rita.email, subject: 'To both', cc: second.addresses[0]! })
    const [one, other] = await mail.takenTogether([
      { raw },
      { raw: `Delivered-To: ${second.addresses[0]}\r\n${raw}`, mailbox: second.id },
    ])
    expect([one!.state, other!.state].toSorted()).toEqual(['ignored', 'taken'])
  })

  it('FreeScout #4958: the same Message-ID with other words is no duplicate', async () => {
    const one = await mail.takenIn({
      from: rita.email,
      subject: 'Scan',
      messageId: '<always.same@printer.example>',
      text: 'Page 1',
    })
    const other = await mail.takenIn({
      from: rita.email,
      subject: 'Scan',
      messageId: '<always.same@printer.example>',
      text: 'Page 2',
    })
    expect([one.row.state, other.row.state]).toEqual(['taken', 'taken'])
  })

  it('Zammad #4965: a forward without its mark is a new ticket', async () => {
    const text = `FYI\n\n---------- Forwarded message ---------\nFrom: IT desk <desk@brightwater.example>\nSubject: Contract\n\nWords`
    const { row } = await mail.takenIn({ from: rita.email, subject: 'Contract', references: first, text })
    expect(row).toMatchObject({ did: 'opened' })
    expect(row.ticket_id).not.toBe(ticket)
  })

  it('takes of several numbers its own alone, and none of another installation', async () => {
    const own = await mail.takenIn({ from: rita.email, subject: `[Ticket#4711] [INC-999999/abc] Re: [${reference}]` })
    expect(own.row).toMatchObject({ did: 'reply', ticket_id: ticket })
    const others = await mail.takenIn({ from: rita.email, subject: `Re: [${reference}/zzz] Theirs` })
    expect(others.row).toMatchObject({ did: 'opened' })
  })

  it('FreeScout #688: responders with changing addresses are stopped by thread', async () => {
    await edit({ limits: { perThread: 5, perSender: 200, newSenders: 500 } })
    const states: string[] = []
    for (let i = 0; i < 9; i++)
      states.push(
        (await mail.takenIn({ from: `bounce+${i}@robot.example`, subject: `Re: [${reference}]`, text: `${i}` })).row
          .state,
      )
    expect(states.filter((one) => one === 'taken')).toHaveLength(4)
    expect(states.slice(-5)).toEqual(Array(5).fill('quarantined'))
    await edit({ limits: { perThread: 30, perSender: 200, newSenders: 500 } })
  })

  it('Zammad #1131, #2923: a mail bomb is contained, and nothing of it is lost', async () => {
    await edit({ limits: { perThread: 30, perSender: 5, newSenders: 500 } })
    const rows = await mail.takenTogether(
      Array.from({ length: 40 }, (_, i) => ({ from: 'bomb@example.test', subject: `Bomb ${i}` })),
    )
    expect(rows.filter((one) => one.state === 'taken')).toHaveLength(5)
    expect(rows.filter((one) => one.state === 'quarantined')).toHaveLength(35)
    expect((await mail.sent()).length).toBeLessThanOrEqual(5)
    await edit({ limits: { perThread: 30, perSender: 200, newSenders: 500 } })
  })

  it('two responders that answer everything, without saying what they are, are stopped by thread', async () => {
    await mail.takenIn({ from: rita.email, subject: 'Re: Contract', inReplyTo: first, cc: 'robot@elsewhere.example' })
    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>Hello both</p>' })
    const states: string[] = []
    for (let turn = 0; turn < 40; turn++) {
      smtp.taken.length = 0
      const letters = await mail.sent()
      if (letters.length === 0) break
      for (const { to, parsed } of letters)
        states.push(
          (
            await mail.takenIn({
              from: to[0]!,
              subject: `Re: ${parsed.subject}`,
              inReplyTo: parsed.messageId,
              text: `Thank you for ${turn}`,
            })
          ).row.state,
        )
    }
    expect(states.filter((one) => one === 'taken').length).toBeLessThanOrEqual(30)
    expect(states.at(-1)).toBe('quarantined')
    smtp.taken.length = 0
    expect(await mail.sent()).toEqual([])
  })

  it('our own mail that comes back is ignored', async () => {
    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>Hello</p>' })
    const [letter] = await mail.sent()
    const { row } = await mail.takenIn({ raw: letter!.raw })
    expect(row).toMatchObject({ state: 'ignored' })
    const box2 = await mail.takenIn({ from: 'desk@brightwater.example', subject: 'From ourselves' })
    expect(box2.row).toMatchObject({ state: 'ignored' })
  })

  it('Peppermint #503: what cannot be taken in is parked with its reason, and holds up nothing', async () => {
    await sql`update queues set active = false where id = ${queue}`.execute(server.db)
    const { row } = await mail.takenIn({ from: rita.email, subject: 're: ' }, 3)
    await sql`update queues set active = true where id = ${queue}`.execute(server.db)
    expect(row).toMatchObject({ state: 'parked', attempts: 3, steps: [{ code: 'mailboxes.step.failed' }] })
    const next = await mail.takenIn({ raw: Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]) })
    expect(next.row.state).toBe('parked')
  })

  it('a half of a sign at the end of a name or subject parks nothing', async () => {
    const { row } = await mail.takenIn({
      from: `"${'x'.repeat(119)}\u{1F600}" <long@example.test>`,
      subject: `${'y'.repeat(254)}\u{1F600}`,
    })
    expect(row.state).toBe('taken')
  })

  it('what is refused or parked stays with the ticket it answers', async () => {
    await edit({ mostBytes: 10_000 })
    const refused = await mail.takenIn({ from: rita.email, subject: 'Re', inReplyTo: first, text: 'x\n'.repeat(8000) })
    expect(refused.row).toMatchObject({ state: 'refused', ticket_id: ticket })
    await edit({ mostBytes: 25 * 1024 * 1024, closedTickets: 'follow_up' })
    await tess.client(tickets.resolve, { id: ticket, resolution: '' })
    await sql`update queues set active = false where id = ${queue}`.execute(server.db)
    const parked = await mail.takenIn({ from: rita.email, subject: 'Re: Contract', inReplyTo: first }, 3)
    await sql`update queues set active = true where id = ${queue}`.execute(server.db)
    await edit({ closedTickets: 'reopen' })
    expect(parked.row).toMatchObject({ state: 'parked', ticket_id: ticket })
  })

  it('whoever is not here any more takes no part', async () => {
    const gone = await server.person({ name: 'Gone', role: 'requester' })
    const { row } = await mail.takenIn({ from: gone.email, subject: 'Keys' })
    await sql`update persons set active = false where id = ${gone.id}`.execute(server.db)
    const reply = await mail.takenIn({ from: gone.email, subject: 'Re: Keys', inReplyTo: row.message_id! })
    expect(reply.row).toMatchObject({ state: 'taken', ticket_id: row.ticket_id, person_id: null })
    expect((await notesOf(row.ticket_id!)).find((one) => one.id === reply.row.note_id)).toMatchObject({ public: false })
    const loose = await mail.takenIn({ from: gone.email, subject: 'Something else' })
    expect(loose.row).toMatchObject({ state: 'taken', did: 'opened' })
  })

  it('IT is inside by the ticket, not by the account', async () => {
    const { id: byIt } = await tess.client(tickets.open, { kind: 'incident', title: 'For Rita', requester: rita.id })
    const other = await server.person({ name: 'Olaf', role: 'technician', teams: ['Elsewhere'] })
    const { organisation, platform } = { organisation: server.organisation, platform: server.opened.platform }
    const [mailbox] = await allMailboxes(server.db, organisation)
    const standingOf = async (from: string, ref: string) => {
      const lookup = {
        db: server.db,
        secret: platform.secret,
        organisation,
        mailbox: mailbox!,
        ownAddresses: new Set(''),
      }
      const read = await readStorable(Buffer.from(mail.raw({ from, subject: `Re: ${ref}` })))
      const when = { id: null, recipients: [], receivedAt: new Date().toISOString(), decided: null }
      const { known } = await gatherKnown(lookup, read, when)
      return known.candidates.map(({ isRequester, isInside }) => ({ isRequester, isInside }))
    }
    const ours = (await show(byIt)).reference
    expect(await standingOf(tess.email, ours)).toEqual([{ isRequester: true, isInside: true }])
    expect(await standingOf(rita.email, ours)).toEqual([{ isRequester: true, isInside: false }])
    await sql`update tickets set confidential = true where id = ${ticket}`.execute(server.db)
    expect(await standingOf(other.email, reference)).toEqual([{ isRequester: false, isInside: false }])
  })

  it('whom a list wrote to takes no part', async () => {
    const given = { from: rita.email, to: 'desk@brightwater.example', cc: 'all@lists.example' }
    const { row } = await mail.takenIn({ ...given, subject: 'News', headers: 'List-Id: <all.lists.example>' })
    const shown = await tess.client(ticketMail.show, { id: row.ticket_id! })
    expect(shown.outside).toEqual([])
  })

  it('letters to others are not named in the references', async () => {
    await mail.takenIn({ from: rita.email, subject: 'Re', inReplyTo: first, cc: 'other@elsewhere.example' })
    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>One</p>' })
    const before = (await mail.sent()).find((one) => one.to[0] === rita.email)!
    smtp.taken.length = 0
    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>Two</p>' })
    const letters = await mail.sent()
    const named = (to: string) => [letters.find((one) => one.to[0] === to)!.parsed.references].flat()
    expect(named(rita.email)).toContain(before.parsed.messageId)
    expect(named('other@elsewhere.example')).not.toContain(before.parsed.messageId)
    expect(named('other@elsewhere.example')).toContain(first)
  })

  it('whoever is forged is no participant', async () => {
    const forged = 'Authentication-Results: mx.brightwater.example; dmarc=fail header.from=example.test'
    const { row } = await mail.takenIn({ from: rita.email, subject: 'Re: Contract', inReplyTo: first, headers: forged })
    expect((await notesOf(ticket)).find((one) => one.id === row.note_id)).toMatchObject({
      public: false,
      by: { kind: 'integration' },
    })
    const loose = await mail.takenIn({ from: rita.email, subject: 'New', headers: forged })
    expect(loose.row.state).toBe('quarantined')
  })

  it('a bounce is told in the ticket and opens none; only our own return path marks the address', async () => {
    await tess.client(tickets.addNote, { id: ticket, public: true, body: '<p>Are you there?</p>' })
    const [letter] = await mail.sent()
    const report = (to: string) =>
      [
        'From: MAILER-DAEMON@mx.example.test',
        'Return-Path: <>',
        `To: ${to}`,
        'Subject: Undelivered Mail Returned to Sender',
        `Message-ID: <bounce.${to}>`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'It was not delivered.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example.test',
        '',
        `Final-Recipient: rfc822; ${rita.email}`,
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 no such user',
        '',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: ${letter!.parsed.messageId}`,
        '',
        '--b--',
        '',
      ].join('\r\n')
    const { row } = await mail.takenIn({ raw: report('desk@brightwater.example') })
    expect(row).toMatchObject({ state: 'ignored', did: 'bounce', ticket_id: ticket })
    const { rows } = await sql<{ address: string }>`select address from bouncing_addresses`.execute(server.db)
    expect(rows).toEqual([])
    const events = (await tess.client(tickets.timeline, { id: ticket })).items.flatMap(
      (one) => one.event?.sentence ?? [],
    )
    expect(events.some((one) => one.includes('came back'))).toBe(true)
    const passedOn = report('desk@brightwater.example')
      .replace('From: MAILER-DAEMON@mx.example.test', `From: ${rita.email}`)
      .replace('Return-Path: <>', `Return-Path: <${rita.email}>`)
      .replace('multipart/report', 'multipart/mixed')
      .replace('<bounce.', '<passed.on.')
    expect((await mail.takenIn({ raw: passedOn })).row).toMatchObject({ state: 'taken', did: 'opened' })
    // an address that passed it on failed, not this one
    const further = report(letter!.from).replace(`rfc822; ${rita.email}`, 'rfc822; further@elsewhere.example')
    await mail.takenIn({ raw: further.replace('<bounce.', '<further.') })
    const { rows: none } = await sql`select 1 from bouncing_addresses`.execute(server.db)
    expect(none).toEqual([])
    await mail.takenIn({ raw: report(letter!.from) })
    const { rows: marked } = await sql<{ address: string }>`select address from bouncing_addresses`.execute(server.db)
    expect(marked).toEqual([{ address: rita.email }])
    await sql`delete from bouncing_addresses`.execute(server.db)
  })
})

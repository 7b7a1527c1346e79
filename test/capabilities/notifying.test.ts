import type { ParsedMail } from 'mailparser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { calendars } from '../../contract/calendars.ts'
import { type ApiError, createClient } from '../../contract/client.ts'
import { commitments } from '../../contract/commitments.ts'
import { mail } from '../../contract/mail.ts'
import { actLinks, notificationPreferences, notifications, type Way } from '../../contract/notifications.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { CommitmentTimer, maySnoozeCommitment } from '../../server/commitments/public.ts'
import { mailOutlet, MailSender } from '../../server/mail/public.ts'
import {
  insertNotices,
  MailLinks,
  mailNotices,
  type Notice,
  NotificationTimer,
  tellBouncing,
} from '../../server/notifications/public.ts'
import { sql } from '../../server/platform/db.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { mayTakeTicket } from '../../server/tickets/public.ts'
import { mailDigest } from '../../server/today/public.ts'
import { mailSettings, startSmtp, type TestSmtp } from '../support/smtp.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let server: TestServer
let smtp: TestSmtp
let ada: TestPerson
let tess: TestPerson
let bo: TestPerson
let lena: TestPerson
let cora: TestPerson
let timer: NotificationTimer
let sender: MailSender
/** A Tuesday, 10:00 in Berlin. */
const tuesday = Date.parse('2026-05-19T08:00:00Z')
let now = tuesday
const pass = (minutes: number) => (now += minutes * 60_000)
const moment = () => new Date(now).toISOString()
const office = [{ from: '08:00', to: '17:00' }]

beforeAll(async () => {
  smtp = await startSmtp()
  const settings = mailSettings(smtp.url)
  server = await startTestServer({ config: { mail: settings } })
  ada = await server.person({ name: 'Ada', role: 'administrator' })
  const desk = { role: 'technician' as const, teams: ['Desk'] }
  tess = await server.person({ name: 'Tess', ...desk })
  bo = await server.person({ name: 'Bo', ...desk })
  lena = await server.person({ name: 'Lena', ...desk })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  await server.queue('Desk', ['Desk'])
  await sql`update teams set lead_id = ${lena.id} where name = 'Desk'`.execute(server.db)
  await ada.client(calendars.create, {
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
    composers: [mailNotices(platform, links), mailDigest(platform, links)],
    onBouncing: tellBouncing,
    clock: () => now,
  })
})
afterAll(async () => {
  await server.stop()
  await smtp.close()
})
beforeEach(async () => {
  now = tuesday
  smtp.taken.length = 0
  for (const table of [
    'notice_batch_entries',
    'notice_batches',
    'notice_outbox',
    'notice_watches',
    'mails',
    'muted_subjects',
    'notification_settings',
    'notifications',
    'act_links',
  ])
    await sql`delete from ${sql.table(table)}`.execute(server.db)
})

/** Everything that happens until the clock has moved on by so many minutes, minute by minute at first, then in leaps. */
async function until(minutes: number): Promise<ParsedMail[]> {
  const before = smtp.taken.length
  const step = Math.max(1, Math.ceil(minutes / 30))
  for (let passed = 0; passed <= minutes; passed += step) {
    await timer.round()
    await sender.round()
    pass(step)
  }
  return smtp.taken.slice(before).map((one) => one.parsed)
}
const to = (person: TestPerson, mails: ParsedMail[]) =>
  mails.filter((m) => [m.to].flat().some((list) => list?.value.some((one) => one.address === person.email)))

const notice = (person: TestPerson, ticket: Ticket | null, more: Partial<Notice> = {}): Notice => ({
  person: person.id,
  kind: 'ticket.replied',
  code: 'notifications.replied',
  params: { by: 'Rita' },
  subject: ticket === null ? null : { kind: 'ticket', id: ticket.id },
  cause: `test:${newId()}`,
  at: moment(),
  ...more,
})
const late = (person: TestPerson, ticket: Ticket, cause: string): Notice =>
  notice(person, ticket, {
    kind: 'ladder',
    code: 'commitments.notice.late',
    params: { kind: 'resolution', known: 'no', dueAt: '' },
    cause,
  })
const tell = (...notices: Notice[]) => insertNotices(server.db, notices)
const ticket = (title = 'Printer jams', confidential = false) => ada.client(tickets.open, { title, confidential })
const choose = (person: TestPerson, topic: string, way: Way) =>
  person.client(notificationPreferences.save, { ways: { [topic]: { mail: way } } })
const linkIn = (parsed: ParsedMail, label: string) =>
  new RegExp(`${label}: \\S+/links/(\\S+)`).exec(parsed.text ?? '')![1]!

describe('a notice', () => {
  it('reaches its person by mail, with the record, in their own time', async () => {
    const one = await ticket()
    await tell(notice(tess, one))
    const [parsed, ...rest] = await until(5)
    expect(rest).toEqual([])
    expect(parsed!.subject).toBe(`${one.reference} Printer jams`)
    expect(parsed!.text).toContain(`Rita replied on ${one.reference} Printer jams`)
    expect(parsed!.text).toContain('Tue 19 May 2026 10:00')
    expect(parsed!.text).toContain(`/tickets/${one.reference}`)
    expect(String(parsed!.html)).toContain('Rita replied on')
    expect(parsed!.inReplyTo).toBe(`<ticket.${one.id}@brightwater.example>`)
    expect(parsed!.headers.get('list-unsubscribe-post') ?? parsed!.headers.get('list')).toBeDefined()
  })

  it('joins others of the same few minutes in one mail', async () => {
    const one = await ticket()
    const other = await ticket('VPN drops')
    await tell(notice(tess, one))
    await timer.round()
    pass(1)
    await tell(notice(tess, other), notice(tess, one))
    const mails = await until(10)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.subject).toBe('3 notifications')
    expect(mails[0]!.inReplyTo).toBeUndefined()
    pass(30)
    await tell(notice(tess, one))
    expect(await until(10)).toHaveLength(1)
  })

  it('mails a cause once, however often it is reported', async () => {
    const one = await ticket()
    for (let i = 0; i < 5; i++) {
      await tell(notice(tess, one, { cause: 'the same' }))
      await until(5)
    }
    expect(smtp.taken).toHaveLength(1)
  })

  it('waits for working hours at night, and says so on the mail page (Zammad #4432)', async () => {
    const one = await ticket()
    now = Date.parse('2026-05-19T22:00:00Z')
    await tell(late(tess, one, 'ladder:c:1:late'))
    await timer.round()
    const [waiting] = (await cora.client(mail.list, { state: 'open' })).items
    expect(waiting).toMatchObject({ nextAt: '2026-05-20T06:00:00Z', why: expect.stringContaining('working hours') })
    const isLate = (m: ParsedMail) => m.subject?.startsWith('[Late]') === true
    expect((await until(7 * 60 + 30)).filter(isLate)).toEqual([])
    expect((await until(60)).filter(isLate)).toHaveLength(1)
  })

  it('wakes whoever wants to be woken, except in quiet time', async () => {
    const one = await ticket()
    await choose(tess, 'promises', 'at-once')
    await choose(bo, 'promises', 'at-once')
    await bo.client(notificationPreferences.save, { quiet: { from: '22:00', until: '06:30' } })
    now = Date.parse('2026-05-19T22:00:00Z')
    await tell(late(tess, one, 'ladder:c:1:late'), late(bo, one, 'ladder:c:1:late'))
    const night = await until(30)
    expect(to(tess, night)).toHaveLength(1)
    expect(to(bo, night)).toHaveLength(0)
    expect(to(bo, await until(6 * 60))).toHaveLength(1)
  })

  it('goes nowhere where it was switched off, and stays in the app', async () => {
    await choose(tess, 'conversation', 'off')
    await tell(notice(tess, await ticket()))
    expect(await until(10)).toEqual([])
    expect((await tess.client(notifications.list, { unread: true })).items).toHaveLength(1)
  })

  it('is not mailed when it was read in the app before', async () => {
    await tell(notice(tess, await ticket()))
    await timer.round()
    await tess.client(notifications.read, {})
    expect(await until(10)).toEqual([])
    expect((await cora.client(mail.list, {})).items[0]).toMatchObject({
      state: 'skipped',
      why: expect.stringContaining('read it'),
    })
  })

  it('says only what its reader may see at the moment of sending', async () => {
    const one = await ticket('Secret matter of the board')
    await tell(notice(tess, one), notice(tess, await ticket('Harmless')))
    await timer.round()
    await sql`update tickets set confidential = true where id = ${one.id}`.execute(server.db)
    const [parsed] = await until(10)
    expect(parsed!.text).not.toContain('Secret')
    expect(parsed!.text).toContain('Harmless')
    await tell(notice(tess, one))
    pass(10)
    expect(await until(10)).toEqual([])
  })

  it('of a muted record is on record and told to nobody', async () => {
    const one = await ticket()
    await tess.client(notificationPreferences.mute, { kind: 'ticket', id: one.id })
    await tell(notice(tess, one), notice(bo, one))
    const mails = await until(10)
    expect([to(tess, mails).length, to(bo, mails).length]).toEqual([0, 1])
    expect((await tess.client(notifications.list, { unread: true })).items).toEqual([])
    expect((await tess.client(notifications.list, {})).items).toHaveLength(1)
    expect((await tess.client(notificationPreferences.unmute, { id: one.id })).muted).toEqual([])
    await tell(notice(tess, one))
    expect(to(tess, await until(10))).toHaveLength(1)
  })

  it('reaches the delegate of whoever is absent too, and says for whom', async () => {
    await tess.client(notificationPreferences.save, {
      absence: { firstDay: '2026-05-18', lastDay: '2099-01-01', delegate: bo.id },
    })
    await bo.client(notificationPreferences.save, {
      absence: { firstDay: '2026-05-18', lastDay: '2099-01-01', delegate: lena.id },
    })
    const one = await ticket()
    await tell(notice(tess, one))
    const mails = await until(10)
    expect(to(tess, mails)).toHaveLength(1)
    expect(to(bo, mails)[0]!.text).toContain(`For Tess, who is away: Rita replied on ${one.reference}`)
    expect(to(lena, mails)).toEqual([])
  })

  it('is made without a mail where there is no mail server', async () => {
    const without = new NotificationTimer(server.opened.platform, { mail: null }, () => now)
    await tell(notice(tess, await ticket()))
    await without.round()
    expect((await sql`select 1 from mails`.execute(server.db)).rows).toEqual([])
    expect((await tess.client(notifications.list, {})).items).toHaveLength(1)
  })
})

describe('what nobody acts upon', () => {
  const cause = 'ladder:commitment:1:late'
  /** The log has the hours of the test machine; the acts of the test are of another year. */
  const actBy = (ticketId: string, kind: string) =>
    sql`insert into events (id, type, at, organisation_id, actor_kind, actor_id, actor_name, subject_kind, subject_id, digest) values (${newId()}, 'ticket.noted', ${moment()}, ${server.organisation}, ${kind}, ${bo.id}, 'Bo', 'ticket', ${ticketId}, '\\x00')`.execute(
      server.db,
    )

  it('goes to the lead after two working hours, then to the coordinators, once each, and is on record', async () => {
    const one = await oldTicket()
    await tell(late(tess, one, cause))
    expect(to(lena, await until(110))).toEqual([])
    const [escalated] = to(lena, await until(20))
    expect(escalated!.subject).toBe(`[Nobody acted] ${one.reference} Printer jams`)
    expect(escalated!.text).toContain('Nobody acted for 2 h of working time')
    expect(escalated!.text).toContain(`The resolution of ${one.reference} Printer jams is late`)
    expect(to(cora, await until(150))).toHaveLength(1)
    now = Date.parse('2026-05-20T06:30:00Z')
    expect((await until(9 * 60)).filter((m) => m.subject?.startsWith('[Nobody'))).toEqual([])
    const { items } = await cora.client(tickets.timeline, { id: one.id })
    const told = items.flatMap((i) => (i.event?.type === 'notification.escalated' ? [i.event.sentence] : []))
    expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'told the coordinators that nobody acted',
      'told the lead that nobody acted',
    ])
  })

  it('is escalated once, however many steps of the ladder tell of it', async () => {
    const one = await oldTicket()
    await tell(late(tess, one, cause))
    await until(60)
    await tell(late(tess, one, `${cause}-2`), late(bo, one, `${cause}-2`))
    await until(75)
    await tell(late(tess, one, `${cause}-3`))
    expect(smtp.taken.filter((m) => m.to[0] === lena.email)).toHaveLength(1)
  })

  it('waits through the night: two hours of working time', async () => {
    const one = await oldTicket()
    const isEscalation = (m: ParsedMail) => m.subject?.startsWith('[Nobody acted]') === true
    now = Date.parse('2026-05-19T14:00:00Z')
    await tell(late(tess, one, cause))
    await until(60)
    now = Date.parse('2026-05-20T05:00:00Z')
    expect(to(lena, await until(110)).filter(isEscalation)).toEqual([])
    expect(to(lena, await until(30)).filter(isEscalation)).toHaveLength(1)
  })

  it.each([
    ['somebody read it', async () => tess.client(notifications.read, {})],
    ['somebody did something about it', async (one: Ticket) => actBy(one.id, 'person')],
  ])('is let go when %s', async (_, act) => {
    const one = await oldTicket()
    await tell(late(tess, one, cause))
    await until(30)
    await act(one)
    expect(to(lena, await until(300))).toEqual([])
  })

  it('of a confidential record goes only to those in line who see it', async () => {
    const one = await oldTicket('Secret matter', true)
    const trusted = await server.person({ name: 'Trudy', role: 'coordinator', teams: ['Desk'], confidential: true })
    await sql`update tickets set assignee_id = ${tess.id} where id = ${one.id}`.execute(server.db)
    await tell(late(tess, one, cause))
    const mails = (await until(300)).filter((m) => m.subject?.startsWith('[Nobody acted]'))
    expect([to(lena, mails).length, to(cora, mails).length, to(trusted, mails).length]).toEqual([0, 0, 1])
    expect((await lena.client(notifications.list, {})).items.filter((n) => n.kind === 'unacted')).toEqual([])
    await sql`update accounts set disabled_at = now() where id = ${trusted.account}`.execute(server.db)
  })

  it('is not taken for acted upon because of a timer, or because somebody muted it', async () => {
    const one = await oldTicket()
    await tess.client(notificationPreferences.mute, { kind: 'ticket', id: one.id })
    await tell(late(tess, one, cause))
    await until(30)
    await actBy(one.id, 'job')
    expect(to(lena, await until(120))).toHaveLength(1)
  })
})

/** A ticket whose opening lies before the year of the tests. */
async function oldTicket(title = 'Printer jams', confidential = false): Promise<Ticket> {
  const one = await ticket(title, confidential)
  await sql`alter table events disable trigger user`.execute(server.db)
  await sql`update events set at = '2026-01-01' where subject_id = ${one.id}`.execute(server.db)
  await sql`alter table events enable trigger user`.execute(server.db)
  return one
}

describe('known failures of others', () => {
  it('Zammad #2807, osTicket, OTOBO: no round stops at a number; 2,500 notices leave in one', async () => {
    const one = await ticket()
    const many = (from: number) =>
      Array.from({ length: 500 }, (_, i) => notice(tess, one, { cause: `many ${from + i}` }))
    for (let from = 0; from < 2500; from += 500) await tell(...many(from))
    await timer.round()
    const { rows } = await sql<{ left: number; entered: number }>`
      select (select count(*) from notice_outbox) as left, (select count(*) from notice_batch_entries) as entered`.execute(
      server.db,
    )
    expect(rows).toEqual([{ left: 0, entered: 2500 }])
  })

  it('GLPI: what cannot be sent holds up nobody else', async () => {
    await sql`insert into mails (id, organisation_id, person_id, kind, content, cause, message_id, state, next_at, tried_since)
      values (${newId()}, ${server.organisation}, ${bo.id}, 'of a later version', '{}', 'x', '<x@brightwater.example>', 'queued', ${moment()}::timestamptz, ${moment()}::timestamptz)`.execute(
      server.db,
    )
    await tell(notice(tess, await ticket()))
    expect(to(tess, await until(5))).toHaveLength(1)
    expect((await cora.client(mail.list, { person: bo.id })).items).toMatchObject([{ state: 'sending' }])
  })

  it('Zammad #3140: what was settled meanwhile is not escalated', async () => {
    const one = await oldTicket()
    await tell(late(tess, one, 'ladder:c:1:late'))
    await until(30)
    await bo.client(tickets.resolve, { id: one.id, resolution: 'Done' })
    const mails = await until(240)
    expect(mails.filter((m) => m.subject?.startsWith('[Nobody acted]'))).toEqual([])
  })

  it('FreeScout #2674: a second promise that nobody keeps is escalated too', async () => {
    const one = await oldTicket()
    await tell(late(tess, one, 'ladder:c:1:late'))
    const first = await until(150)
    await tell(late(tess, one, 'ladder:c:2:late'))
    const second = await until(150)
    const toLead = (mails: ParsedMail[]) => to(lena, mails).filter((m) => m.subject?.startsWith('[Nobody acted]'))
    expect([toLead(first).length, toLead(second).length]).toEqual([1, 1])
  })
})

describe('the morning digest', () => {
  it('tells each person their day at their hour, and nothing when there is nothing', async () => {
    now = Date.parse('2026-05-19T04:00:00Z')
    const mine = await ticket('Scanner reads nothing')
    await tess.client(tickets.assign, { id: mine.id, assignee: 'me' })
    await sql`update tickets set due_at = '2026-05-19T03:00:00Z', assignee_id = ${tess.id} where id = ${mine.id}`.execute(
      server.db,
    )
    await sql`delete from notice_outbox`.execute(server.db)
    await tess.client(notificationPreferences.save, { digestAt: '06:45' })
    await bo.client(notificationPreferences.save, { digestAt: null })
    const mails = await until(3 * 60)
    const [digest, ...more] = to(tess, mails)
    expect(more).toEqual([])
    expect(digest!.subject).toContain('late')
    expect(digest!.text).toContain('Good morning, Tess')
    expect(digest!.text).toContain(`${mine.reference} Scanner reads nothing`)
    expect(digest!.text).toContain('WITHOUT AN ASSIGNEE')
    expect(to(bo, mails)).toEqual([])
    expect(to(cora, mails)).toHaveLength(1)
    // once a day, on working days
    now = Date.parse('2026-05-22T04:00:00Z')
    expect(to(tess, await until(180))).toHaveLength(1)
    now = Date.parse('2026-05-23T04:00:00Z')
    expect(to(tess, await until(180))).toEqual([])
  })

  it('is skipped when there is nothing to tell', async () => {
    const lone = await server.person({ name: 'Lone', role: 'technician', teams: ['Empty'] })
    now = Date.parse('2026-05-19T04:00:00Z')
    await timer.round()
    now = Date.parse('2026-05-19T05:31:00Z')
    await until(5)
    expect(smtp.taken.filter((m) => m.to[0] === lone.email)).toEqual([])
    const { items } = await cora.client(mail.list, { person: lone.id })
    expect(items).toMatchObject([{ kind: 'digest', state: 'skipped', why: expect.stringContaining('nothing to tell') }])
  })
})

describe('links that act', () => {
  const visitor = () => createClient({ base: server.base })
  const mailed = async (one: Ticket) => {
    await tell(notice(tess, one))
    return (await until(5))[0]!
  }

  it('only show when they are opened, and act once on the button', async () => {
    const one = await ticket()
    const parsed = await mailed(one)
    const token = linkIn(parsed, 'Take it')
    for (let i = 0; i < 3; i++)
      expect(await visitor()(actLinks.show, { token })).toMatchObject({
        state: 'open',
        act: 'take',
        sentence: `Assign ${one.reference} Printer jams to Tess.`,
      })
    expect((await ada.client(tickets.show, { id: one.id })).assignee).toBeNull()
    expect((await visitor()(actLinks.act, { token })).sentence).toContain('is assigned to Tess')
    expect((await ada.client(tickets.show, { id: one.id })).assignee?.name).toBe('Tess')
    await expect(visitor()(actLinks.act, { token })).rejects.toMatchObject({ status: 410, code: 'links.used' })
    expect((await visitor()(actLinks.show, { token })).state).toBe('used')
    const { items } = await ada.client(tickets.timeline, { id: one.id })
    expect(items.some((i) => i.event?.type === 'ticket.assigned' && i.by.name === 'Tess')).toBe(true)
  })

  it('put a commitment aside until a moment and for a reason given on their page', async () => {
    const one = await ticket('Phone is dead')
    const promised = (on: Ticket, by: TestPerson) =>
      ada.client(commitments.make, {
        title: 'Chase the vendor',
        owner: { kind: 'person', id: by.id },
        about: { kind: 'ticket', id: on.id },
        due: { on: '2030-01-01' },
      })
    const told = async (person: TestPerson, on: Ticket, commitment: string) => {
      const about = late(person, on, `ladder:${commitment}:1:late`)
      await tell({ ...about, params: { ...about.params, commitment } })
      return to(person, await until(60))[0]!
    }
    const { id: commitment } = await promised(one, tess)
    const token = linkIn(await told(tess, one, commitment), 'Put aside')
    expect(await visitor()(actLinks.show, { token })).toMatchObject({
      act: 'snooze',
      state: 'open',
      zone: 'Europe/Berlin',
    })
    const refused = (given: object) =>
      visitor()(actLinks.act, { token, ...given }).then(
        () => 'allowed',
        (error: ApiError) => error.body.fields?.[0]?.path ?? error.code,
      )
    expect(await refused({})).toBe('until')
    expect(await refused({ until: '2030-01-07T07:00:00Z' })).toBe('reason')
    expect(await refused({ until: '2020-01-07T07:00:00Z', reason: 'Waits for parts' })).toBe('until')
    const { sentence } = await visitor()(actLinks.act, {
      token,
      until: '2030-01-07T07:00:00Z',
      reason: 'Waits for parts',
    })
    expect(sentence).toBe(`${one.reference} Phone is dead is put aside. Its due moment stays.`)
    const shown = await tess.client(commitments.show, { id: commitment })
    expect(shown.snoozed).toMatchObject({ reason: 'Waits for parts', by: 'Tess' })
    expect(await refused({ until: '2030-02-07T07:00:00Z', reason: 'Again' })).toBe('links.used')

    // whoever may not put it aside in the app is not offered to by mail
    const rita = await server.person({ name: 'Rita', role: 'requester' })
    const asked = await ada.client(tickets.open, { title: 'Lamp', requester: rita.id })
    await choose(rita, 'promises', 'at-once')
    const { text } = await told(rita, asked, (await promised(asked, tess)).id)
    expect(text).toContain('Acknowledge: ')
    expect(text).not.toContain('Put aside')
  })

  it('refuse whoever is signed in as somebody else, who learns nothing', async () => {
    const one = await ticket()
    const token = linkIn(await mailed(one), 'Mute')
    const seen = await bo.client(actLinks.show, { token })
    expect(seen).toMatchObject({ state: 'not-yours', name: '' })
    expect(JSON.stringify(seen)).not.toContain('Printer')
    await expect(bo.client(actLinks.act, { token })).rejects.toMatchObject({ status: 403 })
    await tess.client(actLinks.act, { token })
    expect((await tess.client(notificationPreferences.show, {})).muted).toMatchObject([{ reference: one.reference }])
  })

  it('expire, and are believed only with our signature over what is stored', async () => {
    const token = linkIn(await mailed(await ticket()), 'Acknowledge')
    await expect(visitor()(actLinks.show, { token: `${token.slice(0, -2)}xx` })).rejects.toMatchObject({ status: 404 })
    await sql`update act_links set act = 'take' where act = 'acknowledge'`.execute(server.db)
    await expect(visitor()(actLinks.act, { token })).rejects.toMatchObject({ status: 404 })
    await sql`update act_links set act = 'acknowledge' where act = 'take' and target ? 'notification'`.execute(
      server.db,
    )
    expect((await visitor()(actLinks.show, { token })).state).toBe('open')
    const stored = await sql`select encode(token_hash, 'hex') as hash from act_links`.execute(server.db)
    expect(JSON.stringify(stored.rows)).not.toContain(token.slice(0, 10))
    await visitor()(actLinks.act, { token })
    expect((await tess.client(notifications.list, { unread: true })).items).toEqual([])
  })

  it('unsubscribe with one click of a mail program (RFC 8058), never by looking', async () => {
    const parsed = await mailed(await ticket())
    const header = /list-unsubscribe: <([^>]+)>/i.exec(smtp.taken.at(-1)!.raw.replace(/\r\n\s+/g, ' '))![1]!
    const address = `${server.base}${new URL(header).pathname}`
    expect(parsed.text).toContain(header)
    await fetch(address)
    expect(
      (await tess.client(notificationPreferences.show, {})).ways.find((w) => w.topic === 'conversation')?.mail,
    ).toBe('working-hours')
    expect((await fetch(address, { method: 'POST', body: new URLSearchParams({ other: 'x' }) })).status).toBe(404)
    for (let i = 0; i < 2; i++) {
      const answer = await fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      })
      expect(answer.status).toBe(200)
    }
    expect(
      (await tess.client(notificationPreferences.show, {})).ways.find((w) => w.topic === 'conversation')?.mail,
    ).toBe('off')
    await tell(notice(tess, await ticket()))
    pass(60)
    expect(await until(10)).toEqual([])
  })
})

describe('the settings', () => {
  it('are refused in words where they cannot be', async () => {
    await expect(tess.client(notificationPreferences.save, { calendar: newId() })).rejects.toMatchObject({
      code: 'notifications.no-calendar',
    })
    await expect(tess.client(notificationPreferences.save, { digestAt: '25:00' })).rejects.toMatchObject({
      status: 400,
    })
    const absence = { firstDay: '2098-01-01', lastDay: '2099-01-01' }
    await expect(
      tess.client(notificationPreferences.save, { absence: { ...absence, delegate: tess.id } }),
    ).rejects.toMatchObject({ code: 'notifications.own-delegate' })
    await expect(
      tess.client(notificationPreferences.save, { absence: { ...absence, delegate: newId() } }),
    ).rejects.toMatchObject({ code: 'notifications.no-delegate' })
    const { version } = await tess.client(notificationPreferences.save, { digestAt: '09:15' })
    await expect(
      tess.client(notificationPreferences.save, { version: version - 1, digestAt: null }),
    ).rejects.toMatchObject({ code: 'stale' })
    const hidden = await ticket('Hidden', true)
    await expect(tess.client(notificationPreferences.mute, { kind: 'ticket', id: hidden.id })).rejects.toMatchObject({
      status: 404,
    })
    const { client } = await server.key('coordinator')
    await expect(client(notificationPreferences.show, {})).rejects.toMatchObject({ status: 403 })
  })
})

it('from a promise in the ledger to the mailbox of the lead: due, told, not acted upon, escalated once', async () => {
  const day = [{ from: '00:00', to: '24:00' }]
  const always = await ada.client(calendars.create, {
    name: 'Always',
    zone: 'UTC',
    week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
  })
  await ada.client(serviceLevels.create, {
    name: 'A minute',
    calendar: always.id,
    conditions: {},
    targets: [{ kind: 'resolution', seconds: 60, ladder: [{ step: 'missed', percent: 100, notify: ['assignee'] }] }],
  })
  const one = await ticket('A real promise')
  await ada.client(tickets.assign, { id: one.id, assignee: tess.id })
  await new CommitmentTimer(server.opened.platform, () => Date.now() + 120_000).round()
  now = Date.now()
  const mails = await until(7 * 24 * 60)
  const about = mails.filter((m) => m.subject?.includes(`${one.reference} A real promise`) === true)
  expect(to(tess, about).map((m) => m.subject)).toEqual([`[Due] ${one.reference} A real promise`])
  expect(to(lena, about).map((m) => m.subject)).toEqual([`[Nobody acted] ${one.reference} A real promise`])
  expect(to(cora, about).map((m) => m.subject)).toEqual([`[Nobody acted] ${one.reference} A real promise`])
})

it('no digest comes to whoever is away', async () => {
  await tess.client(notificationPreferences.save, {
    absence: { firstDay: '2026-05-18', lastDay: '2099-01-01', delegate: bo.id },
  })
  now = Date.parse('2026-05-19T04:00:00Z')
  const mails = await until(3 * 60)
  expect([to(tess, mails).length, to(bo, mails).length]).toEqual([0, 1])
})

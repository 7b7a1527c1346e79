import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendars } from '../../contract/calendars.ts'
import { feeds } from '../../contract/calendar-feeds.ts'
import { commitmentSeries } from '../../contract/commitment-series.ts'
import { commitments } from '../../contract/commitments.ts'
import { notifications } from '../../contract/notifications.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { tickets } from '../../contract/tickets.ts'
import { today } from '../../contract/today.ts'
import { vendors } from '../../contract/vendors.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { CommitmentTimer, seriesTimer } from './public.ts'
import { codeOf } from '../../test/support/refusals.ts'

let server: TestServer
let tess: TestPerson
let otto: TestPerson
let cora: TestPerson
let rita: TestPerson

const day = 86_400_000
const everyDay = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((d) => [d, [{ from: '00:00', to: '24:00' }]]),
)
/** Where the people of the tests are. */
const dateIn = (days: number): string => Temporal.Now.plainDateISO('Europe/Berlin').add({ days }).toString()
const timer = (at: number) => new CommitmentTimer(server.opened.platform, () => at).round()

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Field', ['Field team'])
  tess = await server.person({ name: 'Tess Tech', role: 'technician', teams: ['Field team'] })
  otto = await server.person({ name: 'Otto Other', role: 'technician', teams: ['Payroll team'] })
  cora = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
  rita = await server.person({ name: 'Rita Requester', role: 'requester' })
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((d) => [d, [{ from: '09:00', to: '17:00' }]])),
  })
})
afterAll(() => server.stop())

describe('making', () => {
  it('is due at the end of a date in the reader’s zone, has an owner, and explains itself', async () => {
    const made = await tess.client(commitments.make, { title: 'Order toner', due: { on: '2031-05-19' } })
    expect(made).toMatchObject({
      kind: 'task',
      phase: 'running',
      party: 'team',
      dueAt: '2031-05-19T22:00:00Z',
      owner: { kind: 'person', id: tess.id, fallback: false },
      byHand: { title: 'Order toner', allDay: true, zone: 'Europe/Berlin' },
      refusals: { complete: null, move: null, snooze: null },
    })
    expect(made.byHand!.reference).toMatch(/^CMT-\d+$/)
    expect(made.subject).toMatchObject({ kind: 'commitment', id: made.id, title: 'Order toner' })
    expect((await tess.client(commitments.show, { id: made.byHand!.reference })).id).toBe(made.id)
    const told = (await tess.client(commitments.explain, { id: made.id })).sentences.join(' ')
    expect(told).toContain('a fixed moment')
    expect(told).toContain('made by hand')
  })
  it('belongs to a ticket, beside its promises, and leaves those alone', async () => {
    const ticket = await tess.client(tickets.open, { title: 'Scanner jams', queue: 'Field' })
    const made = await tess.client(commitments.make, {
      title: 'Chase the vendor',
      kind: 'follow_up',
      about: { kind: 'ticket', id: ticket.id },
      due: { on: dateIn(3), time: '10:00' },
    })
    expect(made.subject).toMatchObject({ kind: 'ticket', id: ticket.id, reference: ticket.reference })
    await tess.client(tickets.resolve, { id: ticket.id, resolution: 'Replaced' })
    const after = await tess.client(tickets.show, { id: ticket.id })
    expect(after.clocks.find((c) => c.commitment === made.id)).toMatchObject({
      title: 'Chase the vendor',
      phase: 'running',
    })
  })
  it('belongs to a vendor', async () => {
    const vendor = await cora.client(vendors.create, { name: 'Brandt KG' })
    const made = await cora.client(commitments.make, {
      title: 'Ask for the offer',
      about: { kind: 'vendor', id: vendor.id },
      due: { on: dateIn(5) },
    })
    expect(made.subject).toMatchObject({ kind: 'vendor', id: vendor.id, reference: 'Brandt KG' })
  })
  it('tells whoever is given it, once', async () => {
    await cora.client(commitments.make, {
      title: 'Count the keys',
      owner: { kind: 'person', id: otto.id },
      due: { on: dateIn(2) },
    })
    const { items } = await otto.client(notifications.list, {})
    expect(items.filter((n) => n.sentence.includes('Count the keys'))).toHaveLength(1)
  })
  it('says what is wrong', async () => {
    const make = (given: object) =>
      codeOf(tess.client(commitments.make, { title: 'X', due: { on: dateIn(1) }, ...given }))
    expect(await make({ due: { on: '2020-01-01' } })).toBe('commitments.due-past')
    expect(await make({ due: { on: dateIn(1), zone: 'Mars/Olympus' } })).toBe('commitments.zone-unknown')
    expect(await make({ due: { on: 'tomorrow' } })).toBe('invalid')
    expect(await make({ owner: { kind: 'person', id: '01a00000-0000-7000-8000-000000000000' } })).toBe(
      'commitments.owner-unknown',
    )
    expect(await make({ about: { kind: 'ticket', id: '01a00000-0000-7000-8000-000000000000' } })).toBe('not-found')
    expect(await codeOf(rita.client(commitments.make, { title: 'X', due: { on: dateIn(1) } }))).toBe('forbidden')
  })
})

describe('seeing', () => {
  it('is for maker, owner, the owner’s team and those who see everybody’s; what is private for the first two', async () => {
    const open = await tess.client(commitments.make, { title: 'Open one', due: { on: dateIn(4) } })
    const hidden = await tess.client(commitments.make, { title: 'Mine alone', private: true, due: { on: dateIn(4) } })
    const sees = async (who: TestPerson, id: string) => codeOf(who.client(commitments.show, { id }))
    expect(await sees(cora, open.id)).toBe('allowed')
    expect(await sees(otto, open.id)).toBe('not-found')
    expect(await sees(cora, hidden.id)).toBe('not-found')
    expect(await sees(tess, hidden.id)).toBe('allowed')
    const listed = (await cora.client(commitments.list, { by_hand: true, limit: 200 })).items.map((c) => c.id)
    expect(listed).toContain(open.id)
    expect(listed).not.toContain(hidden.id)
  })
})

describe('keeping', () => {
  it('stops the clock with what shows it, and refuses without where that is asked for', async () => {
    const made = await tess.client(commitments.make, {
      title: 'Restore test',
      kind: 'test',
      needsEvidence: true,
      due: { on: dateIn(4) },
    })
    expect(await codeOf(tess.client(commitments.complete, { id: made.id }))).toBe('commitments.evidence-needed')
    expect(await codeOf(otto.client(commitments.complete, { id: made.id, evidence: 'x' }))).toBe('not-found')
    const done = await tess.client(commitments.complete, { id: made.id, evidence: 'All hashes equal' })
    expect(done).toMatchObject({
      phase: 'stopped',
      late: false,
      byHand: { evidence: 'All hashes equal', completedBy: 'Tess Tech' },
    })
    expect(await codeOf(tess.client(commitments.complete, { id: made.id, evidence: 'again' }))).toBe(
      'commitments.not-open',
    )
  })
  it('moves with a reason that is explained; the old version is refused', async () => {
    const made = await tess.client(commitments.make, { title: 'Inventory', due: { on: dateIn(4) } })
    const moved = await tess.client(commitments.move, {
      id: made.id,
      due: { on: dateIn(9) },
      reason: 'the auditor is ill',
      version: made.version,
    })
    expect(moved.dueAt! > made.dueAt!).toBe(true)
    expect((await tess.client(commitments.explain, { id: made.id })).sentences.join(' ')).toContain(
      'the auditor is ill',
    )
    expect(
      await codeOf(
        tess.client(commitments.move, {
          id: made.id,
          due: { on: dateIn(12) },
          reason: 'later still',
          version: made.version,
        }),
      ),
    ).toBe('stale')
  })
  it('put aside leaves the lists and the due moment alone', async () => {
    const made = await tess.client(commitments.make, { title: 'Not now', due: { on: dateIn(4) } })
    const until = new Date(Date.now() + day).toISOString()
    expect(await codeOf(tess.client(commitments.snooze, { id: made.id, until }))).toBe('commitments.snooze-reason')
    // an hour ago, as somebody words it who lives far to the east
    const past = `${new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 19)}+10:00`
    const snoozed = tess.client(commitments.snooze, { id: made.id, until: past, reason: 'late' })
    expect((await snoozed.catch((e: unknown) => e)) as object).toMatchObject({ status: 400 })
    const aside = await tess.client(commitments.snooze, { id: made.id, until, reason: 'after the move' })
    expect(aside).toMatchObject({ dueAt: made.dueAt, snoozed: { reason: 'after the move', by: 'Tess Tech' } })
    const shown = async (snoozed: boolean) =>
      (await tess.client(commitments.list, { owner: 'me', snoozed, limit: 200 })).items.some((c) => c.id === made.id)
    expect([await shown(false), await shown(true)]).toEqual([false, true])
    await tess.client(commitments.snooze, { id: made.id, until: null })
    expect([await shown(false), await shown(true)]).toEqual([true, false])
  })
  it('a miss is written and told: the owner at once, the lead or a coordinator a working day later', async () => {
    const made = await tess.client(commitments.make, {
      title: 'Renew the certificate',
      due: { on: dateIn(1), time: '12:00' },
      warnSeconds: 3600,
    })
    const due = Date.parse(made.dueAt!)
    const heard = async (who: TestPerson) =>
      (await who.client(notifications.list, { limit: 200 })).items
        .map((n) => n.sentence)
        .filter((s) => s.includes('Renew the certificate'))
    await timer(due - 3_599_000)
    expect(await heard(tess)).toHaveLength(1)
    await timer(due + 1000)
    expect(await heard(tess)).toHaveLength(2)
    await timer(due + 8 * day)
    expect((await heard(cora)).length).toBeGreaterThan(0)
    expect(await tess.client(commitments.show, { id: made.id })).toMatchObject({ late: true, phase: 'running' })
    expect((await tess.client(commitments.complete, { id: made.id })).breaches).toHaveLength(1)
  })
})

describe('Today', () => {
  const linesOf = async (who: TestPerson) => {
    const page = await who.client(today.show, { limit: 100 })
    return [...page.late.lines, ...page.dueSoon.lines].map((line) => line.subject)
  }
  const soon = () => {
    const at = new Date(Date.now() + 3_600_000)
    return { on: at.toISOString().slice(0, 10), time: at.toISOString().slice(11, 16), zone: 'UTC' }
  }
  it('has a line for what was made by hand, for its owner and whoever sees everybody’s', async () => {
    const made = await tess.client(commitments.make, { title: 'Water the plants', due: soon() })
    const line = { kind: 'commitment', id: made.id, reference: made.byHand!.reference, title: 'Water the plants' }
    expect(await linesOf(tess)).toContainEqual(expect.objectContaining(line))
    expect(await linesOf(cora)).toContainEqual(expect.objectContaining(line))
    expect((await linesOf(otto)).map((s) => s.id)).not.toContain(made.id)
    await tess.client(commitments.complete, { id: made.id })
    expect((await linesOf(tess)).map((s) => s.id)).not.toContain(made.id)
  })
  it('leaves out what was put aside, a ticket too, until its moment', async () => {
    await cora.client(serviceLevels.create, {
      name: 'Quick',
      calendar: (await cora.client(calendars.create, { name: 'Always', zone: 'UTC', week: everyDay })).id,
      conditions: {},
      targets: [{ kind: 'resolution', seconds: 1800 }],
    })
    const ticket = await tess.client(tickets.open, { title: 'Slow', queue: 'Field' })
    const clock = ticket.clocks[0]!.commitment
    expect((await linesOf(tess)).map((s) => s.id)).toContain(ticket.id)
    const until = new Date(Date.now() + day).toISOString()
    await tess.client(commitments.snooze, { id: clock, until, reason: 'the vendor calls tomorrow' })
    expect((await linesOf(tess)).map((s) => s.id)).not.toContain(ticket.id)
    await sql`update commitments set snoozed_until = now() - interval '1 second' where id = ${clock}`.execute(server.db)
    expect((await linesOf(tess)).map((s) => s.id)).toContain(ticket.id)
  })
})

describe('series', () => {
  it('makes each occurrence once, also of two nodes and after a rest', async () => {
    const made = await cora.client(commitmentSeries.create, {
      title: 'Monthly restore test',
      kind: 'test',
      rule: 'FREQ=MONTHLY;BYMONTHDAY=1',
      startsOn: '2026-01-01',
      leadDays: 7,
      needsEvidence: true,
    })
    expect(made.nextOn! > new Date().toISOString().slice(0, 10)).toBe(true)
    const later = Date.parse(made.nextOn!) + 65 * day
    const node = () => seriesTimer(server.opened.platform, () => later).round()
    await Promise.all([node(), node(), node()])
    await node()
    const { rows } = await sql<{
      occurs_on: string
    }>`select occurs_on from commitments_by_hand where series_id = ${made.id} order by 1`.execute(server.db)
    expect(rows.length).toBeGreaterThanOrEqual(3)
    expect(new Set(rows.map((r) => r.occurs_on)).size).toBe(rows.length)
    expect(rows[0]!.occurs_on).toBe(made.nextOn)
    expect(await cora.client(commitmentSeries.show, { id: made.id })).toMatchObject({
      open: rows.length,
      kept: 0,
      missed: 0,
    })
  })
  it('shows the next dates of a rule before anything is kept, and says what is wrong with one', async () => {
    const { occurrences } = await tess.client(commitmentSeries.preview, {
      rule: 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31',
      startsOn: '2030-01-01',
      dueTime: '09:00',
      zone: 'Europe/Berlin',
      limit: 2,
    })
    expect(occurrences).toEqual(['2030-03-31T07:00:00Z', '2031-03-31T07:00:00Z'])
    expect(await codeOf(tess.client(commitmentSeries.preview, { rule: 'FREQ=HOURLY', startsOn: '2030-01-01' }))).toBe(
      'commitments.rule-not-dates',
    )
  })
  it('is changed by its owner, its maker or a coordinator', async () => {
    const made = await tess.client(commitmentSeries.create, {
      title: 'Tidy the store',
      rule: 'FREQ=WEEKLY',
      startsOn: dateIn(20),
    })
    expect(await codeOf(otto.client(commitmentSeries.edit, { id: made.id, active: false }))).toBe('not-found')
    expect(await cora.client(commitmentSeries.edit, { id: made.id, active: false })).toMatchObject({
      active: false,
      nextOn: null,
    })
  })
})

describe('calendar feed', () => {
  const read = async (address: string) => fetch(`${server.base}${new URL(address).pathname}`)
  const eventsOf = (text: string) =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))

  it('is read by an independent parser; changes and ends arrive; a closed address answers nothing', async () => {
    const made = await otto.client(commitments.make, {
      title: 'Check the UPS; twice, with “care”',
      due: { on: '2031-05-19', time: '14:00' },
    })
    const whole = await otto.client(commitments.make, { title: 'Whole day', due: { on: '2031-05-20' } })
    const { address, feed } = await otto.client(feeds.create, { name: 'Phone' })
    const of = async (id: string) => eventsOf(await (await read(address)).text()).find((e) => e.uid.startsWith(id))
    const first = (await of(made.id))!
    expect(first.summary).toContain('Check the UPS; twice, with “care”')
    expect(first.endDate.toJSDate().toISOString()).toBe('2031-05-19T12:00:00.000Z')
    expect((await of(whole.id))!.startDate.toString()).toBe('2031-05-20')
    expect((await of(whole.id))!.startDate.isDate).toBe(true)

    await otto.client(commitments.move, { id: made.id, due: { on: '2031-06-02', time: '09:00' }, reason: 'holiday' })
    const second = (await of(made.id))!
    expect(second.endDate.toJSDate().toISOString()).toBe('2031-06-02T07:00:00.000Z')
    expect(second.sequence).toBeGreaterThan(first.sequence)

    await otto.client(commitments.complete, { id: made.id })
    const third = (await of(made.id))!
    expect(third.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(third.sequence).toBeGreaterThan(second.sequence)

    await otto.client(feeds.revoke, { id: feed.id })
    expect((await read(address)).status).toBe(404)
    expect((await read(`${server.base}/feeds/nonsense.ics`)).status).toBe(404)
  })
  it('holds nothing that its owner no longer sees', async () => {
    const { address } = await tess.client(feeds.create, { name: 'Laptop', withTeams: true })
    const canary = 'Canary of the confidential ticket'
    const ticket = await cora.client(tickets.open, { title: canary, queue: 'Field' })
    await cora.client(commitments.make, {
      title: 'About it',
      about: { kind: 'ticket', id: ticket.id },
      owner: { kind: 'person', id: tess.id },
      due: { on: dateIn(3) },
    })
    expect(await (await read(address)).text()).toContain(canary)
    await cora.client(tickets.edit, { id: ticket.id, confidential: true })
    const text = await (await read(address)).text()
    expect(text).not.toContain(canary)
    expect(text).not.toContain('About it')
  })
  it('is shown once and belongs to persons', async () => {
    const { feed } = await cora.client(feeds.create, { name: 'Desk' })
    expect(JSON.stringify(await cora.client(feeds.list, {}))).not.toMatch(/\.ics/)
    expect(await codeOf(tess.client(feeds.revoke, { id: feed.id }))).toBe('not-found')
    const key = await server.key('coordinator')
    expect(await codeOf(key.client(feeds.create, { name: 'Key' }))).toBe('commitments.feed-for-persons')
  })
})

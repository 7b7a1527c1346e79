import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { macros } from '../../../contract/macros.ts'
import { people, teams } from '../../../contract/people.ts'
import { ticketTasks } from '../../../contract/ticket-tasks.ts'
import { ticketMerges } from '../../../contract/ticket-merges.ts'
import { tickets } from '../../../contract/tickets.ts'
import { timeEntries } from '../../../contract/time-entries.ts'
import { codeOf, placeOf } from '../../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'
import { sql } from '../../platform/db.ts'

let server: TestServer
let tess: TestPerson
let tim: TestPerson
let lea: TestPerson
let otto: TestPerson
let cora: TestPerson
let mona: TestPerson
let rita: TestPerson
let field: string
/** In Berlin, where everybody's days begin here. */
const day = (ago = 0) => Temporal.Now.plainDateISO('Europe/Berlin').subtract({ days: ago }).toString()
const year = { from: day(300), to: day() }

beforeAll(async () => {
  server = await startTestServer()
  field = await server.queue('Field', ['Field team'])
  await server.queue('Payroll', ['Payroll team'])
  tess = await server.person({ name: 'Tess Tech', role: 'technician', teams: ['Field team'] })
  tim = await server.person({ name: 'Tim Tech', role: 'technician', teams: ['Field team'] })
  lea = await server.person({ name: 'Lea Lead', role: 'technician', teams: ['Field team'] })
  otto = await server.person({ name: 'Otto Other', role: 'technician', teams: ['Payroll team'] })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  mona = await server.person({ name: 'Mona', role: 'manager' })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  await cora.client(teams.edit, { id: await server.team('Field team'), lead: lea.id })
  await cora.client(people.edit, { id: rita.id, costCentre: 'CC-4010', department: 'Rigging' })
})
afterAll(() => server.stop())

const opened = async (title = 'Printer') => (await rita.client(tickets.open, { title, queue: 'Field' })).id
const add = (id: string, who = tess, more: object = {}) =>
  who.client(timeEntries.add, { id, duration: '1h 30m', ...more })
const sumOf = async (id: string) => (await tess.client(timeEntries.ofTicket, { id })).sum
const sentences = async (who: TestPerson, id: string) =>
  (await who.client(tickets.timeline, { id })).items.flatMap((e) => (e.event === null ? [] : [e.event.sentence]))

describe('entering time', () => {
  it('takes it for today and oneself, billed to whom the requester belongs', async () => {
    const id = await opened()
    expect(await add(id)).toMatchObject({
      seconds: 5400,
      day: day(),
      person: { id: tess.id },
      billable: false,
      billedTo: '',
    })
    expect(await add(id, tess, { billable: true, kind: 'on_site', day: day(1), words: 'New drum' })).toMatchObject({
      billedTo: 'CC-4010',
      kind: 'on_site',
      day: day(1),
      words: 'New drum',
      refusals: { edit: null },
    })
    expect(await add(id, tess, { billable: true, billedTo: 'Harbour Ltd' })).toMatchObject({ billedTo: 'Harbour Ltd' })
    const shown = await tim.client(timeEntries.ofTicket, { id })
    expect(shown).toMatchObject({ sum: { seconds: 16_200, billableSeconds: 10_800, entries: 3 }, billedTo: 'CC-4010' })
    expect(shown.items.map((one) => one.day)).toEqual([day(), day(), day(1)])
    expect(shown.items[0]!.refusals['edit']).toMatchObject({ code: 'time.not-yours' })
    expect(shown.refusals['add']).toBeNull()
  })

  it('falls back on the department, then on the organisation', async () => {
    const id = await opened()
    await cora.client(people.edit, { id: rita.id, costCentre: null })
    expect((await tess.client(timeEntries.ofTicket, { id })).billedTo).toBe('Rigging')
    await cora.client(people.edit, { id: rita.id, department: null })
    const name = (await sql<{ name: string }>`select name from organisations`.execute(server.db)).rows[0]!.name
    expect((await add(id, tess, { billable: true })).billedTo).toBe(name)
    await cora.client(people.edit, { id: rita.id, costCentre: 'CC-4010', department: 'Rigging' })
  })

  it('says what is wrong, and where', async () => {
    const id = await opened()
    for (const [duration, code] of [
      ['', 'time.duration-empty'],
      ['soon', 'time.duration-unreadable'],
      ['-1h', 'time.duration-negative'],
      ['0', 'time.duration-zero'],
      ['25h', 'time.duration-too-long'],
    ] as const)
      await expect(add(id, tess, { duration })).rejects.toMatchObject({ status: 400, code })
    expect(await placeOf(add(id, tess, { duration: '-1h' }))).toBe('duration')
    await expect(add(id, tess, { day: day(-1) })).rejects.toMatchObject({ status: 400, code: 'time.day-ahead' })
    expect(await placeOf(add(id, tess, { day: '1026-05-01' }))).toBe('day')
    expect(await placeOf(add(id, tess, { billedTo: 'a\nb' }))).toBe('billedTo')
    expect(await placeOf(add(id, tess, { kind: 'moon' }))).toBe('kind')
    expect((await sumOf(id)).entries).toBe(0)
  })

  it('gives nobody a day of more than 24 hours, even at the same moment', async () => {
    const id = await opened()
    const busy = await server.person({ name: 'Busy', role: 'technician', teams: ['Field team'] })
    const tried = await Promise.all(
      Array.from({ length: 6 }, () => codeOf(add(id, busy, { duration: '7h', day: day(3) }))),
    )
    expect(tried.toSorted()).toEqual([
      'allowed',
      'allowed',
      'allowed',
      'time.day-full',
      'time.day-full',
      'time.day-full',
    ])
    const other = await opened('Another ticket')
    const refused = await add(other, busy, { duration: '3h 1m', day: day(3) }).catch((error: unknown) => error as Error)
    expect(String(refused)).toContain('3h more')
    const fits = await add(other, busy, { duration: '3h', day: day(3) })
    expect(await placeOf(busy.client(timeEntries.edit, { id: fits.id, duration: '3h 1s' }))).toBe('duration')
    expect(await busy.client(timeEntries.edit, { id: fits.id, duration: '2h' })).toMatchObject({ seconds: 7200 })
  })

  it('is for those who work on the ticket, open or over', async () => {
    const id = await opened()
    expect(await codeOf(add(id, rita))).toBe('forbidden')
    expect(await codeOf(add(id, mona))).toBe('forbidden')
    expect(await codeOf(add(id, otto))).toBe('not-found')
    const own = await otto.client(tickets.open, { title: 'My own', queue: 'Field' })
    expect(await codeOf(add(own.id, otto))).toBe('tickets.internal-for-it')
    await tess.client(tickets.resolve, { id, resolution: 'Done' })
    expect(await codeOf(add(id))).toBe('allowed')
  })

  it('is for oneself, for those whose team one leads, and for everybody as coordinator', async () => {
    const id = await opened()
    expect(await codeOf(add(id, tess, { person: tim.id }))).toBe('time.not-yours')
    expect(await add(id, lea, { person: tim.id })).toMatchObject({
      person: { name: 'Tim Tech' },
      enteredBy: 'Lea Lead',
    })
    expect(await codeOf(add(id, lea, { person: otto.id }))).toBe('time.not-yours')
    for (const [who, others] of [
      [tess, false],
      [lea, true],
      [cora, true],
      [mona, false],
    ] as const)
      expect([who.name, (await who.client(timeEntries.ofTicket, { id })).others]).toEqual([who.name, others])
    expect(await codeOf(add(id, cora, { person: otto.id }))).toBe('allowed')
    expect(await placeOf(add(id, cora, { person: server.organisation }))).toBe('person')
    const { client } = await server.key('coordinator')
    expect(await placeOf(client(timeEntries.add, { id, duration: '1h' }))).toBe('person')
    expect(await client(timeEntries.add, { id, duration: '1h', person: tim.id })).toMatchObject({
      person: { id: tim.id },
    })
  })

  it('counts for the ticket where it is entered on a task', async () => {
    const id = await opened()
    const { items } = await tess.client(ticketTasks.add, {
      id,
      title: 'Run the payroll',
      owner: { kind: 'team', id: await server.team('Payroll team') },
    })
    const task = items[0]!.id
    // whoever has the task enters their own time, and sees nothing else of the ticket
    const entry = await otto.client(timeEntries.addToTask, { id: task, duration: '20' })
    expect(entry).toMatchObject({
      seconds: 1200,
      task: { title: 'Run the payroll' },
      ticket: null,
    })
    const payroll = await server.team('Payroll team')
    await sql`update teams set lead_id = ${otto.id} where id = ${payroll}`.execute(server.db)
    const pia = await server.person({ name: 'Pia', role: 'technician', teams: ['Payroll team'] })
    expect(await codeOf(otto.client(timeEntries.addToTask, { id: task, duration: '1h', person: pia.id }))).toBe(
      'time.own-alone',
    )
    expect(await codeOf(tess.client(timeEntries.addToTask, { id: task, duration: '40m' }))).toBe('allowed')
    const stranger = await server.person({ name: 'Stranger', role: 'technician', teams: ['Third team'] })
    expect(await codeOf(stranger.client(timeEntries.addToTask, { id: task, duration: '1h' }))).toBe('not-found')
    expect(await sumOf(id)).toMatchObject({ seconds: 3600, entries: 2 })
    expect((await tess.client(ticketTasks.list, { id })).items[0]!.spentSeconds).toBe(3600)
    // a task tells of the time on it as much as the entries do: to whoever has it of their own, to the requester of none
    const his = (await otto.client(ticketTasks.mine, { whose: 'teams' })).items.find((one) => one.id === task)
    expect(his?.spentSeconds).toBe(1200)
    expect((await rita.client(ticketTasks.list, { id })).items[0]!.spentSeconds).toBe(0)
    expect((await mona.client(ticketTasks.list, { id })).items[0]!.spentSeconds).toBe(3600)
    expect((await otto.client(timeEntries.list, { ...year, person: 'me', queue: field })).items).toEqual([])
    expect((await otto.client(timeEntries.list, { ...year, person: 'me' })).items.map((one) => one.id)).toContain(
      entry.id,
    )
    expect(await codeOf(otto.client(timeEntries.ofTicket, { id }))).toBe('not-found')
  })
})

describe('time with an answer', () => {
  it('is kept with it or neither is', async () => {
    const id = await opened()
    await tess.client(tickets.addNote, {
      id,
      public: true,
      body: 'Here you are',
      time: { duration: '15', billable: true },
    })
    expect(await sumOf(id)).toEqual({ seconds: 900, billableSeconds: 900, entries: 1 })
    expect(
      await placeOf(tess.client(tickets.addNote, { id, public: false, body: 'Kept?', time: { duration: 'long' } })),
    ).toBe('time.duration')
    expect(await placeOf(tess.client(tickets.addNote, { id, public: false, body: ' ', time: { duration: '5' } }))).toBe(
      'body',
    )
    expect(await codeOf(rita.client(tickets.addNote, { id, public: true, body: 'Hm', time: { duration: '5' } }))).toBe(
      'tickets.internal-for-it',
    )
    const full = await server.person({ name: 'Full', role: 'technician', teams: ['Field team'] })
    await add(id, full, { duration: '23h' })
    expect(
      await placeOf(full.client(tickets.addNote, { id, public: false, body: 'Late', time: { duration: '2h' } })),
    ).toBe('time.duration')
    expect((await sumOf(id)).entries).toBe(2)
    expect((await tess.client(tickets.timeline, { id })).items.filter((one) => one.kind === 'note')).toHaveLength(1)
  })
})

describe('the report by payer', () => {
  it('is read page by page, whatever letters names begin with', async () => {
    const id = await opened()
    const names = ['\u0130zmir yard', 'Izmit yard', 'Izola yard']
    for (const billedTo of names) await add(id, lea, { duration: '1m', billable: true, billedTo })
    const walked: string[] = []
    const asked = { ...year, by: 'billed_to' as const, person: lea.id, billable: true }
    for (let after: string | null | undefined; after !== null;) {
      const page = await lea.client(timeEntries.report, {
        ...asked,
        limit: 1,
        ...(after === undefined ? {} : { after }),
      })
      walked.push(...page.items.map((row) => row.name))
      after = page.next
    }
    expect(walked.filter((name) => names.includes(name)).toSorted()).toEqual(names.toSorted())
  })
})

describe('time with a macro', () => {
  it('is kept with what the macro does, or none of it is', async () => {
    const id = await opened()
    const macro = await tess.client(macros.create, {
      name: 'Waits',
      effects: [{ do: 'state', value: 'waiting_requester' }],
    })
    const use = (version: number) =>
      tess.client(tickets.addNote, {
        id,
        public: false,
        body: '',
        time: { duration: '10m' },
        macro: { id: macro.id, version, acts: [0] },
      })
    expect(await codeOf(use(macro.version + 1))).toBe('macros.changed')
    expect((await sumOf(id)).entries).toBe(0)
    expect((await use(macro.version)).state).toBe('waiting_requester')
    expect(await sumOf(id)).toMatchObject({ seconds: 600, entries: 1 })
  })
})

describe('correcting time', () => {
  it('keeps versions, says what changed, and takes nothing for a change', async () => {
    const id = await opened()
    const entry = await add(id, tess, { billable: true })
    const now = await tess.client(timeEntries.edit, { id: entry.id, duration: '2h', billable: false, version: 1 })
    expect(now).toMatchObject({ seconds: 7200, billable: false, billedTo: '', version: 2 })
    expect(await codeOf(tess.client(timeEntries.edit, { id: entry.id, words: 'x', version: 1 }))).toBe('stale')
    expect(await tess.client(timeEntries.edit, { id: entry.id, duration: '120' })).toMatchObject({ version: 2 })
    expect(await placeOf(tess.client(timeEntries.edit, { id: entry.id, day: day(-2) }))).toBe('day')
    expect(await codeOf(tim.client(timeEntries.edit, { id: entry.id, duration: '1h' }))).toBe('time.not-yours')
    expect(await codeOf(otto.client(timeEntries.edit, { id: entry.id, duration: '1h' }))).toBe('not-found')
    expect(await codeOf(mona.client(timeEntries.edit, { id: entry.id, duration: '1h' }))).toBe('forbidden')
    expect(await lea.client(timeEntries.edit, { id: entry.id, words: 'With travel' })).toMatchObject({ version: 3 })
    expect(await codeOf(tim.client(timeEntries.withdraw, { id: entry.id }))).toBe('time.not-yours')
    expect(await codeOf(tess.client(timeEntries.withdraw, { id: entry.id, version: 1 }))).toBe('stale')
    expect(await tess.client(timeEntries.withdraw, { id: entry.id, version: 3 })).toEqual({ withdrawn: true })
    expect(await codeOf(tess.client(timeEntries.withdraw, { id: entry.id }))).toBe('not-found')
    expect(await sumOf(id)).toEqual({ seconds: 0, billableSeconds: 0, entries: 0 })
    expect(await sentences(tess, id)).toEqual([
      'opened the ticket',
      'entered 1h 30m',
      'corrected the time of Tess Tech from 1h 30m to 2h',
      'corrected the time of Tess Tech',
      'withdrew 2h of Tess Tech',
    ])
  })

  it('of an old day goes on, as long as the day stays', async () => {
    const id = await opened()
    const entry = await add(id)
    await sql`update ticket_time_entries set day = day - 500 where id = ${entry.id}`.execute(server.db)
    expect(await tess.client(timeEntries.edit, { id: entry.id, duration: '1h' })).toMatchObject({ seconds: 3600 })
    expect(await placeOf(tess.client(timeEntries.edit, { id: entry.id, day: day(400) }))).toBe('day')
  })
})

describe('a merged ticket', () => {
  it('goes on in another with the time it took, and takes it along when taken apart', async () => {
    const [ends, goesOn] = [await opened('Mail is down'), await opened('Mail server down')]
    await add(ends)
    await add(goesOn, tim, { duration: '30m' })
    await tess.client(ticketMerges.merge, { id: ends, into: goesOn })
    expect(await sumOf(goesOn)).toMatchObject({ seconds: 7200, entries: 2 })
    const { items } = await tess.client(timeEntries.ofTicket, { id: goesOn })
    expect(items.map((one) => one.ticket!.id).toSorted()).toEqual([ends, goesOn].toSorted())
    expect(await sumOf(ends)).toMatchObject({ seconds: 5400, entries: 1 })
    await tess.client(ticketMerges.takeApart, { id: ends })
    expect(await sumOf(goesOn)).toMatchObject({ seconds: 1800, entries: 1 })
  })
  it('takes no more time, on a task that is done no more than on itself', async () => {
    const [ends, goesOn] = [await opened('Mail is down'), await opened('Mail server down')]
    const [task] = (await tess.client(ticketTasks.add, { id: ends, title: 'Look at the disk', hours: 1 })).items
    await tess.client(ticketTasks.finish, { id: task!.id })
    await tess.client(ticketMerges.merge, { id: ends, into: goesOn })
    expect(await codeOf(add(ends))).toBe('tickets.merged')
    const spend = { id: task!.id, duration: '30m', kind: 'remote' as const, words: '', billable: false }
    expect(await codeOf(tess.client(timeEntries.addToTask, spend))).toBe('tickets.merged')
    const [shown] = (await tess.client(ticketTasks.list, { id: ends })).items
    expect(shown!.refusals['spend']?.code).toBe('tickets.merged')
    await tess.client(ticketMerges.takeApart, { id: ends })
    expect(await tess.client(timeEntries.addToTask, spend)).toMatchObject({ seconds: 1800 })
  })
})

describe('who sees time', () => {
  it('is whoever works on the ticket or oversees it, and never its requester', async () => {
    const id = await opened()
    await add(id, tess, { words: 'unseen words' })
    expect(await codeOf(rita.client(timeEntries.ofTicket, { id }))).toBe('time.for-it')
    expect(await sentences(rita, id)).toEqual(['opened the ticket'])
    expect(await codeOf(rita.client(timeEntries.list, year))).toBe('forbidden')
    expect((await mona.client(timeEntries.ofTicket, { id })).items[0]).toMatchObject({
      words: 'unseen words',
      refusals: { edit: { code: 'time.not-yours' } },
    })
    await cora.client(tickets.edit, { id, confidential: true })
    for (const who of [cora, mona, tim])
      expect(await codeOf(who.client(timeEntries.ofTicket, { id }))).toBe('not-found')
    const seen = async (who: TestPerson) =>
      (await who.client(timeEntries.list, { ...year, limit: 200 })).items.filter((one) => one.words === 'unseen words')
    for (const who of [cora, mona, tim, otto]) expect(await seen(who)).toEqual([])
    // one's own, without what the ticket says
    expect(await seen(tess)).toMatchObject([{ ticket: null }])
  })
})

describe('the report', () => {
  it('sums by month and person, payer and queue; page by page as the list and the file', async () => {
    const from = '2026-01-01'
    const to = '2026-02-28'
    const id = await opened('=Reported')
    const lot = [
      [tess, '2026-01-31', 3600, true, 'CC-1'],
      [tess, '2026-02-01', 1800, true, 'cc-1'],
      [tim, '2026-02-02', 900, true, 'CC-2'],
      [tim, '2026-02-28', 600, false, ''],
    ] as const
    for (const [who, on, seconds, billable, billedTo] of lot) {
      const entry = await add(id, who, { duration: `${seconds}s`, billable, billedTo })
      await sql`update ticket_time_entries set day = ${on} where id = ${entry.id}`.execute(server.db)
    }
    const report = (by: 'person' | 'billed_to' | 'queue', more: object = {}, who = mona) =>
      who.client(timeEntries.report, { by, from, to, ...more })
    const rows = async (...asked: Parameters<typeof report>) =>
      (await report(...asked)).items.map((row) => [row.month, row.name, row.seconds, row.billableSeconds, row.entries])
    expect(await rows('person')).toEqual([
      ['2026-02', 'Tess Tech', 1800, 1800, 1],
      ['2026-02', 'Tim Tech', 1500, 900, 2],
      ['2026-01', 'Tess Tech', 3600, 3600, 1],
    ])
    expect(await rows('billed_to')).toEqual([
      ['2026-02', '', 600, 0, 1],
      ['2026-02', 'cc-1', 1800, 1800, 1],
      ['2026-02', 'CC-2', 900, 900, 1],
      ['2026-01', 'CC-1', 3600, 3600, 1],
    ])
    expect(await rows('queue')).toEqual([
      ['2026-02', 'Field', 3300, 2700, 3],
      ['2026-01', 'Field', 3600, 3600, 1],
    ])
    expect(await rows('person', { billedTo: 'CC-1' })).toHaveLength(2)
    expect(await rows('person', { billable: false })).toEqual([['2026-02', 'Tim Tech', 600, 0, 1]])
    expect(await rows('person', { person: tim.id, queue: field })).toHaveLength(1)
    expect((await report('person')).sum).toEqual({ seconds: 6900, billableSeconds: 6300, entries: 4 })
    expect(await rows('person', {}, otto)).toEqual([])
    const paged: string[] = []
    let after: string | undefined
    do {
      const page = await report('person', { limit: 1, ...(after === undefined ? {} : { after }) })
      paged.push(...page.items.map((row) => `${row.month} ${row.name}`))
      expect(page.sum === null).toBe(after !== undefined)
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(paged).toEqual(['2026-02 Tess Tech', '2026-02 Tim Tech', '2026-01 Tess Tech'])
    const first = await mona.client(timeEntries.list, { from, to, limit: 3 })
    const second = await mona.client(timeEntries.list, { from, to, limit: 3, after: first.next! })
    expect([...first.items, ...second.items].map((one) => one.day)).toEqual([
      '2026-02-28',
      '2026-02-02',
      '2026-02-01',
      '2026-01-31',
    ])
    expect(await placeOf(report('person', { to: '2025-01-01' }))).toBe('to')
    expect(await placeOf(report('person', { from: '2020-01-01' }))).toBe('to')
    expect(await codeOf(report('person', { after: 'x' }))).toBe('bad-cursor')
    const file = async (who: TestPerson, query = '') => {
      const answer = await fetch(`${server.base}/api/v1/time-entries.csv?from=${from}&to=${to}${query}`, {
        headers: { cookie: `${who.cookie.name}=${who.cookie.value}` },
      })
      return { status: answer.status, lines: (await answer.text()).trimEnd().split('\r\n') }
    }
    const { status, lines } = await file(mona)
    expect(status).toBe(200)
    expect(lines[0]).toBe('Day,Person,Ticket,Title,Task,Queue,Kind of work,Hours,Billable,Billed to,What was done')
    expect(lines[1]).toMatch(/^2026-02-28,Tim Tech,INC-\d+,'=Reported,,Field,Remote,0.1667,no,,$/)
    expect(lines).toHaveLength(5)
    expect((await file(otto)).lines).toHaveLength(1)
    expect((await file(mona, `&person=${tess.id}`)).lines).toHaveLength(3)
    expect((await file(rita)).status).toBe(403)
    expect((await file(mona, '&to=2020-01-01')).status).toBe(400)
  })
})

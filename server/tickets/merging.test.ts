import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { approvals } from '../../contract/approvals.ts'
import { commitmentSeries } from '../../contract/commitment-series.ts'
import { commitments } from '../../contract/commitments.ts'
import { onCall, onCallPages } from '../../contract/on-call.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { ticketTasks } from '../../contract/ticket-tasks.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { calendars } from '../../contract/calendars.ts'
import { people } from '../../contract/people.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { sql } from '../platform/db.ts'
import { rota } from '../../test/permissions/ground.ts'
import { codeOf } from '../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { gatheredInto } from './merges-store.ts'
import { survivorOf } from './public.ts'
import { timelinePage } from './timeline.ts'

let server: TestServer
let tess: TestPerson
let otto: TestPerson
let rita: TestPerson
let rolf: TestPerson
let loser: Ticket
let survivor: Ticket
let ada: TestPerson

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Field', ['Field team'])
  await server.queue('Payroll', ['Payroll team'])
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  otto = await server.person({ name: 'Otto', role: 'technician', teams: ['Payroll team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  ada = await server.person({ name: 'Ada', role: 'administrator' })
  const day = [{ from: '00:00', to: '24:00' }]
  const calendar = await ada.client(calendars.create, {
    name: 'Always',
    zone: 'UTC',
    week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
  })
  await ada.client(serviceLevels.create, {
    name: 'Usual',
    calendar: calendar.id,
    conditions: {},
    targets: [
      { kind: 'first_response', seconds: 60 },
      { kind: 'resolution', seconds: 3600, pauseIn: ['waiting_requester'] },
    ],
  })
  rolf = await server.person({ name: 'Rolf', role: 'requester' })
})
afterAll(() => server.stop())
beforeEach(async () => {
  loser = await rita.client(tickets.open, {
    title: 'Mail is down',
    description: '<p>No mail since 8</p>',
    queue: 'Field',
  })
  survivor = await rolf.client(tickets.open, { title: 'Mail server down', queue: 'Field' })
})

const merge = (id = loser.id, into = survivor.reference) => tess.client(ticketMerges.merge, { id, into })
const show = (id: string, who = tess) => who.client(tickets.show, { id })
const said = async (id: string, who = tess, limit = 50) => {
  const page = await who.client(tickets.timeline, { id, limit })
  return page.items.flatMap((one) => (one.note === null ? [] : [[one.note.from, one.note.body]]))
}

describe('merging', () => {
  it('keeps everything that was said, in order of time and page by page (GLPI #24782)', async () => {
    await rita.client(tickets.addNote, { id: loser.id, public: true, body: '<p>Still nothing</p>' })
    await rolf.client(tickets.addNote, { id: survivor.id, public: true, body: '<p>Here too</p>' })
    await tess.client(tickets.addNote, { id: loser.id, public: false, body: '<p>Queue is full</p>' })
    await merge()
    const all = [
      [loser.reference, '<p>No mail since 8</p>'],
      [loser.reference, '<p>Still nothing</p>'],
      [null, '<p>Here too</p>'],
      [loser.reference, '<p>Queue is full</p>'],
    ]
    expect(await said(survivor.id)).toEqual(all)
    const walked: unknown[] = []
    for (let after: string | null | undefined; after !== null;) {
      const page = await tess.client(tickets.timeline, {
        id: survivor.id,
        limit: 1,
        ...(after === undefined ? {} : { after }),
      })
      walked.unshift(...page.items.flatMap((one) => (one.note === null ? [] : [[one.note.from, one.note.body]])))
      after = page.next
    }
    expect(walked).toEqual(all)
    expect(await show(survivor.id)).toMatchObject({ gathered: [{ id: loser.id, direct: true }] })
  })
  it('reads its course with as many statements, however many tickets went into it', async () => {
    const actor = await server.actor(tess)
    const statements = async () => {
      let asked = 0
      const counted = server.db.withPlugin({
        transformQuery: ({ node }) => {
          asked++
          return node
        },
        transformResult: ({ result }) => Promise.resolve(result),
      })
      const gathered = await gatheredInto(counted, actor, survivor.id)
      const { items } = await timelinePage(counted, actor, { id: survivor.id, inside: true }, gathered, 50, undefined)
      return { asked, from: new Set(items.flatMap((one) => one.note?.from ?? [])).size }
    }
    await merge()
    const one = await statements()
    for (const title of ['Third', 'Fourth'])
      await merge((await rita.client(tickets.open, { title, queue: 'Field' })).id)
    expect([one, await statements()]).toEqual([
      { asked: one.asked, from: 1 },
      { asked: one.asked, from: 3 },
    ])
  })
  it('leaves no clock of the merged ticket to fall due (Znuny #200, W14)', async () => {
    expect(loser.clocks.length).toBeGreaterThan(0)
    const merged = await merge()
    expect(merged).toMatchObject({ state: 'closed', due: null, merged: { into: { name: survivor.reference } } })
    for (const clock of merged.clocks)
      expect(clock).toMatchObject({ phase: 'cancelled', dueAt: null, breachedAt: null })
    const { items } = await tess.client(tickets.list, { open: true, limit: 100 })
    expect(items.map((one) => one.id)).not.toContain(loser.id)
    expect(items.map((one) => one.id)).toContain(survivor.id)
  })
  it('lets its requester follow the other one, and tells them once', async () => {
    expect(await codeOf(show(survivor.id, rita))).toBe('not-found')
    await merge()
    expect((await show(survivor.id, rita)).watchers.map((one) => one.id)).toEqual([rita.id])
    // the other requester never saw that ticket, and does not now
    expect((await show(survivor.id, rolf)).gathered).toEqual([])
    expect(await said(survivor.id, rolf)).toEqual([])
    expect(await said(survivor.id, rita)).toEqual([[loser.reference, '<p>No mail since 8</p>']])
  })
  it('says where a merged ticket goes on, and takes nothing more there', async () => {
    await merge()
    expect(await codeOf(rita.client(tickets.addNote, { id: loser.id, public: true, body: 'Hello?' }))).toBe(
      'tickets.merged',
    )
    expect(await codeOf(rita.client(tickets.reopen, { id: loser.id }))).toBe('tickets.merged')
    expect(await codeOf(tess.client(tickets.changeState, { id: loser.id, state: 'in_progress' }))).toBe(
      'tickets.merged',
    )
    expect(await codeOf(merge())).toBe('tickets.merged')
    const asked = {
      about: { kind: 'ticket' as const, id: loser.id },
      title: 'Another disk',
      definition: { stages: [{ name: 'Ada', approvers: [{ kind: 'person' as const, id: ada.id }] }] },
    }
    expect(await codeOf(tess.client(approvals.ask, asked))).toBe('tickets.merged')
    const other = { ...asked, about: { kind: 'ticket' as const, id: survivor.id } }
    expect(await tess.client(approvals.ask, other)).toMatchObject({ state: 'waiting' })
    const about = { kind: 'ticket' as const, id: loser.id }
    const made = { title: 'Look again', due: { on: '2999-01-01' } }
    expect(await codeOf(tess.client(commitments.make, { ...made, about }))).toBe('tickets.merged')
    expect(await codeOf(tess.client(commitments.make, { ...made, about: other.about }))).toBe('allowed')
    const weekly = { title: 'Each week', rule: 'FREQ=WEEKLY', startsOn: '2999-01-01', leadDays: 2 }
    expect(await codeOf(ada.client(commitmentSeries.create, { ...weekly, about }))).toBe('tickets.merged')
    const { id: schedule } = await ada.client(onCall.create, {
      team: await server.team('Field team'),
      name: 'Field',
      ...rota(tess.id),
    })
    const call = { schedule, words: 'Mail is down' }
    expect(await codeOf(tess.client(onCallPages.call, { ...call, about }))).toBe('tickets.merged')
    expect(await codeOf(tess.client(onCallPages.call, { ...call, about: other.about }))).toBe('allowed')
  })
  it('follows a chain to its end, and makes no circle', async () => {
    const third = await tess.client(tickets.open, { title: 'All of it', queue: 'Field' })
    await merge()
    await merge(survivor.id, third.id)
    expect(await survivorOf(server.db, loser.id)).toBe(third.id)
    expect((await show(loser.id)).merged?.into?.name).toBe(third.reference)
    expect(await said(third.id)).toContainEqual([loser.reference, '<p>No mail since 8</p>'])
    expect(await codeOf(merge(third.id, loser.id))).toBe('tickets.merge-goes-on')
    expect(await codeOf(merge(third.id, third.id))).toBe('tickets.merge-with-itself')
  })
  it('is refused where work would be forgotten, where one is not seen or not worked on, and from an old version', async () => {
    const payroll = await rolf.client(tickets.open, { title: 'Pay', queue: 'Payroll' })
    expect(await codeOf(merge(loser.id, payroll.id))).toBe('not-found')
    expect(await codeOf(otto.client(ticketMerges.merge, { id: payroll.id, into: survivor.id }))).toBe('not-found')
    expect(await codeOf(rita.client(ticketMerges.merge, { id: loser.id, into: survivor.id }))).toBe('forbidden')
    await tess.client(tickets.assign, { id: loser.id, assignee: 'me' })
    expect(await codeOf(tess.client(ticketMerges.merge, { id: loser.id, into: survivor.id, version: 1 }))).toBe('stale')
    await tess.client(ticketTasks.add, { id: loser.id, title: 'Look at the disk' })
    expect(await codeOf(merge())).toBe('tickets.merge-work-left')
    await tess.client(tickets.resolve, { id: survivor.id })
    expect(await codeOf(merge())).toBe('tickets.merge-into-open')
  })
  it('lets nobody into a confidential ticket', async () => {
    await tess.client(tickets.assign, { id: survivor.id, assignee: 'me' })
    await tess.client(tickets.edit, { id: survivor.id, confidential: true })
    await merge()
    expect(await codeOf(show(survivor.id, rita))).toBe('not-found')
    expect((await show(loser.id, rita)).merged).toMatchObject({ into: null })
  })
})

/** Each breach and each step of the clocks of a ticket as it is on record. */
const ledger = async (ticket: string) => {
  const { rows } = await sql`
    select m.kind, m.phase, m.late, m.generation,
      (select count(*)::int from breaches b where b.commitment_id = m.id and b.superseded_at is null) as breaches,
      (select count(*)::int from ladder_records l where l.commitment_id = m.id) as steps
    from commitments m where m.subject_id = ${ticket} order by m.kind`.execute(server.db)
  return rows
}

/** Lets all that the clocks of a ticket heard have happened a minute and a half ago. */
const age = (ticket: string) =>
  sql`update clock_events e set at = e.at - interval '90 seconds' from commitments m where m.id = e.commitment_id and m.subject_id = ${ticket}`.execute(
    server.db,
  )

describe('clocks', () => {
  it('a breach before the merge stays one, and is found no second time (clock-cancel-keeps-breach)', async () => {
    await age(loser.id)
    await tess.client(tickets.addNote, { id: loser.id, public: true, body: 'We look' })
    const before = await ledger(loser.id)
    expect(before).toMatchObject([
      { kind: 'first_response', phase: 'stopped', late: true, breaches: 1 },
      { kind: 'resolution', phase: 'running', breaches: 0 },
    ])
    await merge()
    expect(await ledger(loser.id)).toMatchObject([
      { kind: 'first_response', phase: 'stopped', breaches: 1 },
      { kind: 'resolution', phase: 'cancelled', breaches: 0 },
    ])
    await tess.client(ticketMerges.takeApart, { id: loser.id })
    expect(await ledger(loser.id)).toEqual(before)
    // the record says that they were cancelled once
    const { rows } =
      await sql`select e.kind, e.struck from clock_events e join commitments m on m.id = e.commitment_id where m.subject_id = ${loser.id} and m.kind = 'resolution' order by e.seq`.execute(
        server.db,
      )
    expect(rows.at(-1)).toEqual({ kind: 'cancel', struck: true })
  })
  it('what fell due while it was merged is missed once it is taken apart, and not before', async () => {
    await merge()
    await age(loser.id)
    expect(await ledger(loser.id)).toMatchObject([{ breaches: 0 }, { breaches: 0 }])
    await tess.client(ticketMerges.takeApart, { id: loser.id })
    expect(await ledger(loser.id)).toMatchObject([
      { kind: 'first_response', phase: 'running', late: true, breaches: 1 },
      { kind: 'resolution', phase: 'running', late: false, breaches: 0 },
    ])
    // merged and taken apart again: still one
    await merge()
    await tess.client(ticketMerges.takeApart, { id: loser.id })
    expect(await ledger(loser.id)).toMatchObject([{ breaches: 1 }, { breaches: 0 }])
  })
})

describe('taking apart', () => {
  it('brings back state, owner, queue, people and clocks', async () => {
    await tess.client(tickets.assign, { id: loser.id, assignee: 'me' })
    const before = await tess.client(tickets.changeState, { id: loser.id, state: 'waiting_requester' })
    const other = await show(survivor.id)
    await merge()
    const after = await tess.client(ticketMerges.takeApart, { id: loser.id })
    const same = ({ state, assignee, queue, waitingSince, resolvedAt, closedAt, watchers, due }: Ticket) => ({
      state,
      assignee,
      queue,
      waitingSince,
      resolvedAt,
      closedAt,
      watchers,
      due: due?.dueAt ?? null,
    })
    expect(same(after)).toEqual(same(before))
    const live = (one: Ticket) => one.clocks.map(({ kind, phase, dueAt }) => ({ kind, phase, dueAt }))
    expect(live(after)).toEqual(live(before))
    expect(after.merged).toBeNull()
    const now = await show(survivor.id)
    expect(same(now)).toEqual(same(other))
    expect(await codeOf(show(survivor.id, rita))).toBe('not-found')
    expect(await said(survivor.id)).toEqual([])
    expect((await rita.client(tickets.addNote, { id: loser.id, public: true, body: 'Hello' })).state).toBe(
      'waiting_requester',
    )
    expect(await codeOf(tess.client(ticketMerges.takeApart, { id: loser.id }))).toBe('tickets.not-merged')
  })
  it('leaves it to nobody who left meanwhile, nor does reopening: it waits in its queue', async () => {
    const lars = await server.person({ name: 'Lars', role: 'technician', teams: ['Field team'] })
    const done = await rolf.client(tickets.open, { title: 'Screen', queue: 'Field' })
    for (const { id } of [loser, done]) await lars.client(tickets.assign, { id, assignee: 'me' })
    await lars.client(tickets.resolve, { id: done.id })
    await merge()
    await ada.client(people.deactivate, { id: lars.id, handOverTo: null })
    expect(await tess.client(ticketMerges.takeApart, { id: loser.id })).toMatchObject({ assignee: null })
    expect(await rolf.client(tickets.reopen, { id: done.id })).toMatchObject({ state: 'new', assignee: null })
    const { rows } = await sql<{ owner_kind: string }>`
      select owner_kind from commitments where subject_id = any(${[loser.id, done.id]}::uuid[]) and phase = 'running'`.execute(
      server.db,
    )
    expect(rows.map((row) => row.owner_kind)).toEqual(['team', 'team', 'team'])
  })
  it('lets go of whoever came along a chain, at each of its links', async () => {
    const third = await tess.client(tickets.open, { title: 'All of it', queue: 'Field' })
    await merge()
    await merge(survivor.id, third.id)
    const following = async (id: string) => (await show(id)).watchers.map((one) => one.id).toSorted()
    expect(await following(third.id)).toEqual([rita.id, rolf.id].toSorted())
    await tess.client(ticketMerges.takeApart, { id: loser.id })
    expect(await following(third.id)).toEqual([rolf.id])
    expect(await codeOf(show(third.id, rita))).toBe('not-found')
    await tess.client(ticketMerges.takeApart, { id: survivor.id })
    expect(await following(third.id)).toEqual([])
  })
  it('leaves those in who follow for the sake of another merged ticket, or did before', async () => {
    const third = await rita.client(tickets.open, { title: 'Mail?', queue: 'Field' })
    await merge()
    await merge(third.id)
    await tess.client(ticketMerges.takeApart, { id: third.id })
    expect((await show(survivor.id)).watchers.map((one) => one.id)).toEqual([rita.id])
  })
})

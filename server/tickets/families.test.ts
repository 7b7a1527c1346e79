import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { events } from '../../contract/events.ts'
import { notifications } from '../../contract/notifications.ts'
import { ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { ticketParents } from '../../contract/ticket-parents.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { codeOf } from '../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { eventsById } from '../platform/events.ts'
import { sql } from '../platform/db.ts'
import { bulkEditJob, tellOfChildren } from './public.ts'

let server: TestServer
let tess: TestPerson
let theo: TestPerson
let otto: TestPerson
let rita: TestPerson
let parent: Ticket
let child: Ticket

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Field', ['Field team'])
  await server.queue('Payroll', ['Payroll team'])
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  theo = await server.person({ name: 'Theo', role: 'technician', teams: ['Field team'] })
  otto = await server.person({ name: 'Otto', role: 'technician', teams: ['Payroll team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
})
afterAll(() => server.stop())
beforeEach(async () => {
  parent = await tess.client(tickets.open, { title: 'New till in the canteen', queue: 'Field' })
  child = await rita.client(tickets.open, { title: 'Cable to the canteen', queue: 'Field' })
})

const set = (id: string, to: string | null, who = tess) => who.client(ticketParents.set, { id, parent: to })
const show = (id: string, who = tess) => who.client(tickets.show, { id })
const saidOf = async (id: string) =>
  (await tess.client(tickets.timeline, { id, limit: 50 })).items.flatMap((one) => one.event?.sentence ?? [])
const childrenOf = async (id: string, who = tess) =>
  (await who.client(tickets.list, { parent: id, limit: 50 })).items.map((one) => one.id)

describe('a child of a ticket', () => {
  it('is seen from both sides, by reference too, and both say so', async () => {
    expect(await set(child.id, parent.reference)).toMatchObject({
      parent: { id: parent.id, reference: parent.reference, title: parent.title },
      version: child.version + 1,
    })
    expect((await show(parent.id)).children).toEqual({ total: 1, open: 1, more: false })
    expect([await childrenOf(parent.id), await childrenOf(parent.reference.toLowerCase())]).toEqual([
      [child.id],
      [child.id],
    ])
    expect(await saidOf(child.id)).toContain(`made it a child of ${parent.reference}`)
    expect(await saidOf(parent.id)).toContain(`made ${child.reference} a child of this ticket`)
    await set(child.id, null)
    expect((await show(child.id)).parent).toBeNull()
    expect((await show(parent.id)).children).toEqual({ total: 0, open: 0, more: false })
    expect(await saidOf(parent.id)).toContain(`took the child ${child.reference} out of this ticket`)
  })
  it('is opened as one in a queue of another team, by who works on the parent', async () => {
    const opened = await tess.client(tickets.open, { title: 'Sockets', queue: 'Payroll', parent: parent.id })
    expect((await otto.client(tickets.show, { id: opened.id })).parent).toBeNull()
    expect(await childrenOf(parent.id)).toEqual([opened.id])
    // later it is for those who work on it
    expect(await codeOf(set(opened.id, null))).toBe('tickets.not-yours-to-work')
  })
  it('is opened as one, or not at all', async () => {
    const opened = await tess.client(tickets.open, { title: 'Socket', queue: 'Field', parent: parent.reference })
    expect(opened.parent?.id).toBe(parent.id)
    expect(await childrenOf(parent.id)).toEqual([opened.id])
    const own = rita.client(tickets.open, { title: 'Mine', queue: 'Field', parent: child.reference })
    expect(await codeOf(own)).toBe('tickets.not-yours-to-work')
    expect((await rita.client(tickets.list, { q: 'Mine' })).items).toEqual([])
  })
  it('has one parent: another takes the place of the first, and both hear of it', async () => {
    const other = await tess.client(tickets.open, { title: 'Canteen is rebuilt', queue: 'Field' })
    await set(child.id, parent.id)
    await set(child.id, other.id)
    expect([await childrenOf(parent.id), await childrenOf(other.id)]).toEqual([[], [child.id]])
    expect(await saidOf(parent.id)).toContain(`took the child ${child.reference} out of this ticket`)
    // asked again nothing is said again
    const { version } = await show(child.id)
    expect(await set(child.id, other.id)).toMatchObject({ version })
  })
  it('makes no circle, however long, nor when two come at once', async () => {
    const third = await tess.client(tickets.open, { title: 'Third', queue: 'Field' })
    await set(child.id, parent.id)
    await set(third.id, child.id)
    expect(await codeOf(set(parent.id, third.id))).toBe('tickets.parent-circle')
    expect(await codeOf(set(parent.id, parent.id))).toBe('tickets.parent-itself')
    const [a, b] = [
      await tess.client(tickets.open, { title: 'A', queue: 'Field' }),
      await tess.client(tickets.open, { title: 'B', queue: 'Field' }),
    ]
    const both = await Promise.all([codeOf(set(a.id, b.id)), codeOf(set(b.id, a.id))])
    expect(both.toSorted()).toEqual(['allowed', 'tickets.parent-circle'])
  })
  it('is refused where one is not seen, not worked on, done, or based on an old version', async () => {
    const payroll = await rita.client(tickets.open, { title: 'Pay', queue: 'Payroll' })
    expect(await codeOf(set(child.id, payroll.id))).toBe('not-found')
    expect(await codeOf(set(payroll.id, parent.id, otto))).toBe('not-found')
    expect(await codeOf(set(child.id, parent.id, rita))).toBe('forbidden')
    await tess.client(tickets.edit, { id: child.id, impact: 1, urgency: 1 })
    expect(await codeOf(tess.client(ticketParents.set, { id: child.id, parent: parent.id, version: 1 }))).toBe('stale')
    await tess.client(tickets.resolve, { id: parent.id })
    expect(await codeOf(set(child.id, parent.id))).toBe('tickets.parent-done')
  })
  it('shows nobody a parent or a child that they do not see', async () => {
    await set(child.id, parent.id)
    expect((await show(child.id, rita)).parent).toBeNull()
    await rita.client(tickets.edit, { id: child.id, title: 'Cable' }).catch(() => undefined)
    await tess.client(tickets.assign, { id: child.id, assignee: 'me' })
    await tess.client(tickets.edit, { id: child.id, confidential: true })
    expect((await show(parent.id, theo)).children).toEqual({ total: 0, open: 0, more: false })
    expect(await childrenOf(parent.id, theo)).toEqual([])
    // nor is a ticket that one sees found by a parent that one does not see
    expect([await childrenOf(parent.id, rita), await childrenOf(parent.reference, rita)]).toEqual([[], []])
  })
  it('names no ticket in its history, nor in the log, that the reader does not see', async () => {
    const [merged, auditor] = [
      await tess.client(tickets.open, { title: 'Canteen', queue: 'Field' }),
      await server.person({ name: 'Ada', role: 'auditor' }),
    ]
    await set(child.id, parent.id)
    await set(child.id, null)
    await set(child.id, parent.id)
    await tess.client(ticketMerges.merge, { id: merged.id, into: parent.id })
    await tess.client(ticketMerges.takeApart, { id: merged.id })
    const said = async (id: string, who: TestPerson) =>
      JSON.stringify((await who.client(tickets.timeline, { id, limit: 50 })).items)
    const logged = async (id: string) => JSON.stringify((await auditor.client(events.list, { subject: id })).items)
    const names = (text: string) => [text.includes(parent.reference), text.includes(parent.id)]
    for (const id of [child.id, merged.id])
      expect([...names(await said(id, theo)), ...names(await logged(id))]).toEqual([true, false, true, true])
    await tess.client(tickets.assign, { id: parent.id, assignee: 'me' })
    await tess.client(tickets.edit, { id: parent.id, confidential: true })
    for (const id of [child.id, merged.id]) {
      expect([...names(await said(id, theo)), ...names(await logged(id))]).toEqual([false, false, false, false])
      // whoever sees it is told
      expect(names(await said(id, tess))).toEqual([true, false])
    }
    expect(await said(child.id, theo)).toContain('made it a child of another ticket')
    expect(await said(merged.id, theo)).toContain('merged the ticket into another ticket')
  })
  it('is counted up to a thousand, the open ones first', async () => {
    await set(child.id, parent.id)
    await sql`
      insert into tickets (id, organisation_id, reference, kind, title, description, state, impact, urgency, priority, queue_id, source, opened_by_name, due_at, last_activity_at, created_at, updated_at, parent_id)
      select gen_random_uuid(), organisation_id, 'INC-9' || g, kind, 'Over', '', 'closed', impact, urgency, priority, queue_id, source, opened_by_name, 'infinity', last_activity_at, created_at, updated_at, ${parent.id}
      from tickets, generate_series(1000, 1999) g where id = ${child.id}`.execute(server.db)
    expect((await show(parent.id)).children).toEqual({ total: 1000, open: 1, more: true })
    const shown = await tess.client(tickets.list, { parent: parent.id, sort: 'due', limit: 8 })
    expect(shown.items[0]?.id).toBe(child.id)
    await sql`delete from tickets where parent_id = ${parent.id} and id <> ${child.id}`.execute(server.db)
    expect((await show(parent.id)).children).toEqual({ total: 1, open: 1, more: false })
  })
  it('is answered and resolved with all others by one bulk edit', async () => {
    await set(child.id, parent.id)
    const which = { filter: { parent: parent.reference, open: true, sort: '-created' as const } }
    const change = { state: 'resolved' as const, resolution: '<p>The cable lies.</p>' }
    expect(await tess.client(ticketBulkEdits.preview, { ...which, change })).toMatchObject({ matched: 1, allowed: 1 })
  })
  it('is resolved with its parent by one request, through a bulk edit that is there once the parent is done', async () => {
    await set(child.id, parent.id)
    const resolution = '<p>The cable lies.</p>'
    const resolved = await tess.client(tickets.resolve, { id: parent.id, resolution, children: true })
    expect(resolved.state).toBe('resolved')
    const [edit] = (await tess.client(ticketBulkEdits.list, {})).items
    expect(edit).toMatchObject({ total: 1, byFilter: true, status: 'waiting' })
    await bulkEditJob(server.opened.platform).run({ person: tess.id }, new AbortController().signal)
    expect(await tess.client(ticketBulkEdits.show, { id: edit!.id })).toMatchObject({ counts: { done: 1 } })
    expect(await show(child.id)).toMatchObject({ state: 'resolved', resolution })
  })
  it('is resolved with its parent, or neither is; children that are done ask for no edit', async () => {
    await set(child.id, parent.id)
    const edits = async () => (await tess.client(ticketBulkEdits.list, {})).items.length
    const before = await edits()
    await sql`insert into ticket_bulk_edits (id, organisation_id, person_id, cause, change, total)
      select gen_random_uuid(), organisation_id, ${tess.id}, gen_random_uuid(), '{}', 0 from persons, generate_series(1, 20) where id = ${tess.id}`.execute(
      server.db,
    )
    const both = { id: parent.id, children: true }
    expect(await codeOf(tess.client(tickets.resolve, both))).toBe('bulk.too-many-waiting')
    expect((await show(parent.id)).state).toBe('new')
    await sql`delete from ticket_bulk_edits where person_id = ${tess.id} and total = 0`.execute(server.db)
    await tess.client(tickets.resolve, { id: child.id })
    await tess.client(tickets.resolve, both)
    expect(await edits()).toBe(before)
  })
})

describe('the last child that is open', () => {
  /** Lets what tells of children hear all that happened to these, once more what it heard already. */
  const tellAll = async (children: string[], since = '1970-01-01') => {
    const reaction = tellOfChildren(server.db)
    const { rows } = await sql<{ id: string }>`
      select id from events where type = any(${[...reaction.hears]}) and subject_id = any(${children}::uuid[]) and at >= ${since}::timestamptz order by id`.execute(
      server.db,
    )
    for (const event of await eventsById(
      server.db,
      rows.map((row) => row.id),
    ))
      await reaction.react(event)
  }
  const told = async () =>
    (await theo.client(notifications.list, {})).items.filter(
      (one) => one.kind === 'ticket.children-done' && one.subject?.id === parent.id,
    )
  let second: Ticket
  beforeEach(async () => {
    second = await rita.client(tickets.open, { title: 'Socket', queue: 'Field' })
    await tess.client(tickets.assign, { id: parent.id, assignee: theo.id })
    for (const id of [child.id, second.id]) await set(id, parent.id)
  })
  it('is done: whoever works on the parent is told, once', async () => {
    await tess.client(tickets.resolve, { id: child.id })
    await tellAll([child.id, second.id])
    expect(await told()).toEqual([])
    await tess.client(tickets.resolve, { id: second.id })
    await tellAll([child.id, second.id])
    await tellAll([child.id, second.id])
    expect(await told()).toMatchObject([{ sentence: `All children of ${parent.reference} ${parent.title} are done` }])
  })
  it('is merged into a ticket elsewhere: they are told', async () => {
    const other = await tess.client(tickets.open, { title: 'All sockets', queue: 'Field' })
    await tess.client(tickets.resolve, { id: child.id })
    await tess.client(ticketMerges.merge, { id: second.id, into: other.id })
    await tellAll([child.id, second.id])
    expect(await told()).toHaveLength(1)
  })
  it('is taken out, or made a child of another: they are told that none is open any more', async () => {
    const other = await tess.client(tickets.open, { title: 'All cables', queue: 'Field' })
    const none = { sentence: `${parent.reference} ${parent.title} has no open child any more` }
    await set(child.id, null)
    await tellAll([child.id])
    expect(await told()).toEqual([])
    await set(second.id, other.id)
    await tellAll([second.id])
    expect(await told()).toMatchObject([none])
    // it comes back and goes again: that is said again
    await set(second.id, parent.id)
    await set(second.id, null)
    await tellAll([second.id])
    expect(await told()).toMatchObject([none, none])
  })
  it('was done before it was taken out: nothing is said', async () => {
    await set(child.id, null)
    await tess.client(tickets.resolve, { id: second.id })
    await tellAll([second.id])
    await set(second.id, null)
    await tellAll([second.id])
    expect(await told()).toHaveLength(1)
  })
  it('goes back with the ticket that was merged into its parent and is taken apart', async () => {
    const ended = await tess.client(tickets.open, { title: 'The same till', queue: 'Field' })
    for (const id of [child.id, second.id]) await set(id, ended.id)
    await tess.client(ticketMerges.merge, { id: ended.id, into: parent.id })
    await tellAll([child.id, second.id])
    expect(await told()).toEqual([])
    const apart = await tess.client(ticketMerges.takeApart, { id: ended.id })
    await tellAll([child.id, second.id], apart.updatedAt)
    // both went at once
    expect(await told()).toHaveLength(1)
  })
})

describe('merging', () => {
  it('hands children on, and gives them back (GLPI #24782)', async () => {
    const survivor = await tess.client(tickets.open, { title: 'The same till', queue: 'Field' })
    const own = await tess.client(tickets.open, { title: 'Own child', queue: 'Field' })
    await set(child.id, parent.id)
    await set(own.id, survivor.id)
    await tess.client(ticketMerges.merge, { id: parent.id, into: survivor.id })
    expect(new Set(await childrenOf(survivor.id))).toEqual(new Set([child.id, own.id]))
    await tess.client(ticketMerges.takeApart, { id: parent.id })
    expect([await childrenOf(parent.id), await childrenOf(survivor.id)]).toEqual([[child.id], [own.id]])
  })
  it('gives no child back that stands above its parent by now', async () => {
    const [survivor, above] = [
      await tess.client(tickets.open, { title: 'The same till', queue: 'Field' }),
      await tess.client(tickets.open, { title: 'All tills', queue: 'Field' }),
    ]
    await set(child.id, parent.id)
    await set(parent.id, above.id)
    await tess.client(ticketMerges.merge, { id: parent.id, into: survivor.id })
    await set(above.id, child.id)
    await tess.client(ticketMerges.takeApart, { id: parent.id })
    expect([await childrenOf(parent.id), await childrenOf(survivor.id)]).toEqual([[], [child.id]])
    expect((await show(parent.id)).parent?.id).toBe(above.id)
  })
  it('a parent does not end in its own child; a child in its parent does', async () => {
    await set(child.id, parent.id)
    expect(await codeOf(tess.client(ticketMerges.merge, { id: parent.id, into: child.id }))).toBe(
      'tickets.merge-child-of-it',
    )
    await tess.client(ticketMerges.merge, { id: child.id, into: parent.id })
    expect((await show(parent.id)).children).toEqual({ total: 1, open: 0, more: false })
    expect(await codeOf(set(child.id, null))).toBe('tickets.merged')
  })
})

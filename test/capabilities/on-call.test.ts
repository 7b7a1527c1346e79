import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendars } from '../../contract/calendars.ts'
import { notifications } from '../../contract/notifications.ts'
import { onCall, onCallPages } from '../../contract/on-call.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { CommitmentTimer } from '../../server/commitments/public.ts'
import { sql } from '../../server/platform/db.ts'
import { eventsById } from '../../server/platform/events.ts'
import { onCallTimer, takeByWorking } from '../../server/on-call/public.ts'
import { codeOf } from '../support/refusals.ts'

let server: TestServer
let ann: TestPerson
let ben: TestPerson
let lea: TestPerson
let cora: TestPerson
let otto: TestPerson
let schedule: string

const minute = 60_000
const callsOf = async (who: TestPerson) =>
  (await who.client(notifications.list, { limit: 200 })).items
    .filter((n) => n.kind === 'on-call.page')
    .map((n) => n.sentence)
const node = (at: number) => onCallTimer(server.opened.platform, () => at).round()
const about = async (title: string) => {
  const { id } = await cora.client(tickets.open, { title, queue: 'Network' })
  return { kind: 'ticket' as const, id }
}
const layer = (members: string[]) => ({
  name: 'First',
  members,
  turn: { unit: 'weeks' as const, count: 1 },
  startsOn: '2026-01-05',
  handoverAt: '09:00',
})

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Network', ['Network team'])
  const staff = { role: 'technician' as const, teams: ['Network team'] }
  ann = await server.person({ name: 'Ann', ...staff })
  ben = await server.person({ name: 'Ben', ...staff })
  lea = await server.person({ name: 'Lea Lead', ...staff })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  otto = await server.person({ name: 'Otto', role: 'technician', teams: ['Payroll team'] })
  await sql`update teams set lead_id = ${lea.id} where name = 'Network team'`.execute(server.db)
  schedule = (
    await cora.client(onCall.create, {
      team: await server.team('Network team'),
      name: 'Network, round the clock',
      zone: 'Europe/Berlin',
      // the week decides between the two; each test says whose it is by an override
      layers: [layer([ann.id, ben.id])],
      path: [
        { afterMinutes: 0, tell: 'on_call' },
        { afterMinutes: 10, tell: 'next_on_call' },
        { afterMinutes: 20, tell: 'lead' },
      ],
    })
  ).id
  await cora.client(onCall.addOverride, {
    id: schedule,
    person: ann.id,
    from: new Date(Date.now() - minute).toISOString(),
    to: new Date(Date.now() + 100 * minute).toISOString(),
    reason: 'so that the tests know',
  })
})
afterAll(() => server.stop())

describe('schedules', () => {
  it('say who is on call now and who is next', async () => {
    const shown = await otto.client(onCall.show, { id: schedule })
    expect(shown.now?.person?.name).toBe('Ann')
    expect(shown.next?.person?.name).toBe('Ben')
    expect(shown.layers[0]!.people.map((p) => p.name)).toEqual(['Ann', 'Ben'])
  })
  it('are tiled by their shifts', async () => {
    const { items } = await ann.client(onCall.shifts, {
      id: schedule,
      from: '2026-11-02T00:00:00Z',
      to: '2026-11-30T00:00:00Z',
    })
    items.slice(1).forEach((shift, i) => expect(shift.from).toBe(items[i]!.to))
    expect(items.length).toBeGreaterThanOrEqual(5)
  })
  it('say what is wrong', async () => {
    const edit = (given: object) => codeOf(cora.client(onCall.edit, { id: schedule, ...given }))
    expect(await edit({ zone: 'Mars/Olympus' })).toBe('on-call.zone-unknown')
    expect(await edit({ layers: [layer(['01a00000-0000-7000-8000-000000000000'])] })).toBe('on-call.member-unknown')
    expect(
      await edit({
        path: [
          { afterMinutes: 5, tell: 'lead' },
          { afterMinutes: 5, tell: 'team' },
        ],
      }),
    ).toBe('on-call.path-order')
    expect(
      await codeOf(
        cora.client(onCall.create, {
          team: await server.team('Payroll team'),
          name: 'network, ROUND the clock',
          zone: 'UTC',
          layers: [layer([ann.id])],
          path: [{ afterMinutes: 0, tell: 'on_call' }],
        }),
      ),
    ).toBe('on-call.name-taken')
    expect(await codeOf(ann.client(onCall.edit, { id: schedule, name: 'Mine' }))).toBe('forbidden')
  })
  it('members swap shifts among themselves, others do not; whoever stands in is told', async () => {
    const when = { from: '2035-01-01T00:00:00Z', to: '2035-01-02T00:00:00Z' }
    expect(await codeOf(otto.client(onCall.addOverride, { id: schedule, person: otto.id, ...when }))).toBe(
      'on-call.not-yours',
    )
    await ann.client(onCall.addOverride, { id: schedule, person: ben.id, ...when, reason: 'wedding' })
    const shown = await ann.client(onCall.shifts, { id: schedule, ...when })
    expect(shown.items).toMatchObject([{ person: { name: 'Ben' } }])
    expect(
      (await ben.client(notifications.list, {})).items.some((n) => n.sentence.includes('Ann put you on call')),
    ).toBe(true)
    await ben.client(onCall.removeOverride, { id: schedule, override: shown.overrides[0]!.id })
    expect((await ann.client(onCall.shifts, { id: schedule, ...when })).overrides).toEqual([])
    expect(
      await codeOf(
        ann.client(onCall.addOverride, {
          id: schedule,
          person: ben.id,
          from: '2020-01-01T00:00:00Z',
          to: '2020-01-02T00:00:00Z',
        }),
      ),
    ).toBe('on-call.over')
  })
})

describe('calls', () => {
  it('go along the path, each step once, until somebody takes them', async () => {
    const ticket = await about('Core switch is down')
    const call = await cora.client(onCallPages.call, { schedule, about: ticket, words: 'all of floor 2' })
    const hears = async (who: TestPerson) => (await callsOf(who)).filter((s) => s.includes('Core switch')).length
    expect([await hears(ann), await hears(ben), await hears(lea)]).toEqual([1, 0, 0])
    await Promise.all([node(Date.now()), node(Date.now())])
    expect([await hears(ann), await hears(ben), await hears(lea)]).toEqual([1, 0, 0])
    const later = Date.now() + 11 * minute
    await Promise.all([node(later), node(later), node(later)])
    expect([await hears(ann), await hears(ben), await hears(lea)]).toEqual([1, 1, 0])
    expect(await codeOf(otto.client(onCallPages.take, { id: call.id }))).toBe('not-found')
    expect(await ben.client(onCallPages.take, { id: call.id })).toMatchObject({ state: 'taken', takenBy: 'Ben' })
    await node(Date.now() + 60 * minute)
    expect(await hears(lea)).toBe(0)
    expect(await codeOf(ann.client(onCallPages.take, { id: call.id }))).toBe('on-call.taken-already')
  })
  it('that nobody takes end at the last step and stay in sight', async () => {
    const call = await cora.client(onCallPages.call, { schedule, about: await about('Nobody home') })
    await node(Date.now() + 90 * minute)
    const shown = (await ann.client(onCallPages.list, { limit: 200 })).items.find((one) => one.id === call.id)!
    expect([shown.state, shown.nextAt]).toEqual(['open', null])
    expect(shown.told.map((step) => step.people.join())).toEqual(['Ann', 'Ben', 'Lea Lead'])
    expect(await ann.client(onCallPages.take, { id: call.id })).toMatchObject({ state: 'taken' })
  })
  it('pass over whoever cannot sign in without waiting', async () => {
    const gone = await server.person({ name: 'Gone', role: 'technician', teams: ['Network team'] })
    const lonely = await cora.client(onCall.create, {
      team: await server.team('Network team'),
      name: 'Lonely',
      zone: 'UTC',
      layers: [layer([gone.id])],
      path: [
        { afterMinutes: 0, tell: 'on_call' },
        { afterMinutes: 60, tell: 'lead' },
      ],
    })
    await sql`update accounts set disabled_at = now() where id = ${gone.account}`.execute(server.db)
    await cora.client(onCallPages.call, { schedule: lonely.id, about: await about('Straight to the lead') })
    expect((await callsOf(lea)).some((s) => s.includes('Straight to the lead'))).toBe(true)
    await cora.client(onCall.edit, { id: lonely.id, active: false })
    expect(await codeOf(cora.client(onCallPages.call, { schedule: lonely.id, about: await about('Off') }))).toBe(
      'on-call.off',
    )
  })
  it('are started by a step of a ladder; working on the ticket takes them', async () => {
    const calendar = await cora.client(calendars.create, {
      name: 'Always',
      zone: 'UTC',
      week: Object.fromEntries(
        ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((d) => [d, [{ from: '00:00', to: '24:00' }]]),
      ),
    })
    await cora.client(serviceLevels.create, {
      name: 'Critical',
      calendar: calendar.id,
      conditions: { priorities: [1] },
      targets: [{ kind: 'resolution', seconds: 600, ladder: [{ step: 'half', percent: 50, notify: ['on_call'] }] }],
    })
    const ticket = await cora.client(tickets.open, {
      title: 'Core router melts',
      queue: 'Network',
      impact: 1,
      urgency: 1,
    })
    const at = Date.now() + 301_000
    await Promise.all([1, 2].map(() => new CommitmentTimer(server.opened.platform, () => at).round()))
    expect((await callsOf(ann)).filter((s) => s.includes('Core router'))).toHaveLength(1)
    const [call] = (await ann.client(onCallPages.list, { open: true })).items.filter(
      (one) => one.subject?.id === ticket.id,
    )
    expect(call).toBeDefined()
    await ann.client(tickets.assign, { id: ticket.id, assignee: 'me' })
    const { rows } = await sql<{
      id: string
    }>`select id from events where subject_id = ${ticket.id} and type = 'ticket.assigned'`.execute(server.db)
    const [event] = await eventsById(server.db, [rows[0]!.id])
    for (let i = 0; i < 2; i++) await takeByWorking(server.opened.platform).react(event!)
    const taken = (await ann.client(onCallPages.list, { limit: 200 })).items.find((one) => one.id === call!.id)
    expect(taken).toMatchObject({ state: 'taken', takenBy: 'Ann' })
  })
  it('are taken by whoever merges the ticket: nobody is called about what goes on elsewhere', async () => {
    const [id, into] = [await about('Twin switch'), await about('Twin switch again')].map((one) => one.id)
    await cora.client(onCallPages.call, { schedule, about: { kind: 'ticket', id: id! } })
    await ann.client(ticketMerges.merge, { id: id!, into: into! })
    const { rows } = await sql<{ id: string }>`select id from events where subject_id = ${id!} order by id`.execute(
      server.db,
    )
    const reaction = takeByWorking(server.opened.platform)
    for (const event of await eventsById(
      server.db,
      rows.map((row) => row.id),
    ))
      if (reaction.hears.includes(event.type)) await reaction.react(event)
    const call = (await ann.client(onCallPages.list, { limit: 200 })).items.find((one) => one.subject?.id === id)
    expect(call).toMatchObject({ state: 'taken', takenBy: 'Ann' })
  })
  it('about a confidential ticket are listed to nobody who does not see it', async () => {
    const canary = 'Canary of a confidential call'
    const ticket = await cora.client(tickets.open, { title: canary, queue: 'Network' })
    await cora.client(onCallPages.call, { schedule, about: { kind: 'ticket', id: ticket.id } })
    await cora.client(tickets.edit, { id: ticket.id, confidential: true })
    expect(JSON.stringify(await otto.client(onCallPages.list, { limit: 200 }))).not.toContain(canary)
    expect(JSON.stringify(await ben.client(onCallPages.list, { limit: 200 }))).not.toContain(canary)
  })
})

describe('hand-over notes', () => {
  it('reach the next shift and are read once', async () => {
    const note = await ann.client(onCall.writeNote, { id: schedule, body: '<p>Switch 4 hums.</p><script>x</script>' })
    expect(note.body).toBe('<p>Switch 4 hums.</p>')
    expect((await ben.client(notifications.list, {})).items.some((n) => n.sentence.includes('hand-over note'))).toBe(
      true,
    )
    expect(await ben.client(onCall.readNote, { id: schedule, note: note.id })).toMatchObject({ readBy: 'Ben' })
    expect(await ann.client(onCall.readNote, { id: schedule, note: note.id })).toMatchObject({ readBy: 'Ben' })
    expect(await codeOf(ann.client(onCall.writeNote, { id: schedule, body: '<p> </p>' }))).toBe('on-call.note-empty')
    expect(await codeOf(otto.client(onCall.writeNote, { id: schedule, body: 'x' }))).toBe('on-call.not-yours')
  })
})

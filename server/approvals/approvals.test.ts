import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvals, type ApprovalDefinition } from '../../contract/approvals.ts'
import { calendars } from '../../contract/calendars.ts'
import { createClient } from '../../contract/client.ts'
import { commitments } from '../../contract/commitments.ts'
import { actLinks, notificationPreferences, notifications } from '../../contract/notifications.ts'
import { people } from '../../contract/people.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { linkFor } from '../notifications/links-store.ts'
import { sql } from '../platform/db.ts'
import { expireJob } from './expire-job.ts'
import { placeOf } from '../../test/support/refusals.ts'

let server: TestServer
let [rita, max, mia, tess, cora, ada]: TestPerson[] = []
let made = 0

const person = (role: 'requester' | 'technician' | 'coordinator' = 'requester', teams: string[] = []) =>
  server.person({ name: `Person ${made++}`, role, teams })
const manages = (manager: TestPerson, one: TestPerson) =>
  sql`update persons set manager_id = ${manager.id} where id = ${one.id}`.execute(server.db)
type Stage = Omit<ApprovalDefinition['stages'][number], 'need' | 'count' | 'above'> &
  Partial<ApprovalDefinition['stages'][number]>
const stagesOf = (...stages: Stage[]) => ({ stages, expiresAfterDays: null, answerWithinHours: 16 })
/** Asked by somebody of IT about a ticket of their own queue. */
async function ask(definition: object, more: { amount?: { minor: number; currency: string }; by?: TestPerson } = {}) {
  const by = more.by ?? tess!
  const ticket = await cora!.client(tickets.open, { title: `Ticket ${made++}`, queue: 'Desk', requester: rita!.id })
  const a = await by.client(approvals.ask, {
    about: { kind: 'ticket', id: ticket.id },
    title: 'A new laptop',
    words: 'The old one is broken',
    amount: more.amount ?? null,
    definition: definition as ApprovalDefinition,
  })
  return { ...a, ticket }
}
const person1 = (one: TestPerson) => ({ kind: 'person' as const, id: one.id })
const say = (one: TestPerson, id: string, approve = true, comment = 'because') =>
  one.client(approvals.decide, { id, approve, comment })
const waiting = async (one: TestPerson) => (await one.client(approvals.mine, {})).items.map((a) => a.id)

beforeAll(async () => {
  server = await startTestServer({ work: true })
  await server.queue('Desk', ['Desk team'])
  rita = await server.person({ name: 'Rita', role: 'requester' })
  max = await server.person({ name: 'Max', role: 'requester' })
  mia = await server.person({ name: 'Mia', role: 'manager' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  ada = await server.person({ name: 'Ada', role: 'administrator' })
  await manages(max, tess)
  await manages(mia, max)
  await cora.client(calendars.create, {
    name: 'Hours',
    zone: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])),
  })
})
afterAll(() => server.stop())

describe('an approval', () => {
  it('asks the manager, then the manager above where it costs more, and is promised by each', async () => {
    const definition = stagesOf(
      { name: 'Manager', approvers: [{ kind: 'manager', level: 1 }] },
      { name: 'Head', approvers: [{ kind: 'manager', level: 2 }], above: { minor: 100_000, currency: 'EUR' } },
    )
    const a = await ask(definition, { amount: { minor: 150_000, currency: 'EUR' } })
    expect(a).toMatchObject({ state: 'waiting', stage: 'Manager', amount: { minor: 150_000, currency: 'EUR' } })
    const subject = { kind: 'ticket', id: a.ticket.id, reference: a.ticket.reference }
    expect(a.subject).toEqual(subject)
    expect(await waiting(max!)).toEqual([a.id])
    expect(await waiting(mia!)).not.toContain(a.id)
    const promised = await cora!.client(commitments.list, { subject: a.id })
    expect(promised.items.map((c) => [c.kind, c.owner.name, c.phase])).toEqual([['approval', 'Max', 'running']])
    // an approval is given by deciding, never by ticking off its promise
    expect(promised.items[0]?.refusals['complete']?.code).toBe('commitments.kept-by-its-record')
    expect(
      await placeOf(
        cora!.client(commitments.handOver, { id: promised.items[0]!.id, owner: { kind: 'person', id: tess!.id } }),
      ),
    ).toBe('commitments.given-by-its-record')
    const { items } = await max!.client(notifications.list, {})
    expect(items.map((n) => n.sentence)).toContain('Tess asks for your approval: A new laptop')
    const after = await say(max!, a.id)
    expect(after).toMatchObject({ state: 'waiting', stage: 'Head', mine: 'approved' })
    expect(await waiting(mia!)).toEqual([a.id])
    expect(await say(mia!, a.id)).toMatchObject({ state: 'approved', stage: null, subject })
    expect((await cora!.client(commitments.list, { subject: a.id })).items).toEqual([])
    const timeline = await tess!.client(tickets.timeline, { id: a.ticket.id })
    expect(timeline.items.flatMap((e) => e.event?.type ?? []).filter((type) => type.startsWith('approval.'))).toEqual([
      'approval.asked',
      'approval.decided',
      'approval.decided',
      'approval.approved',
    ])
    expect((await tess!.client(notifications.list, {})).items[0]?.sentence).toBe('A new laptop is approved')

    const cheap = await ask(definition, { amount: { minor: 100_000, currency: 'EUR' } })
    expect(await say(max!, cheap.id)).toMatchObject({ state: 'approved' })
    // what cannot be compared is asked about
    const foreign = await ask(definition, { amount: { minor: 100, currency: 'USD' } })
    expect(await say(max!, foreign.id)).toMatchObject({ state: 'waiting', stage: 'Head' })
  })

  it('is refused with a reason, once, and by nobody who is not asked', async () => {
    const a = await ask(stagesOf({ name: 'Both', need: 'all', approvers: [person1(max!), person1(mia!)] }))
    expect(await placeOf(say(max!, a.id, false, ''))).toBe('comment')
    expect(await placeOf(say(cora!, a.id))).toBe('approvals.not-asked')
    expect(await placeOf(say(rita!, a.id))).toBe('approvals.not-asked')
    expect(await placeOf(say(await person(), a.id))).toBe('not-found')
    expect(await placeOf(say(tess!, a.id))).toBe('approvals.own-request')
    await say(max!, a.id)
    expect(await placeOf(say(max!, a.id))).toBe('approvals.decided-already')
    const end = await say(mia!, a.id, false, 'Too dear')
    expect(end).toMatchObject({ state: 'refused', reason: 'Too dear', endedBy: 'Mia' })
    expect(await placeOf(say(mia!, a.id))).toBe('approvals.over')
    expect((await tess!.client(notifications.list, {})).items[0]?.sentence).toBe('Mia refused A new laptop: Too dear')
    expect((await mia!.client(approvals.mine, { view: 'decided' })).items[0]).toMatchObject({
      id: a.id,
      mine: 'refused',
    })
  })

  it('goes to somebody else where one would decide on one’s own request', async () => {
    const own = await ask(stagesOf({ name: 'Self', approvers: [person1(tess!)] }))
    expect(own.stages[0]?.seats[0]?.candidates).toEqual([
      { person: { id: max!.id, name: 'Max' }, instead: { of: 'Tess', why: 'own_request' } },
    ])
    const orphan = await person('technician', ['Desk team'])
    const alone = await ask(stagesOf({ name: 'Manager', approvers: [{ kind: 'manager', level: 1 }] }), { by: orphan })
    expect(alone.stages[0]?.seats[0]?.candidates.map((c) => c.person.name)).toEqual(['Cora'])
    const team = await ask(
      stagesOf({ name: 'Team', approvers: [{ kind: 'team', id: await server.team('Desk team') }] }),
    )
    expect(team.stages[0]?.seats[0]?.candidates.map((c) => c.person.id)).toEqual([orphan.id])
  })

  it('is not decided for a team by whoever asked for somebody else, while others of it can', async () => {
    const [asker, other] = [await person('technician', ['Buyers']), await person('technician', ['Buyers'])]
    const ticket = await cora!.client(tickets.open, { title: 'A laptop for Rita', requester: rita!.id })
    await sql`update tickets set assignee_id = ${asker.id} where id = ${ticket.id}`.execute(server.db)
    const a = await asker.client(approvals.ask, {
      about: { kind: 'ticket', id: ticket.id },
      title: 'A laptop for Rita',
      definition: stagesOf({ name: 'Buyers', approvers: [{ kind: 'team', id: await server.team('Buyers') }] }),
    })
    expect(a.stages[0]?.seats[0]?.candidates.map((c) => c.person.id)).toEqual([other.id])
  })

  it('is given by one, by each, or by any so many', async () => {
    const [a, b, c] = [await person(), await person(), await person()]
    const approvers = [a, b, c].map(person1)
    const one = await ask(stagesOf({ name: 'One', need: 'one', approvers }))
    expect(await say(b, one.id, false)).toMatchObject({ state: 'waiting' })
    expect(await say(c, one.id)).toMatchObject({ state: 'approved' })
    expect(await waiting(a)).toEqual([])
    const two = await ask(stagesOf({ name: 'Two', need: 'count', count: 2, approvers }))
    await say(a, two.id)
    expect(await say(b, two.id)).toMatchObject({ state: 'approved' })
    const lost = await ask(stagesOf({ name: 'Two', need: 'count', count: 2, approvers }))
    await say(a, lost.id, false)
    expect(await say(b, lost.id, false)).toMatchObject({ state: 'refused' })
  })

  it('is given by the delegate of who is away, in their name; nobody speaks twice where several must agree', async () => {
    const [away, stand] = [await person(), await person()]
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)
    await away.client(notificationPreferences.save, {
      absence: { firstDay: day(-1), lastDay: day(1), delegate: stand.id },
    })
    const a = await ask(stagesOf({ name: 'Away', approvers: [person1(away)] }))
    expect(await waiting(stand)).toEqual([a.id])
    const seen = await stand.client(approvals.show, { id: a.id })
    expect(seen.forOthers).toEqual([{ id: away.id, name: away.name }])
    const end = await say(stand, a.id)
    expect(end.stages[0]?.decisions).toMatchObject([{ person: { id: away.id }, by: { id: stand.id }, approve: true }])
    const both = await ask(
      stagesOf({ name: 'Two', need: 'count', count: 2, approvers: [person1(away), person1(stand)] }),
    )
    expect(await say(stand, both.id)).toMatchObject({ state: 'waiting' })
    expect(await placeOf(say(stand, both.id))).toBe('approvals.decided-already')
  })

  it('is withdrawn by whoever asked, and expires when nobody decides in time', async () => {
    const a = await ask(stagesOf({ name: 'Max', approvers: [person1(max!)] }))
    expect(await placeOf(max!.client(approvals.withdraw, { id: a.id }))).toBe('approvals.not-yours')
    expect(await tess!.client(approvals.withdraw, { id: a.id, reason: 'not needed' })).toMatchObject({
      state: 'withdrawn',
    })
    expect(await placeOf(say(max!, a.id))).toBe('approvals.over')
    const b = await ask({ ...stagesOf({ name: 'Max', approvers: [person1(max!)] }), expiresAfterDays: 3 })
    const job = expireJob(server.opened.platform)
    await job.run({ approval: b.id }, new AbortController().signal)
    expect((await max!.client(approvals.show, { id: b.id })).state).toBe('waiting')
    await sql`update approvals set expires_at = now() - interval '1 minute' where id = ${b.id}`.execute(server.db)
    await job.run({ approval: b.id }, new AbortController().signal)
    expect((await max!.client(approvals.show, { id: b.id })).state).toBe('expired')
    expect(await waiting(max!)).not.toContain(b.id)
  })

  it('is handed over when somebody leaves', async () => {
    const [leaver, heir] = [await person(), await person()]
    const a = await ask(stagesOf({ name: 'Leaver', approvers: [person1(leaver)] }))
    const { handedOver } = await ada!.client(people.deactivate, { id: leaver.id, handOverTo: heir.id })
    expect(handedOver).toMatchObject({ approvals: 1 })
    expect(await waiting(heir)).toEqual([a.id])
    expect((await cora!.client(commitments.list, { subject: a.id })).items[0]?.owner.name).toBe(heir.name)
    // the successor whose request it is does not decide either
    const gone = await person()
    const own = await ask(stagesOf({ name: 'Gone', approvers: [person1(gone)] }))
    await ada!.client(people.deactivate, { id: gone.id, handOverTo: tess!.id })
    expect(await waiting(tess!)).not.toContain(own.id)
    expect(await waiting(max!)).toContain(own.id)
  })

  it('is asked for by who works on the record, of people who are there', async () => {
    const definition = stagesOf({ name: 'Max', approvers: [person1(max!)] })
    const ticket = await rita!.client(tickets.open, { title: 'Mine' })
    const given = { about: { kind: 'ticket' as const, id: ticket.id }, title: 'x', definition }
    const send = (one: TestPerson, more: object = {}) => placeOf(one.client(approvals.ask, { ...given, ...more }))
    expect(await send(rita!)).toBe('forbidden')
    expect(await send(await person('technician'))).toBe('not-found')
    expect(
      await send(tess!, { definition: stagesOf({ name: 'x', approvers: [{ kind: 'person', id: ticket.id }] }) }),
    ).toBe('definition')
    expect(
      await send(tess!, { definition: stagesOf({ ...definition.stages[0]!, above: { minor: 1, currency: 'EUR' } }) }),
    ).toBe('approvals.none-needed')
    expect(await send(tess!)).toBe('allowed')
  })
})

it('is decided from a mail by the button of a page, once; looking at it does nothing', async () => {
  const a = await ask(stagesOf({ name: 'Max', approvers: [person1(max!)] }))
  const link = async (to: TestPerson) =>
    linkFor(server.db, server.opened.platform.secret, {
      person: to.id,
      act: 'decide',
      target: { kind: 'approval', id: a.id },
      madeFor: `test:${made++}`,
      days: 7,
    })
  const visitor = createClient({ base: server.base })
  const token = await link(max!)
  const shown = await visitor(actLinks.show, { token })
  expect(shown).toMatchObject({ act: 'decide', state: 'open' })
  expect(shown.sentence).toContain(a.reference)
  expect(shown.facts.map((fact) => fact.text)).toEqual(['A new laptop', 'Tess', 'The old one is broken'])
  expect((await max!.client(approvals.show, { id: a.id })).state).toBe('waiting')
  expect(await placeOf(visitor(actLinks.act, { token }))).toBe('approve')
  expect(await placeOf(visitor(actLinks.act, { token, approve: false }))).toBe('comment')
  expect(await placeOf(visitor(actLinks.act, { token: await link(tess!), approve: true }))).toBe(
    'approvals.own-request',
  )
  await visitor(actLinks.act, { token, approve: true, reason: 'Fine' })
  expect((await max!.client(approvals.show, { id: a.id })).stages[0]?.decisions).toMatchObject([
    { person: { id: max!.id }, by: null, approve: true, comment: 'Fine' },
  ])
  expect(await placeOf(visitor(actLinks.act, { token, approve: true }))).toBe('links.used')
})

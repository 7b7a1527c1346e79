import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvals, type ApprovalDefinition } from '../../contract/approvals.ts'
import { calendars } from '../../contract/calendars.ts'
import { commitments } from '../../contract/commitments.ts'
import { notifications } from '../../contract/notifications.ts'
import { people } from '../../contract/people.ts'
import { tickets } from '../../contract/tickets.ts'
import { codeOf, placeOf } from '../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { newId } from '../platform/identifiers.ts'

let server: TestServer
let rita: TestPerson
let tess: TestPerson
let cora: TestPerson
let ada: TestPerson
let made = 0

beforeAll(async () => {
  server = await startTestServer({ work: true })
  await server.queue('Desk', ['Desk team'])
  rita = await server.person({ name: 'Rita', role: 'requester' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  ada = await server.person({ name: 'Ada', role: 'administrator' })
  const hours = [{ from: '09:00', to: '17:00' }]
  await cora.client(calendars.create, { name: 'Hours', zone: 'UTC', week: { mon: hours, wed: hours, fri: hours } })
})
afterAll(() => server.stop())

const person = () => server.person({ name: `Person ${made++}`, role: 'requester' })
type Stage = Partial<ApprovalDefinition['stages'][number]> & { people: TestPerson[] }
async function ask(...stages: Stage[]) {
  const ticket = await cora.client(tickets.open, { title: `Ticket ${made++}`, queue: 'Desk', requester: rita.id })
  return tess.client(approvals.ask, {
    about: { kind: 'ticket', id: ticket.id },
    title: 'A new laptop',
    definition: {
      stages: stages.map(({ people: approvers, ...stage }, n) => ({
        name: `Stage ${n}`,
        approvers: approvers.map((one) => ({ kind: 'person' as const, id: one.id })),
        ...stage,
      })),
    },
  })
}
const say = (one: TestPerson, id: string, approve = true) =>
  one.client(approvals.decide, { id, approve, comment: 'because' })
const show = (id: string) => tess.client(approvals.show, { id })
const leaves = (one: TestPerson, heir: TestPerson) => ada.client(people.deactivate, { id: one.id, handOverTo: heir.id })
const asked = async (id: string) =>
  (await show(id)).stages
    .filter((stage) => stage.state === 'waiting')
    .flatMap((stage) => stage.seats.map((seat) => seat.candidates.map((c) => c.person.name).join(' or ')))

describe('the seat of somebody who leaves', () => {
  it('goes past an heir who has spoken in the stage, to who would take over for them', async () => {
    for (const need of ['all', 'count'] as const) {
      const [leaver, heir] = [await person(), await person()]
      const a = await ask({ need, count: 2, people: [leaver, heir] }, { people: [await person()] })
      await say(heir, a.id)
      await leaves(leaver, heir)
      expect(await asked(a.id)).toContain('Cora')
      expect(await codeOf(say(heir, a.id))).toBe('approvals.decided-already')
      expect(await say(cora, a.id)).toMatchObject({ stage: 'Stage 1' })
    }
  })

  it('goes past an heir who sits in the stage already: two are asked, not one twice', async () => {
    const [leaver, heir] = [await person(), await person()]
    const a = await ask({ need: 'all', people: [leaver, heir] })
    await leaves(leaver, heir)
    await say(heir, a.id)
    expect((await show(a.id)).state).toBe('waiting')
    expect(await say(cora, a.id)).toMatchObject({ state: 'approved' })
  })

  it('lapses where everybody who could take it has spoken, and the stage goes on', async () => {
    const [leaver, heir] = [await person(), await person()]
    const a = await ask({ need: 'all', people: [leaver, heir, cora, ada] }, { people: [await person()] })
    for (const one of [heir, cora, ada]) await say(one, a.id)
    await leaves(leaver, heir)
    const after = await show(a.id)
    expect(after).toMatchObject({ state: 'waiting', stage: 'Stage 1' })
    expect(after.stages[0]).toMatchObject({ state: 'approved' })
    expect(after.stages[0]!.seats.map((seat) => seat.label)).toEqual([heir.name, 'Cora', 'Ada'])
    // nobody owes an answer that is not asked any more
    expect((await cora.client(commitments.list, { subject: a.id })).items).toHaveLength(1)
  })

  it('lapses into a refusal where those who are left have refused', async () => {
    const [leaver, heir] = [await person(), await person()]
    const a = await ask({ need: 'one', people: [leaver, heir, cora, ada] })
    for (const one of [heir, cora, ada]) await say(one, a.id, false)
    await leaves(leaver, heir)
    expect(await show(a.id)).toMatchObject({ state: 'refused', reason: 'not enough of those who were asked approve' })
  })
})

describe('asking somebody else', () => {
  const seatOf = async (id: string, label: string) =>
    (await show(id)).stages.flatMap((stage) => stage.seats).find((seat) => seat.label === label)!.id
  const give = (by: TestPerson, id: string, seat: string, to: string, reason = 'On leave until May') =>
    by.client(approvals.give, { id, seat, person: to, reason })

  it('moves a waiting seat, with its promise, and tells both', async () => {
    const [first, second] = [await person(), await person()]
    const a = await ask({ people: [first] })
    const seat = await seatOf(a.id, first.name)
    expect((await cora.client(approvals.show, { id: a.id })).refusals['give']).toBe(null)
    const after = await give(cora, a.id, seat, second.id)
    expect(after.stages[0]!.seats[0]!.candidates).toEqual([
      { person: { id: second.id, name: second.name }, instead: { of: first.name, why: 'moved' } },
    ])
    expect((await cora.client(commitments.list, { subject: a.id })).items[0]!.owner.name).toBe(second.name)
    expect((await first.client(approvals.mine, {})).items).toEqual([])
    expect((await first.client(notifications.list, {})).items[0]!.sentence).toBe(
      `Cora asked ${second.name} instead of you: A new laptop`,
    )
    expect(await codeOf(say(first, a.id))).toBe('not-found')
    const { items } = await tess.client(tickets.timeline, { id: a.subject.id })
    expect(items.map((entry) => entry.event?.sentence)).toContain(
      `asked ${second.name} instead of ${first.name} for ${a.reference}: On leave until May`,
    )
    expect(await say(second, a.id)).toMatchObject({ state: 'approved' })
  })

  it('is refused for the requester, oneself, whoever sits or spoke, who is not there, and after the end', async () => {
    const [first, second, third] = [await person(), await person(), await person()]
    const a = await ask({ need: 'all', people: [first, second] })
    const [one, two] = [await seatOf(a.id, first.name), await seatOf(a.id, second.name)]
    expect(await codeOf(give(cora, a.id, one, tess.id))).toBe('approvals.own-request')
    expect(await codeOf(give(cora, a.id, one, cora.id))).toBe('approvals.give-oneself')
    expect(await codeOf(give(cora, a.id, one, second.id))).toBe('approvals.sits-already')
    expect(await placeOf(give(cora, a.id, one, newId()))).toBe('person')
    expect(await placeOf(give(cora, a.id, one, third.id, '  '))).toBe('reason')
    expect(await codeOf(give(cora, a.id, newId(), third.id))).toBe('not-found')
    await say(first, a.id)
    expect(await codeOf(give(cora, a.id, one, third.id))).toBe('approvals.seat-answered')
    expect(await codeOf(give(cora, a.id, two, first.id))).toBe('approvals.sits-already')
    await say(second, a.id)
    expect(await codeOf(give(cora, a.id, two, third.id))).toBe('approvals.over')
  })

  it('is for coordinators: not for whoever asked, is asked, or sees nothing of it', async () => {
    const [first, second] = [await person(), await person()]
    const a = await ask({ people: [first] })
    const seat = await seatOf(a.id, first.name)
    for (const one of [tess, rita, first]) expect(await codeOf(give(one, a.id, seat, second.id))).toBe('forbidden')
    expect((await show(a.id)).refusals['give']?.code).toBe('approvals.not-yours-to-give')
  })
})

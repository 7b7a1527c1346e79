import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiError, type Client } from '../../contract/client.ts'
import { queues } from '../../contract/queues.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'

let server: TestServer
let tech: TestPerson
let other: TestPerson
let requester: TestPerson
let coordinator: TestPerson
let queueId: string

const refusedWith = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}
const open = (client: Client, given: Partial<Parameters<typeof client<typeof tickets.open>>[1]> = {}) =>
  client(tickets.open, { title: 'Printer on fire', queue: 'Field', ...given })

beforeAll(async () => {
  server = await startTestServer()
  queueId = await server.queue('Field', ['Field team'])
  await server.queue('Payroll', ['Payroll team'])
  tech = await server.person({ name: 'Tess Tech', role: 'technician', teams: ['Field team'] })
  other = await server.person({ name: 'Otto Other', role: 'technician', teams: ['Payroll team'] })
  requester = await server.person({ name: 'Rita Requester', role: 'requester' })
  coordinator = await server.person({ name: 'Cora Coordinator', role: 'coordinator' })
})
afterAll(() => server.stop())

describe('opening', () => {
  it('needs only a title and lands in the default queue for the reader', async () => {
    const made = await requester.client(tickets.open, { title: 'No network' })
    expect(made).toMatchObject({
      title: 'No network',
      state: 'new',
      priority: 3,
      queue: { name: 'Field' },
      requester: { id: requester.id },
      version: 1,
    })
    expect(made.reference).toMatch(/^INC-\d+$/)
    expect(await requester.client(tickets.show, { id: made.reference })).toMatchObject({ id: made.id })
  })
  it('takes priority from impact and urgency', async () => {
    expect((await open(tech.client, { impact: 1, urgency: 1 })).priority).toBe(1)
    expect((await open(tech.client, { impact: 3, urgency: 3 })).priority).toBe(5)
  })
  it('lets IT open for others by address, and nobody else', async () => {
    expect((await open(tech.client, { requester: requester.email })).requester?.id).toBe(requester.id)
    expect((await refusedWith(open(requester.client, { requester: tech.email }))).code).toBe(
      'tickets.not-yours-to-open-for',
    )
  })
  it('says what is wrong', async () => {
    expect((await refusedWith(open(tech.client, { title: '   ' }))).body.fields?.[0]?.path).toBe('title')
    expect((await refusedWith(open(tech.client, { queue: 'Nowhere' }))).code).toBe('tickets.no-queue')
    expect((await refusedWith(open(tech.client, { requester: 'nobody@example.test' }))).code).toBe(
      'tickets.unknown-requester',
    )
    expect((await refusedWith(open(tech.client, { assignee: other.id }))).code).toBe('tickets.assignee-not-serving')
  })
  it('answers a repeat with the first answer', async () => {
    const first = await tech.client(tickets.open, { title: 'Once' }, { idempotencyKey: 'k1' })
    const again = await tech.client(tickets.open, { title: 'Once' }, { idempotencyKey: 'k1' })
    expect(again.id).toBe(first.id)
    expect((await refusedWith(tech.client(tickets.open, { title: 'Twice' }, { idempotencyKey: 'k1' }))).code).toBe(
      'key-reused',
    )
  })
  it('makes one ticket of the same key sent ten times at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, () => tech.client(tickets.open, { title: 'Rush' }, { idempotencyKey: 'rush' })),
    )
    expect(new Set(all.map((t) => t.id)).size).toBe(1)
  })
  it('drops scripts and foreign images', async () => {
    const made = await open(tech.client, {
      description:
        '<p onclick="x()">Hi<script>alert(1)</script><img src="https://evil.test/p.png"><img src=x onerror=alert(1)></p>',
    })
    expect(made.description).toBe('<p>Hi</p>')
  })
})

describe('working', () => {
  it('goes from new to closed and back', async () => {
    const made = await open(tech.client, { requester: requester.id })
    const assigned = await tech.client(tickets.assign, { id: made.id, assignee: 'me', version: made.version })
    expect(assigned.assignee?.id).toBe(tech.id)
    expect((await tech.client(tickets.changeState, { id: made.id, state: 'in_progress' })).state).toBe('in_progress')
    await tech.client(tickets.addNote, { id: made.id, public: true, body: '<p>Looking into it</p>' })
    const waiting = await tech.client(tickets.changeState, {
      id: made.id,
      state: 'waiting_requester',
      reason: 'which printer?',
    })
    expect(waiting.waitingSince).not.toBeNull()
    const resolved = await tech.client(tickets.resolve, { id: made.id, resolution: 'Put it out' })
    expect(resolved).toMatchObject({ state: 'resolved', waitingSince: null })
    expect(resolved.refusals['resolve']?.code).toBe('tickets.resolved-already')
    expect((await requester.client(tickets.close, { id: made.id })).state).toBe('closed')
    expect((await refusedWith(tech.client(tickets.changeState, { id: made.id, state: 'in_progress' }))).code).toBe(
      'tickets.reopen-first',
    )
    expect(await requester.client(tickets.reopen, { id: made.id, reason: 'Burns again' })).toMatchObject({
      state: 'in_progress',
      reopenCount: 1,
      resolvedAt: null,
    })
    const { items } = await tech.client(tickets.timeline, { id: made.id })
    expect(items.filter((i) => i.event !== null).map((i) => i.event?.type)).toEqual([
      'ticket.opened',
      'ticket.assigned',
      'ticket.state-changed',
      'ticket.state-changed',
      'ticket.resolved',
      'ticket.closed',
      'ticket.reopened',
    ])
    expect(items.filter((i) => i.note !== null).map((i) => i.note?.body)).toEqual([
      '<p>Looking into it</p>',
      '<p>Put it out</p>',
    ])
    expect(
      items.every((i) => i.event === null || (i.event.sentence !== '' && !i.event.sentence.startsWith('event.'))),
    ).toBe(true)
  })
  it('refuses an old version with the record and what differs', async () => {
    const made = await open(tech.client)
    await tech.client(tickets.edit, { id: made.id, title: 'Printer smokes', version: made.version })
    const error = await refusedWith(
      tech.client(tickets.edit, { id: made.id, title: 'Printer stinks', version: made.version }),
    )
    expect(error).toMatchObject({ status: 409, code: 'stale' })
    expect(error.body.differs).toEqual(['title'])
    expect((error.body.current as { title: string }).title).toBe('Printer smokes')
  })
  it('records nothing where nothing changes', async () => {
    const made = await open(tech.client)
    const same = await tech.client(tickets.edit, { id: made.id, title: made.title })
    expect(same.version).toBe(made.version)
    expect((await tech.client(tickets.timeline, { id: made.id })).items).toHaveLength(1)
  })
  it('needs a vendor to wait for one', async () => {
    const made = await open(tech.client)
    expect((await refusedWith(tech.client(tickets.changeState, { id: made.id, state: 'waiting_vendor' }))).code).toBe(
      'tickets.name-vendor',
    )
  })
  it('takes off an assignee who does not serve the new queue', async () => {
    const made = await open(tech.client, { assignee: tech.id })
    const moved = await coordinator.client(tickets.assign, { id: made.id, queue: 'Payroll' })
    expect(moved).toMatchObject({ queue: { name: 'Payroll' }, assignee: null })
  })
})

describe('visibility', () => {
  it('hides other queues in show, list, count, search and timeline', async () => {
    const made = await open(tech.client, { title: 'Zebrafinch outage' })
    expect((await refusedWith(other.client(tickets.show, { id: made.id }))).status).toBe(404)
    expect((await refusedWith(other.client(tickets.timeline, { id: made.reference }))).status).toBe(404)
    expect((await refusedWith(other.client(tickets.edit, { id: made.id, title: 'x' }))).status).toBe(404)
    const seen = await other.client(tickets.list, { q: 'zebrafinch', count: 'exact' })
    expect(seen).toMatchObject({ items: [], total: 0 })
    expect((await tech.client(tickets.list, { q: 'zebraf', count: 'exact' })).total).toBe(1)
    expect((await coordinator.client(tickets.list, { q: made.reference })).items[0]?.id).toBe(made.id)
  })
  it('shows a confidential ticket to those trusted with it and to its people', async () => {
    const trusted = await server.person({
      name: 'Trudy Trusted',
      role: 'technician',
      teams: ['Field team'],
      confidential: true,
    })
    const made = await open(requester.client, { title: 'Quokka matter', confidential: true })
    for (const one of [tech, other, coordinator]) {
      expect((await refusedWith(one.client(tickets.show, { id: made.id }))).status).toBe(404)
      expect((await one.client(tickets.list, { q: 'quokka', count: 'exact' })).total).toBe(0)
    }
    for (const one of [trusted, requester])
      expect((await one.client(tickets.list, { q: 'quokka', count: 'exact' })).total).toBe(1)
  })
  it('keeps internal notes from the requester, in timeline, row and search', async () => {
    const made = await open(tech.client, { requester: requester.id })
    await tech.client(tickets.addNote, { id: made.id, public: false, body: 'She spilled coffee, xylophonic' })
    expect(
      (await refusedWith(requester.client(tickets.addNote, { id: made.id, public: false, body: 'hm' }))).code,
    ).toBe('tickets.internal-for-it')
    expect(JSON.stringify(await requester.client(tickets.timeline, { id: made.id }))).not.toContain('xylophonic')
    expect(JSON.stringify(await requester.client(tickets.list, {}))).not.toContain('xylophonic')
    expect((await requester.client(tickets.list, { q: 'xylophonic' })).items).toEqual([])
    expect((await tech.client(tickets.list, { q: 'xylophonic' })).items).toHaveLength(1)
  })
})

describe('lists', () => {
  it.each(['due', 'created', '-created', 'updated', '-updated', 'priority'] as const)(
    'pages by %s without gaps or repeats',
    async (sort) => {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await tech.client(tickets.list, {
          open: true,
          sort,
          limit: 3,
          ...(after === undefined ? {} : { after }),
        })
        seen.push(...page.items.map((t) => t.id))
        after = page.next ?? undefined
      } while (after !== undefined)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBe((await tech.client(tickets.list, { open: true, count: 'exact' })).total)
    },
  )
  it('filters by assignee, queue and state', async () => {
    const made = await open(tech.client, { assignee: tech.id })
    expect(
      (await tech.client(tickets.list, { assignee: 'me', queue: queueId, state: ['new'] })).items.map((t) => t.id),
    ).toContain(made.id)
    expect((await tech.client(tickets.list, { assignee: 'none' })).items.every((t) => t.assignee === null)).toBe(true)
  })
  it('refuses a foreign cursor', async () => {
    expect((await refusedWith(tech.client(tickets.list, { after: 'nonsense' }))).code).toBe('bad-cursor')
  })
  it('shows queues with counts and assignees with their load', async () => {
    const { items } = await tech.client(queues.list, {})
    expect(items.find((q) => q.name === 'Field')?.open).toBeGreaterThan(0)
    expect(
      (await tech.client(queues.assignees, { id: queueId })).items.find((p) => p.id === tech.id)?.open,
    ).toBeGreaterThan(0)
  })
})

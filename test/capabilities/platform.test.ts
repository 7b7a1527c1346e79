import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiError, createClient } from '../../contract/client.ts'
import { events } from '../../contract/events.ts'
import { notifications } from '../../contract/notifications.ts'
import { keys } from '../../contract/api-keys.ts'
import { people, teams } from '../../contract/people.ts'
import { tickets } from '../../contract/tickets.ts'
import { vendors } from '../../contract/vendors.ts'
import { open, type Opened } from '../../server/main.ts'
import { type Ctx, systemActor } from '../../server/platform/ctx.ts'
import { sql } from '../../server/platform/db.ts'
import { Problem } from '../../server/platform/errors.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { runCommand } from '../../server/platform/platform.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { contractActions } from '../support/contract-actions.ts'

let server: TestServer
let second: Opened
let secondBase: string
let tech: TestPerson
let colleague: TestPerson
let admin: TestPerson

const refused = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}
const cookieOf = (person: TestPerson) => ({ cookie: `${person.cookie.name}=${person.cookie.value}` })

beforeAll(async () => {
  server = await startTestServer({ work: true })
  const { config, log } = server.opened.platform
  second = await open(config, server.database.connection, log)
  secondBase = await second.app.listen({ port: 0, host: '127.0.0.1' })
  await second.work()
  await server.queue('Field', ['Field team'])
  tech = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  colleague = await server.person({ name: 'Cleo', role: 'technician', teams: ['Field team'] })
  admin = await server.person({ name: 'Ada', role: 'administrator' })
})
afterAll(async () => {
  await second.close()
  await server.stop()
})

describe('Idempotency-Key', () => {
  it('answers a repeat with the first answer, also on another node and at the same moment', async () => {
    const clients = [tech.client, createClient({ base: secondBase, headers: cookieOf(tech) })]
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        clients[i % 2]!(tickets.open, { title: 'Rush' }, { idempotencyKey: 'rush' }),
      ),
    )
    expect(new Set(all.map((ticket) => ticket.reference)).size).toBe(1)
    expect((await tech.client(tickets.list, { q: 'Rush', count: 'exact' })).total).toBe(1)
  })
  it('belongs to one actor and one request', async () => {
    const mine = await tech.client(tickets.open, { title: 'Mine' }, { idempotencyKey: 'k' })
    expect((await colleague.client(tickets.open, { title: 'Mine' }, { idempotencyKey: 'k' })).id).not.toBe(mine.id)
    expect(await refused(tech.client(tickets.open, { title: 'Other' }, { idempotencyKey: 'k' }))).toMatchObject({
      status: 422,
      code: 'key-reused',
    })
    expect((await refused(tech.client(tickets.open, { title: 'x' }, { idempotencyKey: 'x'.repeat(201) }))).code).toBe(
      'idempotency-key-length',
    )
  })
  it('is not spent by a command that failed', async () => {
    await refused(tech.client(tickets.open, { title: 'x', queue: 'Nowhere' }, { idempotencyKey: 'again' }))
    expect((await tech.client(tickets.open, { title: 'x' }, { idempotencyKey: 'again' })).version).toBe(1)
  })
})

it('lets one of many writers on the same version through', async () => {
  const made = await tech.client(tickets.open, { title: 'Contended' })
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => tech.client(tickets.edit, { id: made.id, title: `Version ${i}`, version: 1 })),
  )
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  for (const one of tries)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ status: 409, code: 'stale' })
})

describe('pages', () => {
  it('go through a list without gaps while it grows', async () => {
    for (let i = 0; i < 25; i++) await admin.client(vendors.create, { name: `Vendor ${String(i).padStart(2, '0')}` })
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await admin.client(vendors.list, { limit: 7, ...(after === undefined ? {} : { after }) })
      seen.push(...page.items.map((vendor) => vendor.name))
      after = page.next ?? undefined
      await admin.client(vendors.create, { name: `A ${seen.length}` })
    } while (after !== undefined)
    const numbered = seen.filter((name) => name.startsWith('Vendor'))
    expect(numbered).toEqual(Array.from({ length: 25 }, (_, i) => `Vendor ${String(i).padStart(2, '0')}`))
  })
  it('go on behind a name whose lower case is another one to the database', async () => {
    const names = ['İzmir Kablo', 'İzmit Yazılım', 'Zagreb Mreža']
    for (const name of names) {
      await admin.client(vendors.create, { name })
      await admin.client(teams.create, { name })
    }
    for (const list of [vendors.list, teams.list]) {
      const seen: string[] = []
      for (let after: string | null = ''; after !== null;) {
        const page: { items: { name: string }[]; next: string | null } = await admin.client(list, {
          limit: 1,
          ...(after === '' ? {} : { after }),
        })
        seen.push(...page.items.map(({ name }) => name))
        after = page.next
      }
      expect(seen.filter((name) => names.includes(name)).toSorted()).toEqual(names.toSorted())
      expect(new Set(seen).size).toBe(seen.length)
    }
  })
  it('refuse limits and cursors that are not theirs', async () => {
    for (const limit of [0, 201, -1, 1.5])
      expect((await refused(admin.client(people.list, { limit }))).status).toBe(400)
    const { next } = await admin.client(vendors.list, { limit: 1 })
    expect((await refused(admin.client(events.list, { after: next! }))).code).toBe('bad-cursor')
    expect((await refused(admin.client(people.list, { after: 'AAAA' }))).code).toBe('bad-cursor')
  })
  it('count exactly and up to a cap', async () => {
    const exact = await admin.client(people.list, { count: 'exact', limit: 1 })
    expect(exact.total).toBeGreaterThanOrEqual(3)
    expect(await admin.client(people.list, { count: 'capped', limit: 1 })).toMatchObject({
      total: exact.total,
      totalCapped: false,
    })
  })
})

describe('the API description', () => {
  interface Described {
    openapi: string
    paths: Record<
      string,
      Record<
        string,
        {
          operationId: string
          parameters: { name: string; in: string; required: boolean; schema: object }[]
          requestBody?: object
          responses: Record<string, { description: string }>
        }
      >
    >
  }
  it('is OpenAPI 3.1 with every action, every path parameter and no dangling reference', async () => {
    const text = await (await fetch(`${server.base}/api/openapi.json`)).text()
    const document = JSON.parse(text) as Described
    expect(document.openapi).toMatch(/^3\.1\./)
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, of]) => ({ path, method, of })),
    )
    expect(operations.map(({ of }) => of.operationId).toSorted()).toEqual(
      [...(await contractActions()).keys()].toSorted(),
    )
    for (const { path, method, of } of operations) {
      expect(['get', 'post', 'put', 'patch', 'delete']).toContain(method)
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      expect([path, of.parameters.filter((one) => one.in === 'path').map((one) => one.name)]).toEqual([path, inPath])
      expect(of.parameters.every((one) => typeof one.schema === 'object' && (one.in !== 'path' || one.required))).toBe(
        true,
      )
      if (method === 'get') expect(of.requestBody).toBeUndefined()
      expect(Object.values(of.responses).every((one) => one.description !== '')).toBe(true)
    }
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!)
    for (const reference of references) {
      expect(reference).toMatch(/^#\//)
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
      expect([reference, typeof found]).toEqual([reference, 'object'])
    }
  })
  it('can be browsed, without anything from elsewhere', async () => {
    const page = await (await fetch(`${server.base}/api/docs`)).text()
    const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!)
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) {
      expect(part).toMatch(/^\/api\/docs\//)
      expect((await fetch(`${server.base}${part}`)).status).toBe(200)
    }
  })
})

interface Stream {
  text: string
  stop(): void
}
const streams: Stream[] = []
afterAll(() => streams.forEach((stream) => stream.stop()))
async function listen(base: string, person: TestPerson): Promise<Stream> {
  const control = new AbortController()
  const stream: Stream = { text: '', stop: () => control.abort() }
  streams.push(stream)
  const response = await fetch(`${base}/api/v1/live`, { headers: cookieOf(person), signal: control.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const decoder = new TextDecoder()
  void (async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      stream.text += decoder.decode(chunk)
  })().catch(() => {})
  await expect.poll(() => stream.text).toContain('event: hello')
  return stream
}

describe('live updates', () => {
  it('reach readers on every node, name the record, and say nothing of it', async () => {
    const here = await listen(server.base, tech)
    const there = await listen(secondBase, colleague)
    const stranger = await listen(secondBase, await server.person({ name: 'Stranger', role: 'requester' }))
    const made = await tech.client(tickets.open, { title: 'Livewire' })
    await expect.poll(() => here.text, { timeout: 5000 }).toContain(made.id)
    await expect.poll(() => there.text, { timeout: 5000 }).toContain(made.id)
    await sleep(300)
    expect(stranger.text).not.toContain(made.id)
    expect(here.text + there.text).not.toContain('Livewire')
    const other = await createClient({ base: secondBase, headers: cookieOf(colleague) })(tickets.open, {
      title: 'Back',
    })
    await expect.poll(() => here.text, { timeout: 5000 }).toContain(other.id)
  })
  it('end with the session', async () => {
    const leaver = await server.person({ name: 'Lea', role: 'technician', teams: ['Field team'] })
    const stream = await listen(secondBase, leaver)
    await admin.client(people.deactivate, { id: leaver.id, handOverTo: null })
    const made = await tech.client(tickets.open, { title: 'After' })
    await sleep(1000)
    expect(stream.text).not.toContain(made.id)
  })
  it('are for those who are signed in', async () => {
    expect((await fetch(`${server.base}/api/v1/live`)).status).toBe(401)
  })
  it('answer HEAD without keeping a stream', async () => {
    const control = AbortSignal.timeout(3000)
    const response = await fetch(`${server.base}/api/v1/live`, {
      method: 'HEAD',
      headers: cookieOf(tech),
      signal: control,
    })
    expect(response.status).toBe(404)
  })
})

describe('the outbox', () => {
  it('hands on what a crashed node left behind, once', async () => {
    const ticket = await tech.client(tickets.open, { title: 'Left behind' })
    await expect
      .poll(async () => (await sql<{ n: number }>`select count(*) as n from outbox`.execute(server.db)).rows[0]!.n, {
        timeout: 5000,
      })
      .toBe(0)
    // the event of an act whose node died between its commit and the handing on
    const { config, log } = server.opened.platform
    const dying = await open(config, server.database.connection, log)
    const actor = await server.actor(tech)
    await dying.act(actor, tickets.assign, { id: ticket.id, assignee: colleague.id })
    await dying.close()
    const told = async () =>
      (await colleague.client(notifications.list, {})).items.filter((n) => n.subject?.id === ticket.id)
    await expect.poll(async () => (await told()).length, { timeout: 8000 }).toBe(1)
    const { rows } = await sql<{
      id: string
    }>`select id from events where subject_id = ${ticket.id} and type = 'ticket.assigned'`.execute(server.db)
    // handed on once more, as after a crash in the middle: nobody is told twice
    await sql`insert into outbox select ${rows[0]!.id}`.execute(server.db)
    await expect
      .poll(async () => (await sql<{ n: number }>`select count(*) as n from outbox`.execute(server.db)).rows[0]!.n, {
        timeout: 5000,
      })
      .toBe(0)
    await sleep(1500)
    expect(await told()).toHaveLength(1)
  })
})

describe('the log', () => {
  it('can be added to, and nothing else', async () => {
    await expect(sql`update events set type = 'x' where true`.execute(server.db)).rejects.toThrow('append-only')
    await expect(sql`delete from events where true`.execute(server.db)).rejects.toThrow('append-only')
    await expect(sql`truncate events cascade`.execute(server.db)).rejects.toThrow('append-only')
  })
  it('tells who, what, before and after, and which request', async () => {
    const made = await tech.client(tickets.open, { title: 'Was' })
    await tech.client(tickets.edit, { id: made.id, title: 'Is' })
    const [last] = (await admin.client(events.list, { subject: made.id })).items
    expect(last).toMatchObject({
      type: 'ticket.changed',
      actor: { kind: 'person', id: tech.id, name: 'Tess' },
      before: { title: 'Was' },
      after: { title: 'Is' },
    })
    expect(last?.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })
  it('outlives its words: a payload can be erased, the digest stays', async () => {
    const made = await tech.client(tickets.open, { title: 'Erase me' })
    await sql`delete from event_payloads p using events e where e.id = p.event_id and e.subject_id = ${made.id}`.execute(
      server.db,
    )
    expect((await admin.client(events.list, { subject: made.id })).items[0]).toMatchObject({
      erased: true,
      after: null,
    })
  })
})

describe('health', () => {
  it('says that it lives, and whether it can serve', async () => {
    expect(await (await fetch(`${server.base}/healthz`)).json()).toEqual({ status: 'ok' })
    expect((await fetch(`${secondBase}/readyz`)).status).toBe(200)
  })
  it('sends the same headers with everything', async () => {
    for (const path of ['/healthz', '/api/v1/tickets', '/api/v1/nothing', '/api/openapi.json', '/api/docs']) {
      const { headers } = await fetch(`${server.base}${path}`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
  it('answers every error in one shape', async () => {
    const response = await fetch(`${server.base}/api/v1/tickets`, {
      method: 'POST',
      headers: { ...cookieOf(tech), 'content-type': 'application/json' },
      body: '{"title":',
    })
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as { error: Record<string, unknown> }
    expect(error).toEqual({
      code: 'malformed-body',
      message: expect.any(String),
      requestId: response.headers.get('x-request-id'),
    })
  })
  it('refuses in words what cannot be made a text', async () => {
    const response = await fetch(`${server.base}/api/v1/tickets`, {
      method: 'POST',
      headers: { ...cookieOf(tech), 'content-type': 'application/json' },
      body: '{"title":{"length":{"toString":1}}}',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 'reserved-name', message: 'No field of a request may be called “toString”.' },
    })
  })
})

describe('what a command attempts', () => {
  const note = (ctx: Ctx, id: string) => {
    ctx.record({ type: 'vendor.edited', subject: { kind: 'vendor', id }, after: { name: 'attempted' } })
    ctx.addJob('attempted', { id })
  }
  const noted = async (ids: string[]) => ({
    events: (
      await sql<{ id: string }>`select subject_id as id from events where subject_id = any(${ids}::uuid[])`.execute(
        server.db,
      )
    ).rows.map((row) => row.id),
    jobs: (
      await sql<{
        id: string
      }>`select payload ->> 'id' as id from graphile_worker._private_jobs where payload ->> 'id' = any(${ids})`.execute(
        server.db,
      )
    ).rows.map((row) => row.id),
  })
  const actor = () => systemActor(server.organisation)

  it('leaves neither rows nor events nor jobs when it is refused, also within another', async () => {
    const [done, refusedAt, outer, inner] = [newId(), newId(), newId(), newId()]
    const answers = await runCommand(server.opened.platform, actor(), async (ctx) => {
      const row = (name: string) => sql`insert into settings (name, value) values (${name}, '1'::jsonb)`.execute(ctx.tx)
      return [
        await ctx.attempt(async () => {
          await row('attempt-done')
          note(ctx, done)
        }),
        await ctx.attempt(async () => {
          await row('attempt-refused')
          note(ctx, refusedAt)
          throw new Problem(409, 'stale')
        }),
        await ctx.attempt(async () => {
          note(ctx, outer)
          await ctx.attempt(async () => note(ctx, inner))
          throw new Problem(409, 'stale')
        }),
      ]
    })
    expect(answers).toEqual([null, expect.any(Problem), expect.any(Problem)])
    expect(await noted([done, refusedAt, outer, inner])).toEqual({ events: [done], jobs: [done] })
    const kept = await sql`select name from settings where name like 'attempt-%'`.execute(server.db)
    expect(kept.rows).toEqual([{ name: 'attempt-done' }])
  })
  it('fails the command when it breaks, and does not count as said when it was refused', async () => {
    const broken = newId()
    const command = async (act: (ctx: Ctx) => Promise<unknown>) => runCommand(server.opened.platform, actor(), act)
    await expect(
      command(async (ctx) => {
        note(ctx, broken)
        await ctx.attempt(async () => {
          throw new TypeError('a bug')
        })
      }),
    ).rejects.toThrow('a bug')
    expect(await noted([broken])).toEqual({ events: [], jobs: [] })
    await expect(
      command(async (ctx) =>
        ctx.attempt(async () => {
          ctx.unchanged()
          throw new Problem(409, 'stale')
        }),
      ),
    ).rejects.toThrow('recorded no event')
  })
})

describe('an answer that holds a secret', () => {
  it('is not kept for a repeat', async () => {
    const server = await startTestServer()
    try {
      const admin = await server.key('administrator')
      const made = await admin.client(keys.create, { name: 'once', role: 'requester' }, { idempotencyKey: 'secret-1' })
      const error = await admin
        .client(keys.create, { name: 'once', role: 'requester' }, { idempotencyKey: 'secret-1' })
        .then(
          () => null,
          (e: unknown) => e,
        )
      expect((error as ApiError).code).toBe('answered-once')
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from idempotency_keys where answer::text like ${`%${made.key}%`}`.execute(server.db)
      expect(rows[0]!.n).toBe(0)
    } finally {
      await server.stop()
    }
  })
})

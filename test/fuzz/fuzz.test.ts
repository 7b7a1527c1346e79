import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { roles } from '../../contract/permissions.ts'
import { categories, queues } from '../../contract/queues.ts'
import { tickets } from '../../contract/tickets.ts'
import { calendars } from '../../contract/calendars.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { vendors } from '../../contract/vendors.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { seeded } from '../../demo/random.ts'
import { type FuzzedRequest, requestFor, type Sender, specialRequest } from './requests.ts'

/** `LINCHPIN_SEED` replays a run; `LINCHPIN_FUZZ_FROM` and `LINCHPIN_FUZZ_COUNT` narrow it to some of its requests. */
const long = process.env['LINCHPIN_LONG'] !== undefined
const seed = Number(process.env['LINCHPIN_SEED'] ?? (long ? Date.now() % 1_000_000_000 : 20_260_517))
const from = Number(process.env['LINCHPIN_FUZZ_FROM'] ?? 0)
const count = Number(process.env['LINCHPIN_FUZZ_COUNT'] ?? (long ? 100_000 : 1_500))
const atOnce = 4
/** An answer that takes longer is as bad as a wrong one. */
const patienceMs = 15_000

let server: TestServer
let senders: Sender[]
let known: string[]
const agent = new Agent({ keepAlive: true, maxSockets: atOnce })

beforeAll(async () => {
  server = await startTestServer()
  senders = [{ name: 'nobody', headers: {} }]
  await server.queue('Field', ['Field team'])
  await server.queue('Payroll', ['Payroll team'])
  for (const role of roles) {
    const person = await server.person({ name: `Fuzzing ${role}`, role, teams: ['Field team'], confidential: true })
    const { key } = await server.key(role)
    senders.push({ name: role, headers: { cookie: `${person.cookie.name}=${person.cookie.value}` } })
    senders.push({ name: `key of ${role}`, headers: { authorization: `Bearer ${key}` } })
  }
  // what is hit must not be what hits
  const victims = await Promise.all(
    ['Ann', 'Ben', 'Cid'].map((name) => server.person({ name, role: 'technician', teams: ['Field team'] })),
  )
  const client = (await server.key('administrator')).client
  const made = await Promise.all(Array.from({ length: 6 }, (_, i) => client(tickets.open, { title: `Victim ${i}` })))
  const vendor = await client(vendors.create, { name: 'Vendor' })
  const { items } = await client(queues.list, {})
  const week = { mon: [{ from: '09:00', to: '17:00' }] }
  const calendar = await client(calendars.create, { name: 'Hours', zone: 'Europe/Berlin', week })
  const targets = [{ kind: 'resolution' as const, seconds: 3600 }]
  const level = await client(serviceLevels.create, { name: 'Usual', calendar: calendar.id, conditions: {}, targets })
  const timed = await client(tickets.open, { title: 'With a clock' })
  const category = await client(categories.create, { name: 'Some' })
  known = [
    calendar.id,
    level.id,
    timed.id,
    ...timed.clocks.map((clock) => clock.commitment),
    category.id,
    ...made.map((t) => t.id),
    ...victims.map((p) => p.id),
    vendor.id,
    ...items.map((q) => q.id),
    ...items.flatMap((q) => q.teams.map((t) => t.id)),
  ]
})
afterAll(async () => {
  agent.destroy()
  await server.stop()
})

function send(what: FuzzedRequest): Promise<{ status: number; type: string; text: string }> {
  return new Promise((done, failed) => {
    const url = new URL(server.base)
    const headers = {
      ...what.headers,
      ...(what.body === null ? {} : { 'content-length': String(Buffer.byteLength(what.body)) }),
    }
    const sent = httpRequest(
      { host: url.hostname, port: url.port, method: what.method, path: what.path, headers, agent, timeout: patienceMs },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            type: String(response.headers['content-type'] ?? ''),
            text: Buffer.concat(chunks).toString(),
          }),
        )
        response.on('error', failed)
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
    // a body that is refused early may be cut off while it is still being sent
    sent.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? done({ status: 499, type: '', text: '' }) : failed(error),
    )
    sent.end(what.body ?? undefined)
  })
}

const shown = (what: FuzzedRequest) =>
  `${what.method} ${what.path.slice(0, 300)} ${JSON.stringify(what.headers).slice(0, 300)} ${String(what.body).slice(0, 600)}`

it(`answers ${count} random and malformed requests without a 5xx (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  if (long) console.log(`fuzz: LINCHPIN_SEED=${seed}`)
  const wrong: string[] = []
  const statuses = new Map<number, number>()
  let next = from
  const { routes } = server.opened
  const work = async () => {
    while (next < from + count && wrong.length < 20) {
      const index = next++
      const random = seeded(seed + index * 7919)
      const sender = random.pick(senders)
      const what = random.chance(0.12)
        ? specialRequest(random, sender, known)
        : requestFor(random, random.pick(routes).action, sender, known)
      const begun = Date.now()
      const answer = await send(what).catch((error: Error) => ({ status: 599, type: '', text: error.message }))
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      if (process.env['LINCHPIN_FUZZ_SLOW'] !== undefined && Date.now() - begun > 1000)
        console.log(`${Date.now() - begun} ms: ${index} ${shown(what)}`)
      if (answer.status >= 500)
        wrong.push(`${index} as ${sender.name}: ${shown(what)}\n   → ${answer.status} ${answer.text.slice(0, 300)}`)
      else if (answer.type.includes('html') && /onerror=alert|<script>alert/.test(answer.text))
        wrong.push(`${index}: script came back as a page: ${shown(what)}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (wrong.length > 0) throw new Error(`LINCHPIN_SEED=${seed}, ${wrong.length} wrong answers:\n${wrong.join('\n')}`)
  // the requests get somewhere: many are carried out, many refused for their content
  expect(statuses.get(200) ?? 0).toBeGreaterThan(count / 50)
  expect(statuses.get(400) ?? 0).toBeGreaterThan(count / 20)
  expect((await fetch(`${server.base}/readyz`)).status).toBe(200)
})

it('survives what is no HTTP at all', async () => {
  const { hostname, port } = new URL(server.base)
  const say = (bytes: string | Buffer) =>
    new Promise<string>((done) => {
      let heard = ''
      const socket = connect(Number(port), hostname, () => socket.write(bytes))
      socket.setTimeout(1500, () => socket.destroy())
      socket.on('data', (chunk) => (heard += chunk.toString()))
      socket.on('error', () => {})
      socket.on('close', () => done(heard))
    })
  const heard = await Promise.all([
    say('GET / HTTP/9.9\r\n\r\n'),
    say(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00])),
    say('GET /api/v1/tickets HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'),
    say(
      'POST /api/auth/sign-in/email HTTP/1.1\r\nHost: [::\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
    ),
    say('POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n'),
    say(`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`),
    say('GET http://evil.test/api/v1/tickets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    say('HEAD /api/v1/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  ])
  for (const one of heard) expect(one).not.toMatch(/^HTTP\/1\.1 5(?!03|05)/)
  expect((await fetch(`${server.base}/healthz`)).status).toBe(200)
})

import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ticketParents } from '../../contract/ticket-parents.ts'
import { tickets } from '../../contract/tickets.ts'
import { vendors } from '../../contract/vendors.ts'
import { webhooks, type Delivery } from '../../contract/webhooks.ts'
import { sql } from '../../server/platform/db.ts'
import { WebhookSender } from '../../server/webhooks/public.ts'
import { signedHeaders } from '../../server/webhooks/sign.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let server: TestServer
let strict: TestServer
let admin: TestPerson
let tech: TestPerson
let peer: Server
let address: string
let status = 204
let hold = false
let heard: { headers: IncomingHttpHeaders; body: string }[] = []

beforeAll(async () => {
  peer = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      if (hold) return
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {})
      response.end(status === 204 ? '' : 'the words of the peer')
    })
  })
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(peer.address() as AddressInfo).port}/hook?token=t`
  server = await startTestServer({ work: true, config: { outgoingAllow: '127.0.0.0/8' } })
  strict = await startTestServer()
  await server.queue('Desk', ['Desk team'])
  admin = await server.person({ name: 'Ada', role: 'administrator', teams: ['Desk team'], confidential: true })
  tech = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk team'] })
})
afterAll(async () => {
  await server.stop()
  await strict.stop()
  peer.closeAllConnections()
  peer.close()
})
beforeEach(() => {
  heard = []
  status = 204
  hold = false
})

const until = async <T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it did not happen in time')
}
const hook = async (types: string[], role: 'coordinator' | 'administrator' = 'coordinator', url = address) =>
  admin.client(webhooks.create, { name: `To ${types.join()}`, url, types, role })
const deliveriesOf = async (id: string): Promise<Delivery[]> => (await admin.client(webhooks.deliveries, { id })).items
const settled = (id: string, n = 1) =>
  until(async () => {
    const found = await deliveriesOf(id)
    return found.length >= n &&
      found.every((one) => one.attempts > 0 && (one.state !== 'waiting' || one.error !== null))
      ? found
      : undefined
  })
/** As a receiver does, after the text of Standard Webhooks. */
const isSigned = (secret: string, { headers, body }: (typeof heard)[number]): boolean => {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(signed)
    .digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .some((one) => timingSafeEqual(Buffer.from(one.replace('v1,', ''), 'base64'), expected))
}

it('signs as the published example of Standard Webhooks', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000, body: '{"test": 2432232314}' }
  expect(signedHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], message)).toMatchObject({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

describe('a webhook', () => {
  it('is told of the events it chose, signed, once, and says what came back', async () => {
    const { webhook, secret } = await hook(['ticket.*'])
    status = 200
    const made = await tech.client(tickets.open, { title: 'Printer' })
    await tech.client(vendors.list, {})
    await admin.client(vendors.create, { name: 'Not chosen' })
    const [delivery] = await settled(webhook.id)
    expect(delivery).toMatchObject({
      state: 'delivered',
      status: 200,
      attempts: 1,
      excerpt: 'the words of the peer',
      error: null,
    })
    expect(heard).toHaveLength(1)
    const [first] = heard
    expect(isSigned(secret, first!)).toBe(true)
    expect(first!.headers['webhook-id']).toBe(delivery!.id)
    const told = JSON.parse(first!.body) as {
      type: string
      data: { subject: Record<string, unknown>; actor: { name: string } }
    }
    expect(told).toMatchObject({
      type: 'ticket.opened',
      data: { subject: { kind: 'ticket', id: made.id, reference: made.reference }, actor: { name: 'Tess' } },
    })
    await admin.client(webhooks.edit, { id: webhook.id, active: false })
  })

  it('is never told of what its role may not see, also where that changes before it is sent', async () => {
    const { webhook } = await hook(['ticket.*'])
    const secret = await admin.client(tickets.open, { title: 'Salary of the board', confidential: true })
    await until(async () => ((await deliveriesOf(webhook.id))[0]?.state === 'unseen' ? true : undefined))
    expect(heard).toEqual([])
    // nor is it named to it in what it may see
    const part = await tech.client(tickets.open, { title: 'A part of it' })
    await admin.client(ticketParents.set, { id: part.id, parent: secret.id })
    await until(() => heard.find(({ body }) => body.includes('ticket.parent-set')))
    expect(heard.filter(({ body }) => body.includes(secret.reference) || body.includes(secret.id))).toEqual([])
    heard = []
    await admin.client(webhooks.edit, { id: webhook.id, active: false })
    const people = await hook(['person.*', 'vendor.*', 'key.*'])
    await sql`select 1`.execute(server.db)
    await admin.client(vendors.create, { name: 'Seen' })
    await settled(people.webhook.id)
    await admin.client(webhooks.edit, { id: people.webhook.id, active: false })
  })

  it('is tried again with a pause while it fails, at last given up, and repeated under the same id by a button', async () => {
    const { webhook } = await hook(['vendor.created'])
    status = 500
    await admin.client(vendors.create, { name: 'Retried' })
    const [failed] = await settled(webhook.id)
    expect(failed).toMatchObject({ state: 'waiting', attempts: 1, status: 500, excerpt: 'the words of the peer' })
    expect(failed!.error).toContain('500')
    const wait = Date.parse(failed!.nextAt!) - Date.now()
    expect(wait).toBeGreaterThan(1000)
    expect(wait).toBeLessThan(7000)
    await sql`update webhook_deliveries set attempts = 9, next_at = now() where id = ${failed!.id}`.execute(server.db)
    await until(async () => ((await deliveriesOf(webhook.id))[0]?.state === 'given_up' ? true : undefined))
    expect((await admin.client(webhooks.show, { id: webhook.id })).givenUp).toBe(1)
    status = 204
    await admin.client(webhooks.repeat, { id: failed!.id })
    const done = await until(async () => (await deliveriesOf(webhook.id)).find((one) => one.state === 'delivered'))
    expect(done.id).toBe(failed!.id)
    expect(new Set(heard.map((one) => one.headers['webhook-id']))).toEqual(new Set([failed!.id]))
    await admin.client(webhooks.edit, { id: webhook.id, active: false })
  })

  it('that is gone (410) is given up at once, a redirect is not followed, a closed port is said', async () => {
    status = 410
    const { webhook } = await hook(['vendor.created'])
    await admin.client(webhooks.test, { id: webhook.id })
    expect((await settled(webhook.id))[0]).toMatchObject({
      state: 'given_up',
      status: 410,
      event: { type: 'webhook.tested' },
    })
    status = 302
    await admin.client(webhooks.test, { id: webhook.id })
    expect((await settled(webhook.id, 2))[0]).toMatchObject({ state: 'waiting', status: 302 })
    await admin.client(webhooks.edit, { id: webhook.id, url: 'http://127.0.0.1:1/', active: true })
    await admin.client(webhooks.test, { id: webhook.id })
    const [closed] = await settled(webhook.id, 3)
    expect(closed).toMatchObject({ state: 'waiting', status: null })
    expect(closed!.error).toContain('did not answer')
    await admin.client(webhooks.remove, { id: webhook.id })
    await expect(admin.client(webhooks.show, { id: webhook.id })).rejects.toMatchObject({ status: 404 })
  })

  it('signs with both secrets for a day after a rotation; the secret is stored sealed and shown once', async () => {
    const { webhook, secret } = await hook(['vendor.created'])
    const rotated = await admin.client(webhooks.rotate, { id: webhook.id })
    expect(rotated.secret).not.toBe(secret)
    expect(rotated.webhook.rotatedUntil).not.toBeNull()
    await admin.client(webhooks.test, { id: webhook.id })
    await settled(webhook.id)
    expect(isSigned(secret, heard[0]!)).toBe(true)
    expect(isSigned(rotated.secret, heard[0]!)).toBe(true)
    await sql`update webhooks set previous_until = now() - interval '1 second' where id = ${webhook.id}`.execute(
      server.db,
    )
    await admin.client(webhooks.test, { id: webhook.id })
    await settled(webhook.id, 2)
    expect(isSigned(secret, heard[1]!)).toBe(false)
    expect(isSigned(rotated.secret, heard[1]!)).toBe(true)
    const { rows } = await sql<{
      secret: Buffer
      previous_secret: Buffer
    }>`select secret, previous_secret from webhooks where id = ${webhook.id}`.execute(server.db)
    for (const sealed of [rows[0]!.secret, rows[0]!.previous_secret])
      expect(sealed.toString('latin1')).not.toContain('whsec_')
    const log = await sql<{
      text: string
    }>`select coalesce(p.before::text, '') || coalesce(p.after::text, '') as text from events e join event_payloads p on p.event_id = e.id where e.subject_kind = 'webhook'`.execute(
      server.db,
    )
    for (const { text } of log.rows) {
      expect(text).not.toContain('whsec_')
      expect(text).not.toContain('token=t')
    }
    await admin.client(webhooks.edit, { id: webhook.id, active: false })
  })

  it('is refused where its address is private, holds a password or is none, and where it changed meanwhile', async () => {
    const own = await strict.person({ name: 'Ada', role: 'administrator' })
    const make = (url: string) => own.client(webhooks.create, { name: 'x', url, types: ['*'], role: 'coordinator' })
    for (const url of ['http://127.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/latest', 'http://10.1.2.3/'])
      await expect(make(url)).rejects.toMatchObject({ status: 400, code: 'outgoing.private' })
    await expect(make('https://u:p@hooks.example.test/')).rejects.toMatchObject({ code: 'outgoing.credentials' })
    await expect(make('ftp://hooks.example.test/')).rejects.toMatchObject({ code: 'outgoing.no-address' })
    await expect(
      own.client(webhooks.create, { name: 'x', url: address, types: ['Ticket!'], role: 'coordinator' }),
    ).rejects.toMatchObject({
      status: 400,
    })
    const { webhook } = await hook(['vendor.created'])
    await admin.client(webhooks.edit, { id: webhook.id, name: 'Other' })
    await expect(admin.client(webhooks.edit, { id: webhook.id, name: 'Third', version: 1 })).rejects.toMatchObject({
      code: 'stale',
    })
    await expect(tech.client(webhooks.list, {})).rejects.toMatchObject({ status: 403 })
    // what comes next hears its own alone
    await admin.client(webhooks.edit, { id: webhook.id, active: false })
  })
})

it('holds up no stop of its node, and is delivered after the start', async () => {
  const { webhook } = await hook(['vendor.created'])
  hold = true
  const sender = new WebhookSender(server.opened.platform)
  await admin.client(vendors.create, { name: 'Slow to hear' })
  const [first] = await until(() => (heard.length > 0 ? heard : undefined))
  // the node that holds it is slow; another one comes, and is stopped
  const due = () =>
    sql`update webhook_deliveries set next_at = now() where webhook_id = ${webhook.id}`.execute(server.db)
  await due()
  sender.start()
  await until(() => (heard.length > 1 ? true : undefined))
  const asked = performance.now()
  await sender.stop()
  expect(performance.now() - asked).toBeLessThan(8_000)
  hold = false
  peer.closeAllConnections()
  await settled(webhook.id)
  await due()
  const [delivery] = await until(async () => {
    const found = await deliveriesOf(webhook.id)
    return found[0]?.state === 'delivered' ? found : undefined
  })
  expect(delivery!.id).toBe(first!.headers['webhook-id'])
}, 40_000)

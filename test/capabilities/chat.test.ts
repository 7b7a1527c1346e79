import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatChannels, escalation } from '../../contract/chat-channels.ts'
import { notificationPreferences } from '../../contract/notifications.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import {
  ChatSender,
  insertNotices,
  MailLinks,
  type Notice,
  NotificationTimer,
} from '../../server/notifications/public.ts'
import { sql } from '../../server/platform/db.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let server: TestServer
let chat: Server
let address: string
let posts: { path: string; body: string }[] = []
let answer: { status: number; headers?: Record<string, string> } = { status: 200 }
let tess: TestPerson
let bo: TestPerson
let cora: TestPerson
let desk: string
let timer: NotificationTimer
let sender: ChatSender
let now = Date.parse('2026-05-19T08:00:00Z')

beforeAll(async () => {
  chat = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      posts.push({ path: request.url ?? '', body })
      response.writeHead(answer.status, answer.headers).end('ok')
    })
  })
  await new Promise<void>((done) => chat.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(chat.address() as AddressInfo).port}`
  server = await startTestServer({ config: { outgoingAllow: '127.0.0.1' } })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk'] })
  bo = await server.person({ name: 'Bo', role: 'technician', teams: ['Desk'] })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  desk = await server.team('Desk')
  await server.queue('Desk', ['Desk'])
  const { platform } = server.opened
  timer = new NotificationTimer(platform, { mail: null }, () => now)
  sender = new ChatSender(
    platform,
    new MailLinks(platform, {
      mayTake: async () => false,
      maySnooze: async () => false,
      mayDecide: async () => false,
      mayRate: async () => false,
    }),
    () => now,
  )
})
afterAll(async () => {
  await server.stop()
  chat.closeAllConnections()
  chat.close()
})
beforeEach(async () => {
  posts = []
  answer = { status: 200 }
  now = Date.parse('2026-05-19T08:00:00Z')
  for (const table of [
    'notice_batch_entries',
    'notice_batches',
    'notice_outbox',
    'notice_watches',
    'chat_said',
    'chat_channels',
    'notification_settings',
    'notifications',
  ])
    await sql`delete from ${sql.table(table)}`.execute(server.db)
})

const late = (person: TestPerson, ticket: Ticket, cause = `ladder:${newId()}:1:late`): Notice => ({
  person: person.id,
  kind: 'ladder',
  code: 'commitments.notice.late',
  params: { kind: 'resolution', known: 'no', dueAt: '' },
  subject: { kind: 'ticket', id: ticket.id },
  cause,
  at: new Date(now).toISOString(),
})
const ticket = (title = 'Printer jams', confidential = false) => cora.client(tickets.open, { title, confidential })
const minutes = async (n: number) => {
  for (let i = 0; i < n; i++) {
    now += 60_000
    await timer.round()
    await sender.round()
  }
}
const own = (person: TestPerson, path = '/own') =>
  person.client(chatChannels.create, {
    kind: 'slack',
    name: 'My Slack',
    address: `${address}${path}`,
    owner: { kind: 'person' },
  })
const ofTeam = () =>
  cora.client(chatChannels.create, {
    kind: 'teams',
    name: 'Desk',
    address: `${address}/desk`,
    owner: { kind: 'team', id: desk },
  })

describe('a chat channel', () => {
  it('of a person gets what they chose, in Slack’s form, several together', async () => {
    await own(tess)
    expect((await tess.client(notificationPreferences.show, {})).chat.on).toBe(true)
    const one = await ticket()
    await insertNotices(server.db, [late(tess, one), late(tess, await ticket('VPN drops')), late(bo, one)])
    await minutes(2)
    expect(posts.map((p) => p.path)).toEqual(['/own'])
    const { text, blocks } = JSON.parse(posts[0]!.body) as { text: string; blocks: unknown[] }
    expect(text).toBe('2 notifications')
    expect(blocks).toHaveLength(2)
    expect(posts[0]!.body).toContain(
      `/tickets/${one.reference}|The resolution of ${one.reference} Printer jams is late`,
    )
    await tess.client(notificationPreferences.save, { ways: { promises: { chat: 'off' } } })
    await insertNotices(server.db, [late(tess, one)])
    await minutes(2)
    expect(posts).toHaveLength(1)
  })

  it('of a team gets a cause once, however many were told, and nothing confidential', async () => {
    await ofTeam()
    const one = await ticket()
    const secret = await ticket('Secret matter', true)
    await insertNotices(server.db, [
      late(tess, one, 'ladder:c:1:late'),
      late(bo, one, 'ladder:c:1:late'),
      late(tess, secret),
    ])
    await minutes(2)
    await insertNotices(server.db, [late(cora, one, 'ladder:c:1:late')])
    await minutes(2)
    expect(posts).toHaveLength(1)
    expect(posts[0]!.body).toContain('AdaptiveCard')
    expect(posts[0]!.body).toContain('Printer jams is late')
    expect(posts[0]!.body).not.toContain('Secret')
  })

  it('never shows its address again, and keeps it encrypted', async () => {
    const made = await own(tess, '/services/T0/B0/very-secret')
    const listed = await tess.client(chatChannels.list, {})
    expect(JSON.stringify([made, listed])).not.toContain('very-secret')
    const stored = await sql<{ all: string }>`select row_to_json(c)::text as all from chat_channels c`.execute(
      server.db,
    )
    expect(stored.rows[0]!.all).not.toContain(Buffer.from('very-secret').toString('hex'))
    const logged = await sql<{
      all: string
    }>`select coalesce(after::text, '') || coalesce(before::text, '') as all from event_payloads`.execute(server.db)
    expect(JSON.stringify(logged.rows)).not.toContain('very-secret')
    expect(await tess.client(chatChannels.test, { id: made.id })).toMatchObject({
      problem: null,
      lastOkAt: expect.any(String),
    })
    expect(posts[0]!.path).toBe('/services/T0/B0/very-secret')
  })

  it.each([
    ['http://10.1.2.3/hook', 'outgoing.private'],
    ['http://169.254.169.254/latest/meta-data', 'outgoing.private'],
    ['http://hooks.example.org/x', 'chat.https'],
    ['https://u:p@hooks.example.org/x', 'outgoing.credentials'],
    ['hooks', 'outgoing.no-address'],
  ])('is refused with the address %s', async (wrong, code) => {
    const asked = tess.client(chatChannels.create, {
      kind: 'slack',
      name: 'X',
      address: wrong,
      owner: { kind: 'person' },
    })
    await expect(asked).rejects.toMatchObject({ status: 400, code })
  })

  it('is tried again when the chat is busy, and not told twice', async () => {
    await own(tess)
    answer = { status: 429, headers: { 'retry-after': '90' } }
    await insertNotices(server.db, [late(tess, await ticket())])
    await minutes(1)
    expect(posts).toHaveLength(1)
    expect((await tess.client(chatChannels.list, {})).items[0]!.problem).toContain('429')
    answer = { status: 200 }
    await minutes(1)
    expect(posts).toHaveLength(1)
    await minutes(5)
    expect(posts).toHaveLength(2)
    expect((await tess.client(chatChannels.list, {})).items[0]!.problem).toBeNull()
  })

  it('that was removed in the chat program is switched off, and says why', async () => {
    const { id } = await own(tess)
    answer = { status: 410 }
    await insertNotices(server.db, [late(tess, await ticket())])
    await minutes(2)
    expect((await tess.client(chatChannels.list, {})).items).toMatchObject([
      { active: false, problem: expect.stringContaining('does not exist any more') },
    ])
    answer = { status: 200 }
    await insertNotices(server.db, [late(tess, await ticket())])
    await minutes(2)
    expect(posts).toHaveLength(1)
    const mended = await tess.client(chatChannels.edit, { id, address: `${address}/new`, active: true })
    expect(mended).toMatchObject({ active: true, problem: null })
    await tess.client(chatChannels.remove, { id })
    expect((await tess.client(chatChannels.list, {})).items).toEqual([])
  })

  it('belongs to its owner, and a shared one to whoever keeps the mail', async () => {
    const { id } = await own(tess)
    await expect(bo.client(chatChannels.remove, { id })).rejects.toMatchObject({ status: 404 })
    await expect(cora.client(chatChannels.edit, { id, name: 'Mine' })).rejects.toMatchObject({ status: 404 })
    await expect(tess.client(chatChannels.list, { shared: true })).rejects.toMatchObject({ status: 403 })
    const team = { kind: 'slack', name: 'X', address: `${address}/x`, owner: { kind: 'team', id: newId() } } as const
    await expect(tess.client(chatChannels.create, team)).rejects.toMatchObject({ status: 403 })
    await expect(cora.client(chatChannels.create, team)).rejects.toMatchObject({ code: 'chat.no-team' })
    const { version } = await tess.client(chatChannels.edit, { id, name: 'Other' })
    await expect(tess.client(chatChannels.edit, { id, version: version - 1, name: 'Z' })).rejects.toMatchObject({
      code: 'stale',
    })
  })
})

it('the organisation says after how long nobody acting is told, or that it is not', async () => {
  expect(await cora.client(escalation.show, {})).toEqual({ afterSeconds: 7200 })
  expect(await cora.client(escalation.save, { afterSeconds: null })).toEqual({ afterSeconds: null })
  await insertNotices(server.db, [late(tess, await ticket())])
  await timer.round()
  expect((await sql`select 1 from notice_watches`.execute(server.db)).rows).toEqual([])
  expect(await cora.client(escalation.save, { afterSeconds: 3600 })).toEqual({ afterSeconds: 3600 })
  await expect(cora.client(escalation.save, { afterSeconds: 1 })).rejects.toMatchObject({ status: 400 })
  await expect(tess.client(escalation.show, {})).rejects.toMatchObject({ status: 403 })
})

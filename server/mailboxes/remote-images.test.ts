import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { mailboxes } from '../../contract/mailboxes.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { mailSettings, startSmtp, type TestSmtp } from '../../test/support/smtp.ts'
import { mostEach, perMinute } from './mount-remote-images.ts'
import { mailing } from '../../test/support/mailing.ts'

const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
let outside: Server
let base: string
const asked: string[] = []
const slowNames = Array.from({ length: 8 }, (_one, n) => `slow-${n}.png`)
let smtp: TestSmtp
let server: TestServer
let tess: TestPerson
let rita: TestPerson
let otto: TestPerson
let tim: TestPerson
let ticket: string
/** Answers of the images that are slow, for whom they wait. */
let slow: (() => void)[] = []

beforeAll(async () => {
  outside = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.cookie ?? ''}${request.headers.referer ?? ''}`)
    if (request.url === '/big.png') return void response.end(Buffer.concat([png, Buffer.alloc(6 * 1024 * 1024)]))
    if (request.url?.startsWith('/slow-') === true)
      return void slow.push(() => response.writeHead(200, { 'content-type': 'image/png' }).end(png))
    if (request.url === '/moved.png') return void response.writeHead(302, { location: '/1.png' }).end()
    response.writeHead(200, { 'content-type': 'image/png' })
    response.end(request.url === '/svg.png' ? '<svg onload="alert(1)"/>' : png)
  }).listen(0, '127.0.0.1')
  await new Promise((ready) => outside.once('listening', ready))
  base = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
  smtp = await startSmtp()
  server = await startTestServer({ config: { mail: mailSettings(smtp.url), outgoingAllow: '127.0.0.1' } })
  const cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk'] })
  tim = await server.person({ name: 'Tim', role: 'technician', teams: ['Desk'] })
  otto = await server.person({ name: 'Otto', role: 'technician', teams: ['Other'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  const queue = await server.queue('Desk', ['Desk'])
  const box = await cora.client(mailboxes.create, {
    name: 'IT desk',
    kind: 'gateway',
    addresses: ['desk@brightwater.example'],
    queue,
  })
  const images = ['1.png?a=1&amp;b=2', 'svg.png', 'big.png', 'moved.png', ...slowNames].map(
    (name) => `<img src="${base}/${name}">`,
  )
  const { row } = await (
    await mailing(server, smtp, box.id)
  ).takenIn({
    from: rita.email,
    subject: 'Pictures',
    headers: 'Content-Type: text/html; charset=utf-8',
    text: `<p>Look</p>${images.join('')}<a href="${base}/page.png">page</a>`,
  })
  ticket = row.ticket_id!
})
afterAll(async () => {
  await server.stop()
  await smtp.close()
  outside.close()
})

const image = async (who: TestPerson, of: string, address: string, signal: AbortSignal | null = null) => {
  const { name, value } = who.cookie
  const answer = await fetch(
    `${server.base}/api/v1/remote-images/${of}?${new URLSearchParams({ address }).toString()}`,
    {
      headers: { cookie: `${name}=${value}` },
      signal,
    },
  )
  return [answer.status, answer.headers.get('content-type')?.split(';')[0]]
}

it('fetches nothing until somebody asks, then what stands in the text and is an image', async () => {
  const { description } = await tess.client(tickets.show, { id: ticket })
  expect(description).toContain('data-remote-image')
  expect(description).not.toContain('<img')
  expect(asked).toEqual([])
  expect(await image(tess, ticket, `${base}/1.png?a=1&b=2`)).toEqual([200, 'image/png'])
  expect(await image(rita, ticket, `${base}/1.png?a=1&b=2`)).toEqual([200, 'image/png'])
  expect(asked).toEqual(['/1.png?a=1&b=2 ', '/1.png?a=1&b=2 '])
})

it('fetches nothing that does not stand there as an image, and nothing for who does not see the ticket', async () => {
  const before = asked.length
  for (const address of [`${base}/other.png`, `${base}/page.png`, 'file:///etc/passwd', ''])
    expect((await image(tess, ticket, address))[0]).toBe(404)
  expect((await image(otto, ticket, `${base}/1.png?a=1&b=2`))[0]).toBe(404)
  expect((await image(tess, 'x', `${base}/1.png?a=1&b=2`))[0]).toBe(404)
  expect(asked.length).toBe(before)
})

it('passes on no document, nothing too large, and follows nobody elsewhere', async () => {
  for (const name of ['svg', 'big', 'moved']) expect((await image(tess, ticket, `${base}/${name}.png`))[0]).toBe(502)
})

it('fetches few at once for each person, and the others after them', async () => {
  const answers = slowNames.map((name) => image(tess, ticket, `${base}/${name}`))
  const waits = (n: number) => vi.waitFor(() => expect(slow).toHaveLength(n), { timeout: 5000 })
  await waits(mostEach)
  // another person waits for none of them
  const other = image(rita, ticket, `${base}/slow-0.png`)
  await waits(mostEach + 1)
  slow.pop()!()
  expect((await other)[0]).toBe(200)
  expect(slow).toHaveLength(mostEach)
  const begun = Date.now()
  while (slow.length > 0 && Date.now() - begun < 10_000) {
    expect(slow.length).toBeLessThanOrEqual(mostEach)
    slow.shift()!()
    await new Promise((later) => setTimeout(later, 50))
  }
  expect(await Promise.all(answers)).toEqual(slowNames.map(() => [200, 'image/png']))
})

it('holds the turn of a reader who leaves until what was asked for has come', async () => {
  slow = []
  const leaving = new AbortController()
  const left = slowNames.map((name) => image(tess, ticket, `${base}/${name}`, leaving.signal).catch(() => null))
  await vi.waitFor(() => expect(slow).toHaveLength(mostEach))
  leaving.abort()
  await Promise.all(left)
  // what was asked for them still comes, and takes their turns until then
  let status: unknown
  void image(tess, ticket, `${base}/1.png?a=1&b=2`).then(([found]) => (status = found))
  await new Promise((later) => setTimeout(later, 200))
  expect(status).toBeUndefined()
  await vi.waitFor(() => {
    for (const answer of slow.splice(0)) answer()
    expect(status).toBe(200)
  })
})

it('fetches so many within a minute for each person', async () => {
  const statuses = new Set<number>()
  for (let n = 0; n <= perMinute; n++) {
    const [status] = await image(tim, ticket, `${base}/1.png?a=1&b=2`)
    statuses.add(status as number)
  }
  expect(statuses).toEqual(new Set([200, 429]))
  expect((await image(rita, ticket, `${base}/1.png?a=1&b=2`))[0]).toBe(200)
})

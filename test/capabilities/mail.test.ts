import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mail, type MailRow } from '../../contract/mail.ts'
import { notifications } from '../../contract/notifications.ts'
import { sql } from '../../server/platform/db.ts'
import { mailSettings, reply, smtpForThisTest } from '../support/smtp.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { tellBouncing } from '../../server/notifications/public.ts'
import { MailSender } from '../../server/mail/sender.ts'
import { testMail } from '../../server/mail/test-mail.ts'

let server: TestServer
let cora: TestPerson
let tess: TestPerson
const limits = { connectMs: 400, greetMs: 400, silenceMs: 400, wholeMs: 2000 }
/** The senders' clock: moved by the tests, so that no back-off is waited for. */
let ahead = 0
const clock = () => Date.now() + ahead
const minutes = (n: number) => (ahead += n * 60_000)

beforeAll(async () => {
  server = await startTestServer({ config: { mail: mailSettings('smtp://127.0.0.1:9') } })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician' })
})
afterAll(() => server.stop())
beforeEach(async () => {
  ahead = 0
  await sql`delete from mails`.execute(server.db)
  await sql`delete from bouncing_addresses`.execute(server.db)
})

const senderTo = (url: string, more = {}) =>
  new MailSender(server.opened.platform, mailSettings(url, more), {
    composers: [testMail('http://127.0.0.1')],
    onBouncing: tellBouncing,
    limits,
    clock,
  })
const queued = () => cora.client(mail.test, {})
const now = async (id: string): Promise<MailRow> =>
  (await cora.client(mail.list, {})).items.find((one) => one.id === id)!

describe('the queue', () => {
  it('sends what is queued, once, in both forms, and says what it is', async () => {
    const smtp = await smtpForThisTest()
    const sender = senderTo(smtp.url)
    const { id } = await queued()
    expect(await now(id)).toMatchObject({ state: 'queued', attempts: 0, to: { name: 'Cora' } })
    await sender.round()
    await sender.round()
    expect(smtp.taken).toHaveLength(1)
    const { parsed, to, from } = smtp.taken[0]!
    expect(to).toEqual([cora.email])
    expect(from).toBe('it@brightwater.example')
    expect(parsed.messageId).toBe(`<${id}@brightwater.example>`)
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated')
    expect(parsed.text).toContain('Cora')
    expect(parsed.html).toContain('Cora')
    expect(await now(id)).toMatchObject({ state: 'sent', attempts: 1, why: null })
  })

  it('lets any number of nodes send, each mail once', async () => {
    const smtp = await smtpForThisTest()
    const ids = await Promise.all(Array.from({ length: 30 }, async () => (await queued()).id))
    const nodes = [senderTo(smtp.url), senderTo(smtp.url), senderTo(smtp.url)]
    await Promise.all(nodes.map((node) => node.round()))
    expect(smtp.taken).toHaveLength(30)
    expect(new Set(smtp.taken.map((one) => one.parsed.messageId))).toEqual(
      new Set(ids.map((id) => `<${id}@brightwater.example>`)),
    )
  })

  it('waits for a server that refuses, and says so; once it is back everything goes', async () => {
    const { id } = await queued()
    const other = await queued()
    await senderTo('smtp://127.0.0.1:9').round()
    const refused = await now(id)
    expect(refused.state).toBe('queued')
    expect(refused.why).toContain('does not listen')
    expect(refused.nextAt).not.toBeNull()
    expect((await cora.client(mail.status, {})).trouble).toContain('does not listen')
    const smtp = await smtpForThisTest()
    minutes(1)
    await senderTo(smtp.url).round()
    expect((await now(id)).state).toBe('sent')
    expect((await now(other.id)).state).toBe('sent')
    expect((await cora.client(mail.status, {})).trouble).toBeNull()
  })

  it('asks a server that is away with one mail at a time', async () => {
    for (let i = 0; i < 6; i++) await queued()
    const smtp = await smtpForThisTest({ onConnect: () => reply(554, 'go away') })
    const sender = senderTo(smtp.url)
    await sender.round()
    expect(smtp.connections).toBe(4)
    minutes(10)
    await sender.round()
    expect(smtp.connections).toBe(5)
    smtp.script = {}
    minutes(10)
    await sender.round()
    expect(smtp.taken).toHaveLength(6)
  })

  it.each([
    ['when it greets', { onConnect: () => 'stall' as const }],
    ['after the message', { onMessage: (times: number) => (times === 0 ? ('stall' as const) : null) }],
  ])('leaves a server that stalls %s', async (_, script) => {
    const smtp = await smtpForThisTest(script)
    const sender = senderTo(smtp.url)
    const { id } = await queued()
    await sender.round()
    expect(await now(id)).toMatchObject({ state: 'queued', attempts: 1, why: expect.stringContaining('too long') })
    smtp.script = {}
    minutes(1)
    await sender.round()
    expect(smtp.taken.map((one) => one.parsed.messageId)).toEqual([`<${id}@brightwater.example>`])
  })

  it('tries again after 4yz, later each time', async () => {
    const smtp = await smtpForThisTest({ onRcpt: (_, times) => (times < 2 ? reply(450, '4.2.0 greylisted') : null) })
    const sender = senderTo(smtp.url)
    const { id } = await queued()
    await sender.round()
    expect(await now(id)).toMatchObject({ state: 'queued', why: expect.stringContaining('put this mail off') })
    expect((await now(id)).reply).toContain('greylisted')
    await sender.round()
    expect(smtp.connections).toBe(1)
    minutes(2)
    await sender.round()
    minutes(2)
    await sender.round()
    expect((await now(id)).attempts).toBe(2)
    minutes(5)
    await sender.round()
    expect(await now(id)).toMatchObject({ state: 'sent', attempts: 3, why: null })
    expect(smtp.taken).toHaveLength(1)
  })

  it('gives up after three days, in words; a wish starts it again', async () => {
    const smtp = await smtpForThisTest({ onMessage: () => reply(451, 'busy') })
    const sender = senderTo(smtp.url)
    const { id } = await queued()
    for (let i = 0; i < 90; i++) {
      await sender.round()
      minutes(75)
    }
    expect((await now(id)).state).toBe('failed')
    expect((await cora.client(mail.status, {})).failed).toBe(1)
    smtp.script = {}
    ahead = 0
    await cora.client(mail.retry, { id })
    await sender.round()
    expect((await now(id)).state).toBe('sent')
  })

  it('gives up at once after 5yz to the message, and does not blame the address', async () => {
    const smtp = await smtpForThisTest({ onMessage: () => reply(554, '5.6.0 looks like spam') })
    const { id } = await queued()
    await senderTo(smtp.url).round()
    expect(await now(id)).toMatchObject({ state: 'failed', why: expect.stringContaining('refused this mail') })
    expect((await cora.client(mail.bouncing, {})).items).toEqual([])
  })

  it('after 5yz to the address mails it no more until a coordinator clears it; the person hears of it in the app', async () => {
    const smtp = await smtpForThisTest({ onRcpt: () => reply(550, '5.1.1 no such mailbox') })
    const sender = senderTo(smtp.url)
    const first = await queued()
    await sender.round()
    expect(await now(first.id)).toMatchObject({ state: 'failed', why: expect.stringContaining('does not take mail') })
    expect((await cora.client(mail.bouncing, {})).items).toMatchObject([
      { address: cora.email, status: '5.1.1', person: { name: 'Cora' } },
    ])
    const { items } = await cora.client(notifications.list, { unread: true })
    expect(items.map((one) => one.sentence).join()).toContain(`Mail to ${cora.email} comes back`)
    const second = await queued()
    const connections = smtp.connections
    await sender.round()
    expect(smtp.connections).toBe(connections)
    expect(await now(second.id)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('sent mail back before'),
    })
    smtp.script = {}
    await cora.client(mail.clearBouncing, { address: cora.email })
    await cora.client(mail.retry, { id: second.id })
    await sender.round()
    expect((await now(second.id)).state).toBe('sent')
  })

  it('sends again under the same Message-ID when the connection breaks after DATA', async () => {
    const smtp = await smtpForThisTest({ onMessage: (times) => (times === 0 ? 'drop' : null) })
    const sender = senderTo(smtp.url)
    const { id } = await queued()
    await sender.round()
    expect((await now(id)).state).toBe('queued')
    minutes(1)
    await sender.round()
    expect((await now(id)).state).toBe('sent')
    expect(smtp.taken.map((one) => one.parsed.messageId)).toEqual(Array(2).fill(`<${id}@brightwater.example>`))
  })

  it('takes a mail again, under the same Message-ID, when the node that had it is gone', async () => {
    const smtp = await smtpForThisTest()
    const { id } = await queued()
    // a node that sent and died before it wrote that down
    await sql`update mails set state = 'sending', attempts = 1, next_at = now() + interval '5 minutes' where id = ${id}`.execute(
      server.db,
    )
    const sender = senderTo(smtp.url)
    await sender.round()
    expect(smtp.taken).toHaveLength(0)
    minutes(6)
    await sender.round()
    expect(smtp.taken.map((one) => one.parsed.messageId)).toEqual([`<${id}@brightwater.example>`])
  })

  it('keeps the queue when the password is wrong', async () => {
    const smtp = await smtpForThisTest(
      {},
      { authOptional: false, onAuth: (_auth, _session, done) => done(new Error('no')), allowInsecureAuth: true },
    )
    const { id } = await queued()
    const url = smtp.url.replace('127.0.0.1', 'it:wrong@127.0.0.1')
    await senderTo(url).round()
    expect(await now(id)).toMatchObject({ state: 'queued', why: expect.stringContaining('user name or password') })
    expect(JSON.stringify(await now(id))).not.toContain('wrong')
  })

  it.each([
    ['a server that offers no encryption', { disabledCommands: ['STARTTLS' as const] }],
    ['a server whose certificate nobody trusts', { disabledCommands: [] }],
  ])('never gives a password to %s', async (_, options) => {
    const asked: string[] = []
    const smtp = await smtpForThisTest(
      {},
      {
        ...options,
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: (auth, _session, done) => {
          asked.push(auth.username ?? '')
          done(null, { user: auth.username })
        },
      },
    )
    const { id } = await queued()
    await senderTo(`smtp://it:secret@127.0.0.1:${smtp.port}`).round()
    expect(await now(id)).toMatchObject({ state: 'queued', why: expect.stringContaining('could not be encrypted') })
    expect(asked).toEqual([])
    expect(smtp.taken).toEqual([])
  })

  it('gives a password where it may, and sends', async () => {
    const asked: string[] = []
    const smtp = await smtpForThisTest(
      {},
      {
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: (auth, _session, done) => {
          asked.push(`${auth.username}:${auth.password}`)
          done(null, { user: auth.username })
        },
      },
    )
    const { id } = await queued()
    await senderTo(smtp.url.replace('127.0.0.1', 'it:s%20ecret@127.0.0.1')).round()
    expect((await now(id)).state).toBe('sent')
    expect(asked).toEqual(['it:s ecret'])
  })

  it('skips whoever left meanwhile', async () => {
    const smtp = await smtpForThisTest()
    const { id } = await queued()
    await sql`update accounts set disabled_at = now() where id = ${cora.account}`.execute(server.db)
    await senderTo(smtp.url).round()
    await sql`update accounts set disabled_at = null where id = ${cora.account}`.execute(server.db)
    expect(await now(id)).toMatchObject({ state: 'skipped', why: expect.stringContaining('no open account') })
    expect(smtp.taken).toHaveLength(0)
  })
})

describe('the acts of the page', () => {
  it('withdraws what waits, and refuses in words what is past', async () => {
    const smtp = await smtpForThisTest()
    const { id } = await queued()
    expect(await cora.client(mail.giveUp, { id })).toMatchObject({ state: 'withdrawn' })
    await senderTo(smtp.url).round()
    expect(smtp.taken).toHaveLength(0)
    await expect(cora.client(mail.giveUp, { id })).rejects.toMatchObject({ status: 409, code: 'mail.not-queued' })
    await cora.client(mail.retry, { id })
    await senderTo(smtp.url).round()
    await expect(cora.client(mail.retry, { id })).rejects.toMatchObject({ code: 'mail.sent-already' })
  })

  it('are for coordinators and administrators', async () => {
    const { id } = await queued()
    for (const [action, input] of [
      [mail.status, {}],
      [mail.list, {}],
      [mail.test, {}],
      [mail.bouncing, {}],
    ] as const)
      await expect(tess.client(action, input)).rejects.toMatchObject({ status: 403 })
    await expect(tess.client(mail.retry, { id })).rejects.toMatchObject({ status: 403 })
    await expect(cora.client(mail.retry, { id: cora.id })).rejects.toMatchObject({ status: 404 })
    await expect(cora.client(mail.clearBouncing, { address: 'not an address' })).rejects.toMatchObject({ status: 400 })
    await expect(cora.client(mail.clearBouncing, { address: 'no@where.example' })).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('the address for reports of failed delivery', () => {
  /** Says that two megabytes come, and sends none of them. */
  const begin = (key: string): Promise<number | undefined> =>
    new Promise((answered, failed) => {
      const headers = {
        authorization: `Bearer ${key}`,
        'content-type': 'message/rfc822',
        'content-length': 2_000_000,
      }
      const asked = request(`${server.base}/api/v1/mail/bounces`, { method: 'POST', headers }, (answer) => {
        asked.destroy()
        answered(answer.statusCode)
      })
      asked.on('error', failed).setTimeout(2000, () => asked.destroy(new Error('it waits for the body')))
      asked.flushHeaders()
    })

  it('refuses by the head whoever may not, before anything of the body is read', async () => {
    expect(await begin('lp_no-such-key')).toBe(401)
    expect(await begin((await server.key('technician')).key)).toBe(403)
  })
})

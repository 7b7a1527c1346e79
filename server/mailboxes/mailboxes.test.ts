import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiError } from '../../contract/client.ts'
import { mailboxes } from '../../contract/mailboxes.ts'
import { sql } from '../platform/db.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'

let server: TestServer
let cora: TestPerson
let tess: TestPerson
let queue: string

beforeAll(async () => {
  server = await startTestServer()
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk'] })
  queue = await server.queue('Desk', ['Desk'])
})
afterAll(() => server.stop())

const gateway = (name: string, address: string) => ({ name, kind: 'gateway' as const, addresses: [address], queue })
const handIn = (raw: string | Buffer, key: string, query = '') =>
  fetch(`${server.base}/api/v1/mail/gateway${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' },
    body: raw as string,
  })
const message = (subject: string, more = '') =>
  `From: Rita <rita@example.test>\r\nTo: desk@brightwater.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replaceAll(' ', '.')}@example.test>\r\n${more}\r\nIt does not print.\r\n`
const stored = async () =>
  (
    await sql<{
      id: string
      size: number
      body: Buffer | null
      recipients: string[]
    }>`select id, size, body, recipients from incoming_mails order by id`.execute(server.db)
  ).rows

describe('a mailbox', () => {
  it('is made, shown and changed, and answers no secret', async () => {
    const made = await cora.client(mailboxes.create, {
      name: 'Desk by IMAP',
      kind: 'imap',
      addresses: ['IMAP@brightwater.example'],
      queue,
      connection: { host: 'imap.brightwater.example', user: 'desk' },
      secrets: { password: 'hunter2' },
    })
    expect(made).toMatchObject({ addresses: ['imap@brightwater.example'], secrets: ['password'], acknowledge: true })
    const changed = await cora.client(mailboxes.edit, {
      id: made.id,
      version: made.version,
      name: 'Desk',
      secrets: { clientSecret: 'also secret' },
    })
    expect(changed).toMatchObject({ name: 'Desk', secrets: ['password', 'clientSecret'], version: 2 })
    const kept = await sql<{ row: string }>`select mailboxes::text as row from mailboxes where id = ${made.id}`.execute(
      server.db,
    )
    const log = await sql<{
      said: string
    }>`select string_agg(p.after::text, ' ') as said from event_payloads p`.execute(server.db)
    for (const text of [JSON.stringify(changed), kept.rows[0]!.row, log.rows[0]!.said]) {
      expect(text).not.toContain('hunter2')
      expect(text).not.toContain('also secret')
    }
    await expect(cora.client(mailboxes.edit, { id: made.id, version: 1, name: 'Again' })).rejects.toMatchObject({
      code: 'stale',
    })
    expect(await cora.client(mailboxes.edit, { id: made.id, name: 'Desk' })).toMatchObject({ version: 2 })
  })

  it('says in words what is wrong with it', async () => {
    await cora.client(mailboxes.create, gateway('First', 'first@brightwater.example'))
    const wrong = (given: object) =>
      cora.client(mailboxes.create, { ...gateway('Second', 'second@brightwater.example'), ...given }).then(
        () => null,
        (error: ApiError) => [error.code, error.body.fields?.[0]?.path],
      )
    expect(await wrong({ addresses: ['first@brightwater.example'] })).toEqual(['mailboxes.address-taken', 'addresses'])
    expect(await wrong({ addresses: ['desk+x@brightwater.example'] })).toEqual(['mailboxes.plus-address', 'addresses'])
    expect(await wrong({ queue: cora.id })).toEqual(['mailboxes.no-queue', 'queue'])
    expect(await wrong({ kind: 'imap' })).toEqual(['mailboxes.needs-connection', 'connection'])
    expect(await wrong({ templates: { reply: { subject: 'Re', body: 'No text' } } })).toEqual([
      'mailboxes.template-lacks',
      'templates.reply.body',
    ])
    await expect(tess.client(mailboxes.list, {})).rejects.toMatchObject({ status: 403 })
  })

  it('shows a template filled in, or what is wrong with it', async () => {
    const ask = (body: string) =>
      cora.client(mailboxes.preview, { template: 'acknowledgement', subject: '[{{reference}}]', body })
    expect(await ask('Dear {{name}}, we answer by {{ due }}.')).toEqual({
      subject: '[INC-1042]',
      text: 'Dear Cora, we answer by Tue 19 May 2026 16:00.',
    })
    await expect(ask('{{deu}}')).rejects.toMatchObject({
      code: 'mailboxes.template-unknown',
      body: { fields: [{ path: 'body' }] },
    })
    await expect(ask('{{due')).rejects.toMatchObject({ code: 'mailboxes.template-unclosed' })
  })
})

describe('the gateway', () => {
  let key: string
  beforeAll(async () => {
    const box = await cora.client(mailboxes.create, gateway('Gate', 'desk@brightwater.example'))
    key = (await cora.client(mailboxes.makeKey, { id: box.id })).key
    await cora.client(mailboxes.create, gateway('Other', 'other@brightwater.example'))
  })

  it('stores a message before it says so, unchanged and once', async () => {
    const raw = Buffer.concat([Buffer.from(message('Printer')), Buffer.from([0xe9, 0x00, 0xff])])
    const first = await handIn(raw, key, '?recipient=desk@brightwater.example')
    expect([first.status, await first.json()]).toMatchObject([201, { repeated: false }])
    const again = await handIn(raw, key)
    expect([again.status, await again.json()]).toMatchObject([200, { repeated: true }])
    const [only, ...others] = await stored()
    expect(others).toEqual([])
    expect(only!.body).toEqual(raw)
    expect(only!.recipients).toEqual(['desk@brightwater.example'])
  })

  it('keeps a large message among the files', async () => {
    const raw = message('Large', `X-Filler: ${'x'.repeat(300_000)}\r\n`)
    expect((await handIn(raw, key)).status).toBe(201)
    const { id, body, size } = (await stored()).at(-1)!
    expect([body, size]).toEqual([null, raw.length])
    const { rows } = await sql`select size from files where subject_id = ${id}`.execute(server.db)
    expect(rows).toEqual([{ size: raw.length }])
  })

  it('lets the recipients choose the mailbox for a key of those who keep the mail', async () => {
    const coordinator = (await server.key('coordinator')).key
    const mailboxOf = async (answer: Response) => ((await answer.json()) as { mailbox: string }).mailbox
    const names = new Map((await cora.client(mailboxes.list, {})).items.map((one) => [one.id, one.name]))
    const named = await handIn(
      message('One'),
      coordinator,
      '?recipient=nobody@x.example&recipient=other+t.x@brightwater.example',
    )
    expect(names.get(await mailboxOf(named))).toBe('Other')
    const delivered = await handIn(message('Two', 'Delivered-To: other@brightwater.example\r\n'), coordinator)
    expect(names.get(await mailboxOf(delivered))).toBe('Other')
    expect((await handIn(message('Three'), coordinator, '?recipient=nobody@x.example')).status).toBe(404)
  })

  it('refuses whoever has no right to hand in, and what is no message', async () => {
    const technician = (await server.key('technician')).key
    expect((await handIn(message('Four'), technician)).status).toBe(403)
    expect((await handIn(message('Four'), 'lpm_no-such-key')).status).toBe(401)
    // by the head alone, before anything is said of the body
    const unread = await fetch(`${server.base}/api/v1/mail/gateway`, {
      method: 'POST',
      headers: { authorization: 'Bearer lpm_no-such-key', 'content-type': 'image/png' },
      body: 'x',
    })
    expect(unread.status).toBe(401)
    expect((await handIn('', key)).status).toBe(400)
    const before = key
    const box = (await cora.client(mailboxes.list, {})).items.find((one) => one.name === 'Gate')!
    key = (await cora.client(mailboxes.makeKey, { id: box.id })).key
    expect((await handIn(message('Four'), before)).status).toBe(401)
    // and the key of a mailbox is good for nothing else
    const asked = await fetch(`${server.base}/api/v1/mailboxes`, { headers: { authorization: `Bearer ${key}` } })
    expect(asked.status).toBe(401)
  })
})

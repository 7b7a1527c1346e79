import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailboxes } from '../../contract/mailboxes.ts'
import { type Mailing, mailing } from '../../test/support/mailing.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { mailSettings, startSmtp, type TestSmtp } from '../../test/support/smtp.ts'

let smtp: TestSmtp
let server: TestServer
let mail: Mailing

beforeAll(async () => {
  smtp = await startSmtp()
  server = await startTestServer({ config: { mail: mailSettings(smtp.url) } })
  const cora = await server.person({ name: 'Cora', role: 'coordinator' })
  const queue = await server.queue('Desk', ['Desk'])
  const { id } = await cora.client(mailboxes.create, {
    name: 'Any',
    kind: 'gateway',
    addresses: ['desk@brightwater.example'],
    queue,
    limits: { perThread: 1000, perSender: 100_000, newSenders: 100_000 },
  })
  mail = await mailing(server, smtp, id)
})
afterAll(async () => {
  await server.stop()
  await smtp.close()
})

/** Taken in at once, or kept apart for a reason of its own: never because something failed. */
async function isJudged(raw: string | Buffer): Promise<void> {
  const { row } = await mail.takenIn({ raw })
  expect(row.state).not.toBe('received')
  expect(row.steps.map((one) => one.code)).not.toContain('mailboxes.step.failed')
}

it.each([
  [
    'zeros in every field',
    'From: =?utf-8?q?A=00B?= <a=00b@x.example>\r\nSubject: =?utf-8?q?x=00y?=\r\nMessage-ID: <a\0b@x>\r\nReferences: <c\0d@x>\r\nTo: =?utf-8?q?T=00?= <t\0@x.example>\r\n\r\nbo\0dy',
  ],
  [
    'half characters',
    `From: =?utf-16le?b?${Buffer.from([0x3d, 0xd8]).toString('base64')}?= <h@x.example>\r\nSubject: =?utf-16le?b?${Buffer.from([0x3d, 0xd8, 0x41, 0x00]).toString('base64')}?=\r\n\r\nx`,
  ],
  [
    'endless fields',
    `From: ${'n'.repeat(5000)} <${'l'.repeat(60)}@x.example>\r\nSubject: ${'s'.repeat(20_000)}\r\nMessage-ID: <${'m'.repeat(5000)}@x>\r\nCc: ${Array.from({ length: 300 }, (_, i) => `c${i}@x.example`).join(', ')}\r\n\r\nx`,
  ],
  ['an address that is none', 'From: nobody at all\r\nSubject: x\r\n\r\nx'],
  ['a strange address', 'From: "a b"@x.example\r\nSubject: INC-99999999999999\r\n\r\nx'],
  [
    'an attachment with zeros',
    'From: z@x.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: a/b\0; name="x\0y"\r\nContent-Disposition: attachment; filename="\0"\r\n\r\nx\r\n--b--\r\n',
  ],
])('judges %s', (_name, raw) => isJudged(raw))

it('judges whatever bytes come', { timeout: 120_000 }, async () => {
  const field = fc.constantFrom(
    'From',
    'To',
    'Cc',
    'Subject',
    'Message-ID',
    'In-Reply-To',
    'References',
    'Content-Type',
    'Date',
    'Auto-Submitted',
  )
  const head = fc.array(fc.tuple(field, fc.string({ unit: 'binary', maxLength: 60 })), { maxLength: 8 })
  const bytes = fc.uint8Array({ maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(head, bytes, async (fields, body) =>
      isJudged(
        Buffer.concat([
          Buffer.from(
            `From: f@x.example\r\n${fields.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`,
          ),
          body,
        ]),
      ),
    ),
    { numRuns: 60 },
  )
})

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMessage } from './read-message.ts'
import { cpuClock } from '../../../test/support/cpu-time.ts'

const head =
  'From: Tess <tess@example.org>\r\nTo: help@brightwater.example\r\nSubject: =?utf-8?Q?Pr=C3=BCfung?=\r\nDate: Mon, 5 Oct 2026 08:00:00 +0200\r\n'
const whole = Buffer.from(
  `${head}Authentication-Results: mx.example.org; spf=pass (ok) smtp.mailfrom=x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=iso-2022-jp; format=flowed\r\n\r\nOn Mon, 5 Oct 2026, Rita <r@example.org> wrote:\r\n> x\r\n--c\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p style=3D"color:red">x</p><img src=3D"cid:a">\r\n--c--\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.1.1\r\n--b\r\nContent-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEAAgaQBgAAAAAA\r\n--b\r\nContent-Type: application/pkcs7-mime; name*0*=utf-8''%41; name*1=b\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHAqCAMIA=\r\n--b--\r\nbegin 644 a\r\n#0V%T\r\n\`\r\nend\r\n`,
)

/** Real mails beside the invented one, where they are there. */
const folder = join(import.meta.dirname, '../../../../shared/data/email')
const samples = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => path.endsWith('.eml') && statSync(path).size < 20_000)
      .map((path) => readFileSync(path))
  : []

type Change = { at: number; length: number; put: Uint8Array }
const changes = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.constantFrom(
        ...[
          '\r\n',
          '\r\n\r\n',
          '--b',
          '--b--\r\n',
          '<',
          '=?utf-8?Q?',
          '\0',
          '(',
          '"',
          ';',
          '<script>alert(1)</script>',
        ].map((one) => new Uint8Array(Buffer.from(one))),
      ),
    ),
  }),
  { minLength: 1, maxLength: 12 },
)
const changed = (raw: Buffer, all: readonly Change[]): Buffer =>
  all.reduce((bytes, { at, length, put }) => {
    const from = Math.floor(at * bytes.length)
    return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + length)])
  }, raw)

test('a damaged message is read without an error, soon, and shows no script', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(whole, ...samples), changes, async (raw, all) => {
      const spent = cpuClock()
      const read = await readMessage(changed(raw, all))
      expect(spent()).toBeLessThan(2_000)
      expect(read.html ?? '').not.toMatch(/<(?:script|iframe|svg|form)\b/i)
      expect(JSON.stringify(read)).not.toContain('\\u0000')
      for (const one of read.attachments) expect(one.content.length).toBe(one.size)
    }),
    { numRuns: 400 },
  )
})

describe('what is without end', () => {
  test.each([
    ['a head', Buffer.from(`${head}X: ${'a'.repeat(3_000_000)}`), 'too-much-structure'],
    ['fields', Buffer.from(`${head}${'To: a@b.example\r\n'.repeat(100_000)}\r\nx`), 'too-much-structure'],
    [
      'parts',
      Buffer.from(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(50_000)}`),
      'too-much-structure',
    ],
    [
      'levels',
      Buffer.from(
        head +
          Array.from(
            { length: 450 },
            (_one, at) => `Content-Type: multipart/mixed; boundary=b${at}.\r\n\r\n--b${at}.\r\n`,
          ).join('') +
          '\r\nx',
      ),
      'nested-too-deep',
    ],
    ['a line', Buffer.from(`${head}\r\n${'a'.repeat(3_000_000)}`), 'text-cut'],
    [
      'addresses',
      Buffer.from(`From: a@b.example\r\nTo: ${'a@b.example, '.repeat(5_000)}\r\n\r\nx`),
      'too-many-addresses',
    ],
    [
      'a message that never says where its parts end',
      Buffer.from(
        `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${'<p>x</p>'.repeat(500_000)}`,
      ),
      'text-cut',
    ],
  ])('%s', async (_name, raw, problem) => {
    const spent = cpuClock()
    const read = await readMessage(raw)
    expect(spent()).toBeLessThan(5_000)
    expect(read.problems.map((one) => one.code)).toContain(`mailboxes.problem.${problem}`)
    expect(read.from).not.toBeNull()
  })

  test.each(['(', '<', '"', ',', 'a', '=?utf-8?Q?', 'a:', 'a ', 'a=b ', ';a=b', '\\', '['])(
    'fields full of %s',
    async (filling) => {
      for (const name of [
        'To',
        'Subject',
        'References',
        'Authentication-Results',
        'Content-Type',
        'Date',
        'Content-Disposition',
        'Content-Transfer-Encoding',
        'List-Id',
      ]) {
        const spent = cpuClock()
        await readMessage(
          Buffer.from(`From: a@b.example\r\n${name}: ${filling.repeat(200_000 / filling.length)}\r\n\r\nx`),
        )
        expect(spent(), name).toBeLessThan(1_000)
      }
    },
  )
})

test('a message of 25 MB lets the others have their turn', { timeout: 60_000 }, async () => {
  const file = Buffer.alloc(18 * 1024 * 1024, 7)
  const lines = file.toString('base64').replace(/(.{76})/g, '$1\r\n')
  const raw = Buffer.from(
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee.\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n--b--`,
  )
  let spent = cpuClock()
  let longest = 0
  const beat = setInterval(() => {
    longest = Math.max(longest, spent())
    spent = cpuClock()
  }, 5)
  const reading = readMessage(raw)
  await readMessage(whole)
  const read = await reading
  clearInterval(beat)
  expect(read.attachments[0]!.content.equals(file)).toBe(true)
  // 30 ms on a machine of two cores; room for what else runs here
  expect(longest).toBeLessThan(300)
})

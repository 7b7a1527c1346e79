import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cutQuotes } from '../rules/cut-quotes.ts'
import { readMessage } from './read-message.ts'

const folder = join(import.meta.dirname, '../../../../shared/data/email')
const isThere = existsSync(folder)
const files = (at: string): string[] =>
  isThere
    ? readdirSync(join(folder, at), { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, at, name))
        .filter((path) => statSync(path).isFile())
    : []

/** Blank space does not count; a character that the other reader could not tell stands for any. */
const squeezed = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim()
function isSame(theirs: string | null | undefined, ours: string | null | undefined): boolean {
  const [want, got] = [squeezed(theirs), squeezed(ours)]
  if (want === got) return true
  const [wanted, read] = [Array.from(want), Array.from(got)]
  return wanted.length === read.length && wanted.every((char, at) => char === '�' || char === read[at])
}

interface Expected {
  reply_equals?: string
  reply_equals_ignoring_whitespace?: string
  first_block_equals?: string
  reply_starts_with?: string
  reply_contains?: string[]
  reply_lacks?: string[]
  nothing_removed?: boolean
  second_block_removed?: boolean
  signature_equals?: string
  sender?: string
}

describe.skipIf(!isThere)('the sample mails', () => {
  test('72 replies of many clients and languages are parted from what they quote', async () => {
    const { expected } = JSON.parse(readFileSync(join(folder, 'reply-quoting/expected.json'), 'utf8')) as {
      expected: Record<string, Expected>
    }
    const wrong: string[] = []
    for (const [name, want] of Object.entries(expected)) {
      const raw = readFileSync(join(folder, 'reply-quoting', name))
      const { text, reply, signature } = await cut(name, raw, want.sender ?? null)
      const said = squeezed(reply)
      const holds =
        (want.reply_equals === undefined || said === squeezed(want.reply_equals)) &&
        (want.reply_equals_ignoring_whitespace?.replace(/\s/g, '') ?? reply.replace(/\s/g, '')) ===
          reply.replace(/\s/g, '') &&
        (want.first_block_equals === undefined ||
          want.reply_contains !== undefined ||
          said === squeezed(want.first_block_equals)) &&
        said.startsWith(squeezed(want.reply_starts_with ?? want.first_block_equals)) &&
        (want.reply_contains ?? []).every((one) => said.includes(squeezed(one))) &&
        !(want.reply_lacks ?? []).some((one) => reply.includes(one)) &&
        (want.nothing_removed !== true || said === squeezed(text)) &&
        (want.second_block_removed !== true || said === squeezed(text.split('\n\n')[0])) &&
        (want.signature_equals === undefined || squeezed(signature) === squeezed(want.signature_equals))
      if (!holds) wrong.push(name)
    }
    expect(wrong).toEqual([])
    expect(Object.keys(expected)).toHaveLength(72)
  })

  test('no mail is refused, and each has something to show', async () => {
    const mails = [
      ...files('mikel_mail'),
      ...files('mailparser'),
      ...files('stalwart_mail_parser/resources/maildir'),
    ].filter((path) => /\.eml$|maildir/.test(path))
    const empty: string[] = []
    for (const path of mails) {
      const read = await readMessage(readFileSync(path))
      if (read.text.trim() === '' && read.attachments.length === 0) empty.push(basename(path))
    }
    expect(mails.length).toBeGreaterThan(100)
    // these have no body: git pointers of the maildir, heads alone, a page of nothing but a title
    expect(empty.length).toBeLessThanOrEqual(emptyMails)
  })

  test('reads as another reader does', async () => {
    const tally = new Map<string, { same: number; all: number }>()
    const count = (what: string, same: boolean): void => {
      const one = tally.get(what) ?? { same: 0, all: 0 }
      tally.set(what, { same: one.same + (same ? 1 : 0), all: one.all + 1 })
    }
    for (const path of files('stalwart_mail_parser/resources/eml').filter((one) => one.endsWith('.eml'))) {
      const answer = path.replace(/eml$/, 'json')
      if (existsSync(answer))
        compare(JSON.parse(readFileSync(answer, 'utf8')) as Parsed, await readMessage(readFileSync(path)), count)
    }
    const rates = Object.fromEntries([...tally].map(([what, { same, all }]) => [what, Math.floor((same / all) * 100)]))
    for (const [what, atLeast] of Object.entries(reached))
      expect(rates[what], `${what} of ${JSON.stringify(rates)}`).toBeGreaterThanOrEqual(atLeast)
  })
})

/**
 * Percent. Where we differ: messages of which that reader shows nothing or takes the text for an attachment, because a boundary is not closed;
 * files encoded in the text (uuencode), which we take out; names given as a path, of which we keep the end.
 */
const reached = {
  subject: 100,
  from: 98,
  to: 100,
  names: 100,
  messageId: 100,
  date: 98,
  text: 83,
  attachments: 85,
  bytes: 96,
  fileNames: 98,
}
const emptyMails = 12

async function cut(name: string, raw: Buffer, sender: string | null) {
  if (!/\.(?:eml|html)$/.test(name)) return { text: raw.toString(), ...cutQuotes(raw.toString(), sender) }
  const head = name.endsWith('.html') ? 'Content-Type: text/html; charset=utf-8\n\n' : ''
  const read = await readMessage(Buffer.concat([Buffer.from(head), raw]))
  return { text: read.text, reply: read.textWithoutQuotes, signature: read.signature }
}

interface ParsedPart {
  headers: {
    name: string
    value: {
      Text?: string
      Address?: Addresses
      DateTime?: Record<string, number>
      ContentType?: { attributes: { name: string; value: string }[] | null }
    }
  }[]
  body: { Text?: string; Html?: string; Binary?: number[]; InlineBinary?: number[] }
}
type Addresses = { List?: Address[]; Group?: { addresses: Address[] }[] }
type Address = { name: string | null; address: string | null }
interface Parsed {
  text_body: number[]
  html_body: number[]
  attachments: number[]
  parts: ParsedPart[]
}

function compare(
  want: Parsed,
  got: Awaited<ReturnType<typeof readMessage>>,
  count: (what: string, same: boolean) => void,
): void {
  const fields = (name: string) => want.parts[0]!.headers.filter((one) => one.name === name).map((one) => one.value)
  const addresses = (name: string) =>
    fields(name).flatMap(({ Address: found }) =>
      (found?.List ?? (found?.Group ?? []).flatMap((group) => group.addresses)).filter((one) => one.address !== null),
    )
  count('subject', isSame(fields('subject').at(-1)?.Text, got.subject))
  if (fields('from').length > 0) count('from', (addresses('from')[0]?.address ?? null) === (got.from?.address ?? null))
  if (fields('to').length > 0) {
    count(
      'to',
      addresses('to')
        .map((one) => one.address)
        .join() === got.to.map((one) => one.address).join(),
    )
    count(
      'names',
      addresses('to').every((one, at) => isSame(one.name, got.to[at]?.name)),
    )
  }
  const messageId = fields('message_id').at(-1)?.Text
  if (messageId !== undefined) count('messageId', got.messageId === `<${messageId}>`)
  const date = fields('date').at(-1)?.DateTime
  if (date !== undefined) count('date', got.date === moment(date))
  const texts = want.text_body.map((at) => want.parts[at]!.body)
  if (!texts.some((body) => body.Html !== undefined))
    count('text', isSame(texts.map((body) => body.Text ?? '').join(' '), got.text))
  const shown = [...new Set([...want.text_body, ...want.html_body])].filter(
    (at) => want.parts[at]!.body.Text === undefined && want.parts[at]!.body.Html === undefined,
  )
  const attached = [...new Set([...shown, ...want.attachments])]
    .map((at) => want.parts[at]!)
    // empty parts without a name are no files
    .filter((part) => part.body.Text?.trim() !== '' || nameOf(part) !== null)
  count('attachments', attached.length === got.attachments.length)
  if (attached.length !== got.attachments.length || attached.length === 0) return
  count(
    'bytes',
    attached.every(
      ({ body }, at) => body.Binary === undefined || Buffer.from(body.Binary).equals(got.attachments[at]!.content),
    ),
  )
  count(
    'fileNames',
    attached.every((part, at) => nameOf(part) === null || isSame(nameOf(part), got.attachments[at]!.name)),
  )
}

function nameOf(part: ParsedPart): string | null {
  const parameter = (field: string, name: string) =>
    part.headers.find((one) => one.name === field)?.value.ContentType?.attributes?.find((one) => one.name === name)
      ?.value
  return parameter('content_disposition', 'filename') ?? parameter('content_type', 'name') ?? null
}

const moment = (d: Record<string, number | boolean>): string =>
  new Date(
    Date.UTC(
      Number(d['year']),
      Number(d['month']) - 1,
      Number(d['day']),
      Number(d['hour']),
      Number(d['minute']),
      Number(d['second']),
    ) -
      (d['tz_before_gmt'] === true ? -1 : 1) * (Number(d['tz_hour']) * 60 + Number(d['tz_minute'])) * 60_000,
  ).toISOString()

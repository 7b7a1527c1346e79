import libmime from 'libmime'
import { attachment, type ReadAttachment } from './attachments.ts'
import { bodyParts } from './body-parts.ts'
import { decodeText } from './decode-text.ts'
import { htmlAsText } from './html-as-text.ts'
import { everyPart } from './kind-of-message.ts'
import { type MessagePart } from './message-parts.ts'
import { type NoteProblem } from './problems.ts'
import { type ReadBounce, readBounce } from './read-bounce.ts'
import { readLimits } from './read-limits.ts'
import { sanitisedMail } from './sanitised-mail.ts'
import { decodedBody } from './transfer-encoding.ts'
import { uudecoded } from './uuencode.ts'

/** What a message says and what hangs on it. */
export interface ReadContent {
  text: string
  html: string | null
  attachments: ReadAttachment[]
  bounce: ReadBounce | null
}

/** Reads the parts of a message into one text, one HTML and the files that hang on it. */
export function readContent(root: MessagePart | null, note: NoteProblem): ReadContent {
  if (root === null) return { text: '', html: null, attachments: [], bounce: null }
  const decoded = new Map<MessagePart, Buffer>()
  const content = (part: MessagePart): Buffer => {
    const bytes = decoded.get(part) ?? decodedBody(part.body, part.encoding, note)
    decoded.set(part, bytes)
    return bytes
  }
  const files: Parameters<typeof attachment>[1][] = []
  const contents: Buffer[] = []
  const hang = (bytes: Buffer, part: Parameters<typeof attachment>[1]): void => {
    contents.push(bytes)
    files.push(part)
  }
  const body = bodyParts(root)
  const texts = new Map<MessagePart, string>()
  const textOf = (part: MessagePart): string => {
    const known = texts.get(part)
    if (known !== undefined) return known
    const read = partText(part, content(part), note)
    const found = part.type === 'text/plain' ? uudecoded(read) : { text: read, files: [] }
    for (const file of found.files) hang(file.content, { name: file.name, type: libmime.detectMimeType(file.name) })
    texts.set(part, found.text)
    return found.text
  }
  const htmlParts = body.html.filter((part) => part.type === 'text/html')
  const html = htmlParts.length === 0 ? null : body.html.map((part) => shownHtml(part, textOf, note)).join('\n')
  const text = body.text
    .filter((part) => part.type === 'text/plain' || part.type === 'text/html')
    .map((part) => (part.type === 'text/html' ? htmlAsText(shownHtml(part, textOf, note)) : textOf(part)))
    .filter((one) => one.trim() !== '')
    .join('\n\n')
  const media = [...new Set([...body.text, ...body.html])].filter((part) => !part.type.startsWith('text/'))
  for (const part of new Set([...media, ...body.attached])) {
    const shown = part.contentId !== null && html !== null && html.includes(`data-cid="${escaped(part.contentId)}"`)
    hang(content(part), { name: part.name, type: part.type, contentId: part.contentId, inline: shown })
  }
  return {
    text: text.replaceAll('\0', ''),
    html,
    attachments: contents.map((bytes, at) => attachment(bytes, files[at]!, at + 1)),
    bounce: readBounce(everyPart(root), content),
  }
}

function partText(part: MessagePart, bytes: Buffer, note: NoteProblem): string {
  const { text, problem } = decodeText(bytes, part.params['charset'] ?? null)
  if (problem !== null) note(problem, { charset: (part.params['charset'] ?? '').slice(0, 40) })
  const lines = text
    .replace(/^\ufeff/, '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
  const short = lines.length > readLimits.bodyCharacters ? lines.slice(0, readLimits.bodyCharacters) : lines
  if (short !== lines) note('text-cut', { most: readLimits.bodyCharacters })
  return part.type === 'text/plain' && /^flowed$/i.test(part.params['format'] ?? '')
    ? libmime.decodeFlowed(short, /^yes$/i.test(part.params['delsp'] ?? ''))
    : short
}

function shownHtml(part: MessagePart, textOf: (part: MessagePart) => string, note: NoteProblem): string {
  if (part.type === 'text/html') return sanitisedMail(textOf(part))
  if (part.type === 'text/plain') return `<p>${escaped(textOf(part).trim()).replaceAll('\n', '<br />')}</p>`
  if (part.contentId === null && part.name === null) note('image-without-place')
  return part.contentId === null ? '' : `<img alt="" data-cid="${escaped(part.contentId)}" />`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

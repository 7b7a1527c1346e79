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
import { readTnef, type Tnef } from './tnef.ts'
import { decodedBody } from './transfer-encoding.ts'
import { uudecoded } from './uuencode.ts'
import { escapedText } from '../../platform/rules/escaped-text.ts'

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
  const reader = partReader(note)
  const body = bodyParts(root)
  const shown = [...new Set([...body.text, ...body.html])]
  const hasHtml = body.html.some((part) => part.type === 'text/html')
  let html = hasHtml ? body.html.map(reader.html).join('\n') : null
  let text = body.text
    .filter((part) => part.type.startsWith('text/'))
    .map(reader.text)
    .filter((one) => one.trim() !== '')
    .join('\n\n')
  // an alternative in plain text may be there and empty
  if (text.trim() === '' && html !== null) text = htmlAsText(html)
  const attachments: ReadAttachment[] = []
  const hang = (content: Buffer, part: Parameters<typeof attachment>[1]): void => {
    const inline = part.contentId != null && (html?.includes(`data-cid="${escapedText(part.contentId)}"`) ?? false)
    attachments.push(attachment(content, { ...part, inline }, attachments.length + 1))
  }
  for (const part of [...shown.filter((one) => !one.type.startsWith('text/')), ...body.attached]) {
    const content = reader.content(part)
    const tnef = isTnef(part) ? readTnef(content) : null
    if (tnef === null) {
      // a part without a name and without content is a slip of the sender's program
      if (content.length > 0 || part.name !== null) hang(content, part)
    } else {
      if (text.trim() === '' && html === null) [text, html] = bodyOf(tnef, note)
      for (const file of tnef.files)
        hang(file.content, { ...file, type: file.type ?? libmime.detectMimeType(file.name ?? '') })
    }
  }
  for (const file of reader.files) hang(file.content, { name: file.name, type: libmime.detectMimeType(file.name) })
  return { text, html, attachments, bounce: readBounce(everyPart(root), reader.content) }
}

const isTnef = (part: MessagePart): boolean =>
  /^application\/(?:ms-tnef|vnd\.ms-tnef)$/.test(part.type) || /^winmail\.dat$/i.test(part.name ?? '')

function bodyOf(tnef: Tnef, note: NoteProblem): [string, string | null] {
  if (tnef.html !== null) {
    const html = sanitisedMail(decodeText(tnef.html, null).text.slice(0, readLimits.bodyCharacters))
    return [htmlAsText(html), html]
  }
  if (tnef.text === null && tnef.hasRtf) note('tnef-rtf')
  return [(tnef.text ?? '').replace(/\r\n?/g, '\n'), null]
}

/** Reads each part once, however often it is asked. */
function partReader(note: NoteProblem) {
  const files: { name: string; content: Buffer }[] = []
  const once = <T>(read: (part: MessagePart) => T): ((part: MessagePart) => T) => {
    const known = new Map<MessagePart, T>()
    return (part) => {
      if (!known.has(part)) known.set(part, read(part))
      return known.get(part)!
    }
  }
  const content = once((part) => decodedBody(part.body, part.encoding, note))
  const source = once((part) => {
    const text = partText(part, content(part), note)
    const found = part.type === 'text/plain' ? uudecoded(text) : { text, files: [] }
    files.push(...found.files)
    return shownText(part, found.text, note)
  })
  const html = once((part) => {
    if (part.type === 'text/html') return sanitisedMail(source(part))
    if (part.type.startsWith('text/')) return `<p>${escapedText(source(part).trim()).replaceAll('\n', '<br />')}</p>`
    return part.contentId === null ? '' : `<img alt="" data-cid="${escapedText(part.contentId)}" />`
  })
  const text = once((part) => (part.type === 'text/html' ? htmlAsText(html(part)) : source(part)))
  return { content, html, text, files }
}

function partText(part: MessagePart, bytes: Buffer, note: NoteProblem): string {
  const { text, problem } = decodeText(bytes, part.params['charset'] ?? null)
  if (problem !== null) note(problem, { charset: (part.params['charset'] ?? '').slice(0, 40) })
  return text
    .replace(/^\ufeff/, '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
}

/** As much as is shown, its lines as they were typed (RFC 3676). */
function shownText(part: MessagePart, text: string, note: NoteProblem): string {
  const isLong = text.length > readLimits.bodyCharacters
  if (isLong) note('text-cut', { most: readLimits.bodyCharacters })
  const shown = isLong ? text.slice(0, readLimits.bodyCharacters) : text
  return part.type === 'text/plain' && /^flowed$/i.test(part.params['format'] ?? '')
    ? libmime.decodeFlowed(shown, /^yes$/i.test(part.params['delsp'] ?? ''))
    : shown
}

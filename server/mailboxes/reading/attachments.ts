import { createHash } from 'node:crypto'
import libmime from 'libmime'
import { decodedWords } from './header-fields.ts'

export interface ReadAttachment {
  name: string
  /** As the sender calls it: not to be trusted when it is served. */
  type: string
  /** In bytes. */
  size: number
  sha256: string
  /** Whether the text shows it, so that it need not be listed beside it. */
  inline: boolean
  /** Without its angle brackets. */
  contentId: string | null
  content: Buffer
}

export function attachment(
  content: Buffer,
  part: { name: string | null; type: string; contentId?: string | null; inline?: boolean },
  number: number,
): ReadAttachment {
  return {
    name: fileName(part.name, part.type, number),
    type: part.type,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    inline: part.inline ?? false,
    contentId: part.contentId ?? null,
    content,
  }
}

const extensions: Record<string, string> = { 'message/rfc822': 'eml', 'message/global': 'eml', 'text/calendar': 'ics' }

/** A name that is none of a path, has no marks that hide its end, and is there. */
function fileName(given: string | null, type: string, number: number): string {
  const name = decodedWords(given ?? '')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, '')
    .split(/[\\/]/)
    .pop()!
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+$/, '')
  if (name !== '') return name.length <= 200 ? name : `${name.slice(0, 150)}…${name.slice(-40)}`
  const extension =
    extensions[type] ??
    (/^(?:message|text|multipart)\//.test(type) && libmime.detectExtension(type) === 'bin'
      ? 'txt'
      : libmime.detectExtension(type))
  return `attachment-${number}.${extension}`
}

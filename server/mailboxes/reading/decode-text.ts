import { analyse } from 'chardet'
import iconv from 'iconv-lite'

export interface DecodedText {
  text: string
  /** What was wrong: `charset-unknown`, `charset-wrong`; null where nothing was. */
  problem: 'charset-unknown' | 'charset-wrong' | null
}

/** Names that are no name of a charset. */
const noCharset = new Set([
  '',
  'us-ascii',
  'ascii',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  'binary',
  '7bit',
  '8bit',
  'none',
  'default',
])

/**
 * Text of bytes. The declared charset is believed where it exists and fits; UTF-8 that is none, unknown names and missing ones are guessed,
 * first as UTF-8, then as ISO-2022-JP, then by their look.
 */
export function decodeText(bytes: Buffer, declared: string | null): DecodedText {
  const charset = (declared ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '')
  if (noCharset.has(charset)) return { text: guessed(bytes), problem: null }
  if (/^(?:x-)?(?:unicode-1-1-)?utf-?7$/.test(charset)) return { text: iconv.decode(bytes, 'utf-7'), problem: null }
  if (charset === 'utf-8' || charset === 'utf8') {
    const text = strictUtf8(bytes)
    return text !== null ? { text, problem: null } : { text: mostlyUtf8(bytes), problem: 'charset-wrong' }
  }
  const decoder = decoderOf(charset)
  if (decoder !== null) return { text: decoder.decode(bytes), problem: null }
  if (iconv.encodingExists(charset) && !/^(?:base64|hex|binary|internal|ucs2)/.test(charset))
    return { text: iconv.decode(bytes, charset), problem: null }
  return { text: guessed(bytes), problem: 'charset-unknown' }
}

/** Labels as browsers know them (WHATWG Encoding): `iso-8859-1` is windows-1252, `gb2312` is GBK, as senders mean them. */
function decoderOf(label: string): TextDecoder | null {
  const alias = /^(?:cp|win|windows|x-cp)[-_]?(125\d|874)$/.exec(label)
  try {
    return new TextDecoder(alias === null ? label : `windows-${alias[1]}`)
  } catch {
    return null
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function strictUtf8(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

/** Said to be UTF-8 and is not: a damaged place in UTF-8 stays one, another charset is taken for what it looks like. */
function mostlyUtf8(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  const damaged = text.match(/�/g)?.length ?? 0
  const whole = text.match(/[^\0-\x7f�]/g)?.length ?? 0
  return whole > damaged ? text : guessed(bytes)
}

/** How ISO-2022-JP turns to its characters (RFC 1468). */
const escapes = ['\u001b$B', '\u001b$@', '\u001b(J']

/** Without a declared charset; the first 64 kB decide. */
function guessed(bytes: Buffer): string {
  const head = bytes.subarray(0, 64 * 1024)
  if (escapes.some((one) => head.includes(one, 0, 'latin1'))) return new TextDecoder('iso-2022-jp').decode(bytes)
  const text = strictUtf8(bytes)
  if (text !== null) return text
  const best = analyse(head).find((one) => one.confidence >= 30 && decoderOf(one.name) !== null)
  const short = head.length < 60
  return (short || best === undefined ? new TextDecoder('windows-1252') : decoderOf(best.name)!).decode(bytes)
}

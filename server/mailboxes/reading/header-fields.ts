import iconv from 'iconv-lite'
import libmime from 'libmime'
import { decodeText } from './decode-text.ts'

/** The fields of one head (RFC 5322, 2.2), unfolded, bytes decoded; encoded words still stand as they came. */
export interface HeaderFields {
  first(name: string): string | null
  all(name: string): string[]
  names(): string[]
}

/** From the lines of the splitter, whose strings hold one byte a character. */
export function fieldsOfHead(lines: readonly { key: string; line: string }[]): HeaderFields {
  const all = new Map<string, string[]>()
  for (const { key, line } of lines) {
    const name = key.trim().toLowerCase()
    // a line without a name is none of a head (RFC 5322, 2.2)
    if (!line.includes(':') || !/^[!-9;-~]{1,200}$/.test(name)) continue
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n[ \t]*/g, ' ')
      .replaceAll('\0', '')
      .trim()
    const text = /[^\t -~]/.test(value) ? decodeText(Buffer.from(value, 'latin1'), null).text : value
    const known = all.get(name)
    if (known === undefined) all.set(name, [text])
    else known.push(text)
  }
  return {
    first: (name) => all.get(name)?.find((value) => value !== '') ?? null,
    all: (name) => all.get(name) ?? [],
    names: () => [...all.keys()],
  }
}

/** Text of a field with its encoded words (RFC 2047) decoded; UTF-7 too, which the library refuses. */
export function decodedWords(text: string): string {
  if (!text.includes('=?')) return text
  const without7 = text.replace(/=\?utf-7(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi, (_word, way: string, content: string) => {
    const bytes =
      way.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64')
        : Buffer.from(
            content
              .replaceAll('_', ' ')
              .replace(/=([0-9a-f]{2})/gi, (_hex, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          )
    return decodeText(bytes, 'utf-7').text
  })
  try {
    return libmime.decodeWords(asciiWords(without7))
  } catch {
    return without7
  }
}

/** Characters that stand unencoded inside an encoded word are of its charset: the library would read them as UTF-8. */
const asciiWords = (text: string): string =>
  text.replace(
    /=\?([\w-]+)((?:\*[\w-]+)?\?q\?)([^?]*[^ -~?][^?]*)\?=/gi,
    (word, charset: string, mark: string, content: string) => {
      if (!iconv.encodingExists(charset)) return word
      const bytes = (char: string): string =>
        [...iconv.encode(char, charset)].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')
      return `=?${charset}${mark}${content.replace(/[^ -~]/gu, bytes)}?=`
    },
  )

/** The fields at the beginning of a message, at most 256 kB of them. */
export function headOf(message: Buffer): HeaderFields {
  const head = message
    .subarray(0, 256 * 1024)
    .toString('latin1')
    .replace(/^(?:\r?\n)+/, '')
    .split(/\r?\n\r?\n/)[0]!
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  return fieldsOfHead(
    lines.filter((line) => line.includes(':')).map((line) => ({ key: line.slice(0, line.indexOf(':')), line })),
  )
}

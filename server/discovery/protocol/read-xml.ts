import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { isTree, type Tree } from '../rules/values.ts'

/**
 * Values stay text (a serial keeps its zeros). No agent defines entities, so none are expanded but those of XML itself, and characters by
 * number.
 */
const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: true,
  transformTagName: (name) => name.toLowerCase(),
  htmlEntities: true,
  processEntities: { enabled: true, maxEntityCount: 0, maxTotalExpansions: 1_000_000, maxExpandedLength: 4_000_000 },
})

/** What the root element of a document holds, with names in lower case; null where it is no XML, or one that defines entities. */
export function readXml(text: string): Tree | null {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return null
  try {
    if (XMLValidator.validate(text) !== true) return null
    const parsed: unknown = parser.parse(text)
    const [root, content] = isTree(parsed) ? (Object.entries(parsed).find(([name]) => name !== '#text') ?? []) : []
    if (root === undefined) return null
    return isTree(content) ? content : {}
  } catch {
    return null
  }
}

/** Bytes as text: UTF-8, and ISO-8859-1 where they are not. Without byte order mark and NUL. */
export function textOfBytes(bytes: Buffer): string {
  const first = bytes.subarray(0, 2)
  if (first.equals(Buffer.from([0xff, 0xfe]))) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\0', '')
  } catch {
    return bytes.toString('latin1').replaceAll('\0', '')
  }
}

import type { Duplex } from 'node:stream'
import { Splitter } from '@zone-eu/mailsplit'
import libmime from 'libmime'
import { fieldsOfHead, type HeaderFields } from './header-fields.ts'
import { type NoteProblem } from './problems.ts'
import { readLimits } from './read-limits.ts'

/** One part of a message (RFC 2045): its fields and what stands in it, still encoded. */
export interface MessagePart {
  fields: HeaderFields
  /** `text/plain`, in lower case; RFC 2045, 5.2 where none is given. */
  type: string
  params: Record<string, string>
  disposition: 'inline' | 'attachment' | null
  name: string | null
  encoding: string
  /** Without its angle brackets. */
  contentId: string | null
  children: MessagePart[]
  body: Buffer
}

interface Growing {
  part: MessagePart
  depth: number
  chunks: Buffer[]
}

interface SplitNode {
  parentNode: SplitNode | false
  headers: { getList(): { key: string; line: string }[] } | false
  multipart: string | false
}
type SplitData =
  | ({ type: 'node' } & SplitNode)
  | { type: 'body' | 'data'; node: SplitNode; value: Buffer }
  | { type: 'none' }

/**
 * Takes a message apart (RFC 2045, 2046). Never throws: what ends too early or grows beyond the limits is kept as far as it was understood.
 * Attached messages stay whole.
 */
export function messageParts(raw: Uint8Array, note: NoteProblem): Promise<MessagePart | null> {
  return new Promise((resolve) => {
    const grown = new Map<SplitNode, Growing>()
    let root: Growing | null = null
    let deep = false
    const splitter: Duplex = new Splitter({
      ignoreEmbedded: true,
      maxHeadSize: readLimits.headerBytes,
      maxChildNodes: readLimits.parts,
    })
    const finish = (): void => {
      if (deep) note('nested-too-deep', { most: readLimits.depth })
      for (const { part, chunks } of grown.values()) {
        part.body = Buffer.concat(chunks)
      }
      const whole = root?.part ?? null
      // parts are announced and none is there: what stands there is what the sender wanted to be read
      if (whole !== null && whole.type.startsWith('multipart/') && whole.children.length === 0)
        whole.type = 'text/plain'
      resolve(whole)
    }
    splitter.on('data', (data: SplitData) => {
      if (data.type === 'node') {
        const parent = data.parentNode === false ? null : (grown.get(data.parentNode) ?? null)
        const digest = parent?.part.type === 'multipart/digest'
        const part = partOf(data.headers === false ? [] : data.headers.getList(), digest)
        const growing = { part, depth: (parent?.depth ?? 0) + 1, chunks: [] }
        grown.set(data, growing)
        if (growing.depth > readLimits.depth) deep = true
        else if (parent === null) root ??= growing
        else parent.part.children.push(part)
      } else if (data.type !== 'none' && data.value.length > 0) grown.get(data.node)?.chunks.push(data.value)
    })
    splitter.once('error', (error: Error & { code?: string }) => {
      note(error.code === 'EMAXLEN' ? 'too-much-structure' : 'broken-structure', { most: readLimits.parts })
      finish()
    })
    splitter.once('end', finish)
    splitter.end(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength))
  })
}

/** `text/plain; charset=utf-8` as its value and its parameters (RFC 2231 included). */
function structured(value: string | null): { value: string; params: Record<string, string> } {
  if (value === null) return { value: '', params: {} }
  const parsed = libmime.parseHeaderValue(value, { stripComments: true })
  return {
    value: parsed.value.toLowerCase().trim(),
    params: Object.fromEntries(
      Object.entries(parsed.params).map(([name, text]) => [
        name.toLowerCase(),
        parsed.decodedParams.includes(name) ? text : wordsOf(text),
      ]),
    ),
  }
}

function wordsOf(text: string): string {
  try {
    return libmime.decodeWords(text)
  } catch {
    return text
  }
}

/** Bytes that are text and nothing else. */
export const plainPart = (body: Buffer): MessagePart => ({ ...partOf([], false), body })

function partOf(lines: { key: string; line: string }[], inDigest: boolean): MessagePart {
  const fields = fieldsOfHead(lines)
  const type = structured(fields.first('content-type'))
  const disposition = structured(fields.first('content-disposition'))
  const name = disposition.params['filename'] ?? type.params['name'] ?? null
  return {
    fields,
    type: /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type.value) ? type.value : inDigest ? 'message/rfc822' : 'text/plain',
    params: type.params,
    // an unknown disposition is to be treated as an attachment (RFC 2183, 2.8)
    disposition: disposition.value === '' ? null : disposition.value === 'inline' ? 'inline' : 'attachment',
    name: name === null || name.trim() === '' ? null : name.trim(),
    encoding: (fields.first('content-transfer-encoding') ?? '')
      .slice(0, 200)
      .replace(/\(.*?\)/g, '')
      .split(';')[0]!
      .trim()
      .toLowerCase(),
    contentId: fields.first('content-id')?.trim().replace(/^<|>$/g, '') ?? null,
    children: [],
    body: Buffer.alloc(0),
  }
}

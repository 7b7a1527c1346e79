/** What Outlook packs into `winmail.dat` (MS-OXTNEF). */
export interface Tnef {
  text: string | null
  html: Buffer | null
  /** Whether text with formats (RTF) stands in it that is left out. */
  hasRtf: boolean
  files: TnefFile[]
}
export interface TnefFile {
  name: string | null
  type: string | null
  contentId: string | null
  content: Buffer
}

const attribute = {
  body: 0x2800c,
  messageProps: 0x69003,
  renderData: 0x69002,
  title: 0x18010,
  data: 0x6800f,
  attachment: 0x69005,
}

/** Reads such a file; null where it is none. A file that ends too early gives what stands in its beginning. */
export function readTnef(bytes: Buffer): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== 0x223e9f78) return null
  const tnef: Tnef = { text: null, html: null, hasRtf: false, files: [] }
  let file: TnefFile | undefined
  for (let at = 6; at + 9 <= bytes.length;) {
    const id = bytes.readUInt32LE(at + 1) & 0xfffff
    const size = bytes.readUInt32LE(at + 5)
    const value = bytes.subarray(at + 9, at + 9 + size)
    at += 9 + size + 2
    if (id === attribute.renderData) {
      if (tnef.files.length >= 500) break
      file = { name: null, type: null, contentId: null, content: Buffer.alloc(0) }
      tnef.files.push(file)
    } else if (id === attribute.body) tnef.text ??= ansi(value)
    else if (id === attribute.messageProps) describeMessage(tnef, properties(value))
    else if (file !== undefined) takeIn(file, id, value)
  }
  return tnef
}

const ansi = (value: Buffer): string => new TextDecoder('windows-1252').decode(value).replace(/\0.*$/s, '')

function takeIn(file: TnefFile, id: number, value: Buffer): void {
  if (id === attribute.title) file.name ??= ansi(value)
  if (id === attribute.data) file.content = value
  if (id === attribute.attachment) describeFile(file, properties(value))
}

function describeFile(file: TnefFile, props: Map<number, Property>): void {
  file.name = textOf(props.get(0x3707)) ?? file.name ?? textOf(props.get(0x3704))
  file.type = textOf(props.get(0x370e))
  file.contentId = textOf(props.get(0x3712))
  const data = props.get(0x3701)
  if (file.content.length === 0 && data?.type === 0x0102) file.content = data.value
}

function describeMessage(tnef: Tnef, props: Map<number, Property>): void {
  tnef.text = textOf(props.get(0x1000)) ?? tnef.text
  tnef.html = props.get(0x1013)?.value ?? null
  tnef.hasRtf = props.has(0x1009)
}

interface Property {
  type: number
  value: Buffer
}

function textOf(property: Property | undefined): string | null {
  if (property === undefined) return null
  const text = property.type === 0x001f ? property.value.toString('utf16le') : ansi(property.value)
  const cut = text.replace(/\0.*$/s, '').trim()
  return cut === '' ? null : cut
}

/** Sizes of the types that have one (MS-OXCDATA, 2.11.1). */
const sizes: Record<number, number> = {
  0x02: 4,
  0x03: 4,
  0x04: 4,
  0x05: 8,
  0x06: 8,
  0x07: 8,
  0x0a: 4,
  0x0b: 4,
  0x14: 8,
  0x40: 8,
  0x48: 16,
}
const aligned = (size: number): number => (size + 3) & ~3

/** Encapsulated MAPI properties (MS-OXTNEF, 2.1.3.4), the single ones by their id. Stops where it does not understand. */
function properties(bytes: Buffer): Map<number, Property> {
  const found = new Map<number, Property>()
  try {
    const count = bytes.readUInt32LE(0)
    let at = 4
    for (let number = 0; number < count && number < 5_000; number += 1) {
      const type = bytes.readUInt16LE(at)
      const id = bytes.readUInt16LE(at + 2)
      at += 4
      if (id >= 0x8000) {
        const isNamed = bytes.readUInt32LE(at + 16) === 1
        at += 20
        at += isNamed ? 4 + aligned(bytes.readUInt32LE(at)) : 4
      }
      const isMany = (type & 0x1000) !== 0
      const size = sizes[type & 0xfff]
      let values = 1
      if (isMany || size === undefined) {
        values = bytes.readUInt32LE(at)
        at += 4
      }
      for (let value = 0; value < values; value += 1) {
        const length = size ?? bytes.readUInt32LE(at)
        if (size === undefined) at += 4
        if (at + length > bytes.length) return found
        // an object begins with the id of its interface
        if (!isMany && value === 0)
          found.set(id, { type, value: bytes.subarray(at + (type === 0x0d ? 16 : 0), at + length) })
        at += aligned(length)
      }
    }
  } catch {
    // ended too early: what was read before it counts
  }
  return found
}

import { serialKey } from '../../assets/rules/serial.ts'

/** What a code can be: a tag, a serial number, or both; and what it is told apart by if nobody knows it. */
export interface CodeRead {
  /** As tags are compared. */
  readonly tag: string
  /** As serial numbers are compared; null for a filler, which is nobody's. */
  readonly serial: string | null
  /** Equal for the same unknown thing; null where the code tells nothing apart. */
  readonly key: string | null
}

/** Reads a code: a label leads to the address of its thing (server/labels), a bar code is tag or serial number itself. */
export function readCode(code: string): CodeRead {
  const plain = code.trim().replace(/\s+/g, ' ')
  const label = /^https?:\/\/[^\s]*\/assets\/([^/?#\s]+)/i.exec(plain)
  const text = label === null ? plain : decoded(label[1]!)
  const serial = serialKey(text)
  return { tag: text.toUpperCase(), serial, key: serial }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

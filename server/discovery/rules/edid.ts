/** What a screen says of itself: EDID 1.4 (VESA), the first block of 128 bytes. */
export interface Edid {
  manufacturer: string | null
  name: string | null
  serial: string | null
}

const header = [0, 255, 255, 255, 255, 255, 255, 0]

/** Null where the bytes are no such block. The serial as text, or else the number beside the maker's code. */
export function readEdid(bytes: Uint8Array): Edid | null {
  if (bytes.length < 128 || header.some((byte, at) => bytes[at] !== byte)) return null
  const code = (bytes[8]! << 8) | bytes[9]!
  const letters = [code >> 10, code >> 5, code].map((five) => String.fromCharCode(64 + (five & 31))).join('')
  const number = bytes[12]! + bytes[13]! * 2 ** 8 + bytes[14]! * 2 ** 16 + bytes[15]! * 2 ** 24
  const written = (tag: number): string | null => {
    for (let at = 54; at <= 108; at += 18) {
      if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 3] !== tag) continue
      const text = String.fromCharCode(...bytes.subarray(at + 5, at + 18))
      // a text ends with a line feed and is filled up with blanks
      return (
        text
          .split('\n')[0]!
          .replace(/[^\x20-\x7e]/g, '')
          .trim() || null
      )
    }
    return null
  }
  return {
    manufacturer: /^[A-Z]{3}$/.test(letters) ? letters : null,
    name: written(0xfc),
    serial: written(0xff) ?? (number === 0 || number === 0x01010101 ? null : String(number)),
  }
}

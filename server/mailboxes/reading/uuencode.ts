export interface UuFile {
  name: string
  content: Buffer
}

/** Files encoded in the text itself (`begin 644 name` … `end`, POSIX uuencode), taken out of it. */
export function uudecoded(text: string): { text: string; files: UuFile[] } {
  if (!/^begin [0-7]{3,4} \S/m.test(text)) return { text, files: [] }
  const files: UuFile[] = []
  const kept: string[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const begun = /^begin [0-7]{3,4} (\S.*?)\s*$/.exec(lines[at]!)
    const end = begun === null ? -1 : endOf(lines, at + 1)
    if (begun === null || end === -1) {
      kept.push(lines[at]!)
      continue
    }
    files.push({ name: begun[1]!, content: Buffer.concat(lines.slice(at + 1, end).map(lineBytes)) })
    at = end
  }
  return { text: kept.join('\n'), files }
}

/** The line that ends the file; -1 where what follows is no such encoding. */
function endOf(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at]!.trimEnd()
    if (line === 'end') return at
    if (line !== '' && !/^[\x20-\x60]{1,90}$/.test(line)) return -1
  }
  return -1
}

function lineBytes(line: string): Buffer {
  const codes = Array.from(Buffer.from(line.replace(/\r$/, ''), 'latin1'), (code) => (code - 32) & 63)
  const count = codes[0] ?? 0
  const bytes: number[] = []
  for (let at = 1; bytes.length < count && at < codes.length; at += 4) {
    const [a, b, c, d] = [codes[at]!, codes[at + 1] ?? 0, codes[at + 2] ?? 0, codes[at + 3] ?? 0]
    bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d)
  }
  return Buffer.from(bytes.slice(0, count))
}

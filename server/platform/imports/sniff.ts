import chardet from 'chardet'
import { ImportProblem } from './import-problem.ts'
import { jsonEncoding } from './json-rows.ts'
import { type LineEnds, RecordReader } from './record-reader.ts'
import { isArchive, unpacked } from './unpacked.ts'
import { openWorkbook, sheetNamed, type Workbook } from './workbook.ts'

export interface Sniffed {
  /** A label that TextDecoder knows. */
  encoding: string
  delimiter: string
  lineEnds: LineEnds
  /** The sheet that is read, where the file is a workbook. */
  sheet: string | null
  /** Unpacked. */
  bytes: number
}

const sampleBytes = 64 * 1024

/** What is sniffed of a workbook: it is no text in any encoding. */
export const workbookEncoding = 'xlsx'

/** The workbook a file is by its first bytes; null where it is something else. Another archive is no table. */
async function bookOf(path: string): Promise<Workbook | null> {
  if (!(await isArchive(path))) return null
  const book = await openWorkbook(path)
  if (book === null) throw new ImportProblem('imports.not-a-table')
  return book
}

/** The sheets of a workbook by name; none for a table of text. */
export const sheetsOf = async (path: string): Promise<string[]> =>
  (await bookOf(path))?.sheets.map((sheet) => sheet.name) ?? []

/**
 * Reads a file once from end to end and answers how it is written. UTF-8 is believed only if every byte of the file
 * fits; otherwise it is what the first 64 kB look most like.
 */
export async function sniff(path: string, sheet: string | null = null): Promise<Sniffed> {
  const book = await bookOf(path)
  if (book !== null)
    return { encoding: workbookEncoding, delimiter: '', lineEnds: 'LF', sheet: sheetNamed(book, sheet).name, bytes: 0 }
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let sample = Buffer.alloc(0)
  let bytes = 0
  for await (const chunk of unpacked(path)) {
    bytes += chunk.length
    if (sample.length < sampleBytes) sample = Buffer.concat([sample, chunk.subarray(0, sampleBytes)])
    try {
      if (isUtf8) utf8.decode(chunk, { stream: true })
    } catch {
      isUtf8 = false
    }
  }
  try {
    if (isUtf8) utf8.decode()
  } catch {
    isUtf8 = false
  }
  if (bytes === 0) throw new ImportProblem('imports.file-empty')
  const encoding = encodingOf(sample, isUtf8)
  const text = new TextDecoder(encoding).decode(sample, { stream: true })
  if (text.includes('\0')) throw new ImportProblem('imports.not-a-table')
  if (/^\ufeff?\s*(\{\s*"|\[\s*[{\]])/.test(text) && encoding === 'utf-8')
    return { encoding: jsonEncoding, delimiter: '', lineEnds: 'LF', sheet: null, bytes }
  const lineEnds = lineEndsOf(text)
  return { encoding, lineEnds, delimiter: delimiterOf(text, lineEnds), sheet: null, bytes }
}

/** Byte order mark first, then UTF-16 by its zeros, then UTF-8 where all of it is valid, then what it looks like. */
export function encodingOf(sample: Buffer, isUtf8: boolean): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [i, byte] of sample.subarray(0, 4096).entries()) if (byte === 0) zeros[i % 2]!++
  const half = Math.min(sample.length, 4096) / 2
  if (zeros[1]! > half * 0.6 && zeros[0]! < half * 0.1) return 'utf-16le'
  if (zeros[0]! > half * 0.6 && zeros[1]! < half * 0.1) return 'utf-16be'
  return isUtf8 ? 'utf-8' : guessed(sample)
}

/** Letters of Mac OS Roman that are controls or rare marks in windows-1252: á â ä ç é è ê ú ù û ü ö and the like. */
const macLetters = new Set([0x87, 0x88, 0x89, 0x8a, 0x8d, 0x8e, 0x8f, 0x90, 0x9a, 0x9c, 0x9d, 0x9e, 0x9f, 0xa7])
const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a

/** Whether letters beside letters are those of Mac OS Roman rather than of windows-1252. */
function isMacRoman(sample: Buffer): boolean {
  let mac = 0
  let windows = 0
  for (const [i, byte] of sample.entries()) {
    if (byte < 0x80 || !(isLetter(sample[i - 1]) || isLetter(sample[i + 1]))) continue
    if (macLetters.has(byte)) mac += 1
    else if (byte >= 0xc0) windows += 1
  }
  return mac > windows
}

/** Western texts are windows-1252 unless another encoding is clearly likelier; a short text proves nothing. */
function guessed(sample: Buffer): string {
  if (isMacRoman(sample)) return 'macintosh'
  for (const { name, confidence } of chardet.analyse(sample)) {
    if (/^(UTF|ASCII|ISO-2022)/.test(name) || confidence < 30) continue
    if (/^(ISO-8859-1|windows-1252)$/.test(name)) return 'windows-1252'
    try {
      return new TextDecoder(name).encoding
    } catch {
      // not one that can be read here
    }
  }
  return 'windows-1252'
}

/** The first line end decides; one inside a quoted cell is the same in practice. */
export function lineEndsOf(text: string): LineEnds {
  const at = text.search(/[\r\n]/)
  if (at < 0 || text[at] === '\n') return 'LF'
  return text[at + 1] === '\n' ? 'CRLF' : 'CR'
}

/** The mark that cuts the first rows into most cells, counting only rows that have as many cells as the headers. */
export function delimiterOf(text: string, lineEnds: LineEnds): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of [',', ';', '\t', '|']) {
    const reader = new RecordReader(delimiter, lineEnds)
    const records = [
      ...reader.push(text.replace(/^\ufeff/, '')),
      ...(text.length < sampleBytes ? reader.end() : []),
    ].slice(0, 30)
    const width = records[0]?.cells?.length ?? 0
    const alike = records.filter((record) => record.cells?.length === width).length / Math.max(1, records.length)
    const score = (width - 1) * alike
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

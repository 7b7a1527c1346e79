import { setImmediate } from 'node:timers/promises'
import { ImportProblem } from './import-problem.ts'
import { attributeOf, xmlTags, xmlText } from './xml-tags.ts'
import { zipParts } from './zip-parts.ts'

export interface Workbook {
  /** Sheets in their order, with the part each lies in. */
  sheets: { name: string; part: string; isHidden: boolean }[]
  /** Dates count from 1904 on. */
  from1904: boolean
  strings: string[]
  /** For each style of a cell whether its number is a date. */
  dateStyles: boolean[]
}

const stringsAtOnce = 2000
const bookPart = 'xl/workbook.xml'
const isBookPart = (name: string): boolean =>
  [bookPart, 'xl/_rels/workbook.xml.rels', 'xl/sharedStrings.xml', 'xl/styles.xml'].includes(name)

/** Reads what a workbook (XLSX) says of its sheets, texts and styles. Null where the file is none. */
export async function openWorkbook(path: string): Promise<Workbook | null> {
  const parts = await zipParts(path, isBookPart)
  const text = (name: string) => parts?.get(name)?.toString('utf8') ?? ''
  if (parts === null || !parts.has(bookPart)) return null
  const targets = new Map<string, string>()
  for (const { name, attributes } of xmlTags(text('xl/_rels/workbook.xml.rels')))
    if (name === 'Relationship') {
      const target = attributeOf(attributes, 'Target') ?? ''
      targets.set(attributeOf(attributes, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    }
  const sheets: Workbook['sheets'] = []
  let from1904 = false
  for (const { name, attributes } of xmlTags(text(bookPart))) {
    if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '')
    if (name !== 'sheet') continue
    const part = targets.get(/(?:^|\s)\w+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '')
    const isHidden = /hidden/i.test(attributeOf(attributes, 'state') ?? '')
    if (part !== undefined) sheets.push({ name: attributeOf(attributes, 'name') ?? '', part, isHidden })
  }
  return {
    sheets,
    from1904,
    strings: await stringsIn(text('xl/sharedStrings.xml')),
    dateStyles: dateStylesIn(text('xl/styles.xml')),
  }
}

/** The sheet of that name, or the first that is shown. */
export function sheetNamed(book: Workbook, name: string | null): Workbook['sheets'][number] {
  const found =
    name === null
      ? (book.sheets.find((sheet) => !sheet.isHidden) ?? book.sheets[0])
      : book.sheets.find((sheet) => sheet.name.toLowerCase() === name.trim().toLowerCase())
  if (found !== undefined) return found
  if (name === null) throw new ImportProblem('imports.workbook-broken')
  throw new ImportProblem('imports.sheet-missing', {
    sheet: name,
    sheets: book.sheets
      .map((sheet) => sheet.name)
      .join(', ')
      .slice(0, 500),
  })
}

/** The texts that cells share, without what is written above them to say how they are pronounced. Others are answered in between. */
async function stringsIn(xml: string): Promise<string[]> {
  const strings: string[] = []
  let now = ''
  let isPronounced = false
  for (const { name, isEnd, isEmpty, before } of xmlTags(xml)) {
    if (name === 'si' && !isEnd) now = ''
    if (name === 'rPh') isPronounced = !isEnd && !isEmpty
    if (name === 't' && isEnd && !isPronounced) now += xmlText(before)
    if (name !== 'si' || !(isEnd || isEmpty)) continue
    if (strings.push(now) % stringsAtOnce === 0) await setImmediate()
  }
  return strings
}

/** Formats of dates that every workbook has (ECMA-376, 18.8.30), those of East Asia among them. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

const isDateFormat = (code: string): boolean =>
  /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_./gi, '').replace(/general/gi, ''))

function dateStylesIn(xml: string): boolean[] {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let isCellStyles = false
  for (const { name, attributes, isEnd } of xmlTags(xml)) {
    if (name === 'numFmt')
      own.set(Number(attributeOf(attributes, 'numFmtId')), isDateFormat(attributeOf(attributes, 'formatCode') ?? ''))
    if (name === 'cellXfs') isCellStyles = !isEnd
    if (name !== 'xf' || isEnd || !isCellStyles) continue
    const id = Number(attributeOf(attributes, 'numFmtId') ?? 0)
    styles.push(own.get(id) ?? isBuiltInDate(id))
  }
  return styles
}

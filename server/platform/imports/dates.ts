/** In which order numbers of a date stand: day, month, year; month, day, year; year, month, day. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

const months = [
  ['jan', 'januar', 'january'],
  ['feb', 'februar', 'february'],
  ['mar', 'mär', 'mrz', 'maerz', 'märz', 'march'],
  ['apr', 'april'],
  ['may', 'mai'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'okt', 'oktober', 'october'],
  ['nov', 'november'],
  ['dec', 'dez', 'dezember', 'december'],
]

interface Parts {
  /** The numbers in the order in which they stand. */
  numbers: [number, number, number]
  /** What alone the text can mean; null where the file must say. */
  only: DateOrder | null
}

/** The time of day behind a date, and what zone it may have. */
const time = String.raw`(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?`
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${time}$`, 'iu')
const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{6}(?:\.\d+)?Z)?$/
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/. ])\s?(\d{1,2})\2\s?(\d{4}|\d{2})${time}$`, 'iu')
const dayWord = new RegExp(String.raw`^(\d{1,2})[-. ]+(\p{L}+)[-., ]+(\d{4}|\d{2})${time}$`, 'iu')
const wordDay = new RegExp(String.raw`^(\p{L}+)\.? (\d{1,2}),? (\d{4})${time}$`, 'iu')

/** Two digits of a year: 70 to 99 are of the last century. */
const wholeYear = (digits: string): number =>
  digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) >= 70 ? 1900 : 2000)

const monthNamed = (word: string): number => months.findIndex((names) => names.includes(word.toLowerCase())) + 1

function partsOf(text: string): Parts | null {
  const first = yearFirst.exec(text) ?? compact.exec(text)
  if (first !== null) return { numbers: [Number(first[1]), Number(first[2]), Number(first[3])], only: 'ymd' }
  const last = yearLast.exec(text)
  if (last !== null)
    return {
      numbers: [Number(last[1]), Number(last[3]), wholeYear(last[4]!)],
      // nobody writes the month first with dots
      only: last[2] === '.' ? 'dmy' : null,
    }
  const named = dayWord.exec(text)
  if (named !== null) return { numbers: [Number(named[1]), monthNamed(named[2]!), wholeYear(named[3]!)], only: 'dmy' }
  const word = wordDay.exec(text)
  if (word !== null) return { numbers: [Number(word[2]), monthNamed(word[1]!), wholeYear(word[3]!)], only: 'dmy' }
  return null
}

function isoOf(year: number, month: number, day: number): string | null {
  if (year < 1000 || year > 9899 || month < 1 || month > 12 || day < 1 || day > 31) return null
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}

const inOrder = ([a, b, c]: Parts['numbers'], order: DateOrder): string | null =>
  order === 'ymd' ? isoOf(a, b, c) : order === 'mdy' ? isoOf(c, a, b) : isoOf(c, b, a)

/** A date of a file as `yyyy-mm-dd`, whatever stands behind it of a time left out; null where it is none. */
export function readDate(text: string, order: DateOrder): string | null {
  const parts = partsOf(text.trim())
  if (parts === null) return null
  // a file said to write the year first can still hold a date that does not
  const said = parts.only ?? (order === 'ymd' ? 'dmy' : order)
  return inOrder(parts.numbers, said)
}

/** What a date says of the order of its file: that day or month come first, that both are possible, or nothing. */
export function evidenceOf(text: string): 'dmy' | 'mdy' | 'either' | null {
  const parts = partsOf(text.trim())
  if (parts === null || parts.only !== null) return null
  const dayFirst = inOrder(parts.numbers, 'dmy')
  const monthFirst = inOrder(parts.numbers, 'mdy')
  if (dayFirst === null) return monthFirst === null ? null : 'mdy'
  if (monthFirst === null) return 'dmy'
  return dayFirst === monthFirst ? null : 'either'
}

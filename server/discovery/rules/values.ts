import { cut } from '../../platform/rules/storable-text.ts'

/** Values of a report, whatever dialect: texts that may be missing, numbers with units behind them, days in many spellings. */
export type Tree = Record<string, unknown>

export const isTree = (value: unknown): value is Tree =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The entries of a section that may hold one, many or none. What is no entry is left out. */
export const entriesOf = (value: unknown): Tree[] => (Array.isArray(value) ? value : [value]).filter(isTree)

export const treeOf = (value: unknown): Tree => entriesOf(value)[0] ?? {}

const longest = 1000
/** What stands in an index: its keys hold 2,704 bytes, a sign takes up to three. */
export const mostOfKey = 300

/** What stands in a report as text, number or yes and no, as text; of several the first. Null for all else. */
function plainOf(value: unknown): string | null {
  const given: unknown = Array.isArray(value) ? value[0] : value
  return typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? String(given) : null
}

/** One line without control characters, cut at 1,000 characters; null where there is none. */
export function textOf(...values: unknown[]): string | null {
  for (const value of values) {
    const text = tidy(plainOf(value) ?? '')
    if (text !== '') return text
  }
  return null
}

// oxlint-disable-next-line no-control-regex -- what a database and a line of a list cannot hold
const control = /[\u0000-\u001f\u007f]+/g
const tidy = (text: string): string => {
  const plain = control.test(text) ? text.replace(control, ' ') : text
  control.lastIndex = 0
  return cut(plain.trim(), longest)
}

export const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? [])

/** The number at the beginning: `1000 Mbps` is 1000. Null where there is none, or one that says "unknown" by being negative. */
export function numberOf(...values: unknown[]): number | null {
  for (const value of values) {
    const found = typeof value === 'number' ? value : Number(/^\s*\d+(?:\.\d+)?/.exec(plainOf(value) ?? '')?.[0] ?? NaN)
    if (Number.isFinite(found) && found >= 0 && found < 1e15) return found
  }
  return null
}

export const wholeOf = (...values: unknown[]): number | null => {
  const found = numberOf(...values)
  return found === null ? null : Math.round(found)
}

export function yesOf(value: unknown): boolean | null {
  const text = plainOf(value)?.toLowerCase() ?? ''
  if (['1', 'true', 'yes', 'on', 'enabled'].includes(text)) return true
  return ['0', 'false', 'no', 'off', 'disabled'].includes(text) ? false : null
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A day in any spelling agents use. `dayFirst` reads `03/04/2024`, where the parts themselves do not say it. Null where it is no day. */
export function dayOf(value: unknown, dayFirst: boolean): string | null {
  const text = textOf(value)
  if (text === null) return null
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})(?!\d)/.exec(text)
  if (iso !== null) return dayFrom(iso[1]!, iso[2]!, iso[3]!)
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/.exec(text)
  if (slashed !== null) {
    const [, first = '', second = '', year = ''] = slashed
    const isDayFirst = Number(first) > 12 || (dayFirst && Number(second) <= 12)
    return isDayFirst ? dayFrom(year, second, first) : dayFrom(year, first, second)
  }
  const spelt = /^(?:\w{3}\s+)?(\w{3})\s+(\d{1,2})\s.*\b(\d{4})$/.exec(text)
  const month = months.indexOf(spelt?.[1]?.toLowerCase() ?? '') + 1
  return spelt === null || month === 0 ? null : dayFrom(spelt[3]!, String(month), spelt[2]!)
}

function dayFrom(year: string, month: string, day: string): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  // firmware that knows no day says 1970 or 1900
  if (y < 1980 || y > 2100 || m < 1 || m > 12 || d < 1 || d > new Date(Date.UTC(y, m, 0)).getUTCDate()) return null
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A MAC address as `aa:bb:cc:dd:ee:ff`; null where the text is none. */
export function macOf(value: unknown): string | null {
  const hex =
    textOf(value)
      ?.replace(/[^\da-z]/gi, '')
      .toLowerCase() ?? ''
  return /^[\da-f]{12}$/.test(hex) ? hex.match(/../g)!.join(':') : null
}

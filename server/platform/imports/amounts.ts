export interface Amount {
  /** In the smallest unit of the currency. */
  minor: number
  currency: string
}

const signs = new Map(
  Object.entries({
    '€': 'EUR',
    '£': 'GBP',
    '¥': 'JPY',
    '₹': 'INR',
    zł: 'PLN',
    Kč: 'CZK',
    '₩': 'KRW',
  }),
)
/** Currencies whose sign is `$`. */
const dollars = new Set(['USD', 'AUD', 'CAD', 'NZD', 'SGD', 'HKD', 'MXN'])

/** Digits behind the decimal sign of a currency (ISO 4217); null where there is no such currency. */
export function fractionOf(currency: string): number | null {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return null
  }
}

/** The number as text with a point: `1.234,50`, `1,234.50` and `1'234.5` are one. Null where it is none. */
function plainNumber(text: string): string | null {
  const digits = text.replace(/[\s'’\u00a0\u202f]/g, '')
  if (!/^\d[\d.,]*$/.test(digits)) return null
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (last < 0) return digits
  const mark = digits[last]!
  const behind = digits.length - last - 1
  const isThousands =
    behind === 3 &&
    digits
      .split(mark)
      .slice(1)
      .every((group) => group.length === 3)
  const other = mark === '.' ? ',' : '.'
  if (isThousands && !digits.includes(other)) return digits.replaceAll(mark, '')
  if (digits.indexOf(mark) !== last) return null
  return `${digits.slice(0, last).replaceAll(other, '')}.${digits.slice(last + 1)}`
}

/**
 * A sum of money as a file writes it, with a sign or code before or behind. `currency` is that of amounts without one. `no-amount`: it
 * is none, or below zero; `no-currency`: nothing says in what.
 */
export function readAmount(text: string, currency: string | null): Amount | 'no-amount' | 'no-currency' {
  const found = /^([^\d\s.,-]*)\s*([\d][\d.,'’\s\u00a0\u202f]*?)\s*([^\d\s.,-]*)$/u.exec(text.trim())
  const number = found === null ? null : plainNumber(found[2]!)
  if (found === null || number === null) return 'no-amount'
  const mark = found[1] === '' ? found[3]! : found[1]!
  if (found[1] !== '' && found[3] !== '') return 'no-amount'
  const said =
    mark === ''
      ? currency
      : mark === '$'
        ? currency !== null && dollars.has(currency)
          ? currency
          : 'USD'
        : (signs.get(mark) ?? (/^[A-Za-z]{3}$/.test(mark) ? mark.toUpperCase() : 'none'))
  if (said === null) return 'no-currency'
  const fraction = said === 'none' ? null : fractionOf(said)
  if (fraction === null) return 'no-amount'
  const [whole = '0', rest = ''] = number.split('.')
  // half a cent is rounded, as on a bill
  const minor = Math.round(Number(`${whole}.${rest || '0'}`) * 10 ** fraction)
  return Number.isSafeInteger(minor) && minor <= 1e14 ? { minor, currency: said } : 'no-amount'
}

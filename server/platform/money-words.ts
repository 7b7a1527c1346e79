import type { Money } from '../../contract/money.ts'
import { fractionOf } from './imports/amounts.ts'

/** An amount as a person reads it in a sentence, such as `€1,234.50`. English, as the catalogue is. A code that is no currency stands beside the number. */
export const moneyText = ({ minor, currency }: Money): string => {
  const digits = fractionOf(currency)
  return digits === null
    ? `${(minor / 100).toFixed(2)} ${currency}`
    : new Intl.NumberFormat('en', { style: 'currency', currency }).format(minor / 10 ** digits)
}

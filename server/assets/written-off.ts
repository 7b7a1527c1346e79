import type { Asset } from '../../contract/assets.ts'
import type { StoredAsset } from './assets-store.ts'
import { bookValue, depreciationSchedule, type DepreciationTerms } from './rules/depreciation.ts'

/** The terms on which an asset is written off; null where cost, day in service or class are not known. */
export const termsOf = (a: StoredAsset): DepreciationTerms | null =>
  a.cost_minor === null || a.in_service_on === null || a.depreciation_months === null
    ? null
    : {
        costMinor: a.cost_minor,
        salvageBasisPoints: Math.round(Number(a.depreciation_salvage) * 100),
        months: a.depreciation_months,
        inServiceOn: a.in_service_on,
        leased: a.lease_until !== null,
      }

/** What an asset is worth in the books on a date; null where that cannot be said, or it is not ours. */
export function writtenOff(a: StoredAsset, on: string): Asset['depreciation'] {
  const terms = termsOf(a)
  const book = terms === null ? null : bookValue(terms, on)
  if (terms === null || book === null) return null
  const schedule = depreciationSchedule(terms)
  return {
    class: a.depreciation_name!,
    book: { minor: book, currency: a.currency! },
    monthly: { minor: schedule[0]!.amountMinor, currency: a.currency! },
    endsOn: schedule.at(-1)!.endsOn,
  }
}

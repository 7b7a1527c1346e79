/** What says when an asset should be replaced. Dates without a zone (`yyyy-mm-dd`), lengths in months. */
export interface LifeTerms {
  readonly own: string | null
  readonly modelEnd: string | null
  readonly modelMonths: number | null
  readonly categoryMonths: number | null
  readonly inServiceOn: string | null
  readonly purchasedOn: string | null
}
export interface EndOfLife {
  readonly on: string
  readonly from: 'asset' | 'model' | 'model_life' | 'category_life'
}

/**
 * The end of an asset's life: its own date if it has one; else the earlier of the date that the manufacturer published and the length of use of
 * model or category, counted from the day in service, or of purchase. A month that is too short ends on its last day. Null where nothing says so.
 */
export function endOfLife(terms: LifeTerms): EndOfLife | null {
  if (terms.own !== null) return { on: terms.own, from: 'asset' }
  const start = terms.inServiceOn ?? terms.purchasedOn
  const months = terms.modelMonths ?? terms.categoryMonths
  const used: EndOfLife | null =
    start === null || months === null
      ? null
      : {
          on: Temporal.PlainDate.from(start).add({ months }).toString(),
          from: terms.modelMonths === null ? 'category_life' : 'model_life',
        }
  const published: EndOfLife | null = terms.modelEnd === null ? null : { on: terms.modelEnd, from: 'model' }
  if (used === null || published === null) return used ?? published
  return published.on <= used.on ? published : used
}

import { checkedValue, fieldsFor, type StoredField } from '../../fields/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Refusal } from '../../platform/errors.ts'
import type { Cells } from '../../platform/imports/cells.ts'
import { readYesNo } from '../../platform/imports/cell-words.ts'
import { readDate } from '../../platform/imports/dates.ts'
import type { CellSaid, SaidBefore } from '../../platform/imports/imported-values.ts'
import type { ImportSettings } from '../../platform/imports/source.ts'
import type { StoredAsset } from '../assets-store.ts'
import { becomesOf } from '../../platform/imports/imported-values.ts'
import type { Known } from './known.ts'
import { cut } from '../../platform/rules/storable-text.ts'

/** The text of a cell as the kind of field wants it. */
function textFor(field: StoredField, text: string, known: Known, settings: ImportSettings): string {
  if (field.type === 'boolean') return String(readYesNo(text) ?? text)
  if (field.type === 'date') return readDate(text, settings.dateOrder) ?? text
  if (field.type === 'person') return known.person(text).id ?? text
  return text
}

export interface CustomSaid {
  /** Values to write, by key. */
  values: Record<string, string | number | boolean>
  said: Record<string, CellSaid>
  /** Why a new asset cannot be without what the row lacks. */
  refusal: Refusal | null
}

/** Unique values that a row claims, before anything is decided. */
export const claimsOf = (cells: Cells, fields: readonly StoredField[]): { field: string; value: string }[] =>
  fields
    .filter((f) => f.is_unique && cells.text(`field:${f.key}`) !== '')
    .flatMap((f) => {
      const { claim } = checkedValue(f, cells.text(`field:${f.key}`))
      return claim === null ? [] : [{ field: f.id, value: claim }]
    })

/** What a row says of custom fields, held against the one rule of fields. What does not fit is left out and said. */
export function readCustom(
  cells: Cells,
  {
    fields,
    category,
    asset,
    claimed,
    id,
  }: {
    fields: readonly StoredField[]
    category: string
    asset: StoredAsset | null
    /** Who has which unique value, of the register and of earlier rows. */
    claimed: Map<string, string>
    id: string
  },
  known: Known,
  before: SaidBefore,
  settings: ImportSettings,
): CustomSaid {
  const result: CustomSaid = { values: {}, said: {}, refusal: null }
  const own = new Set(fieldsFor(fields, category).map((f) => f.key))
  for (const f of fields) {
    const column = `field:${f.key}`
    const text = cells.text(column)
    if (text === '' && asset === null && own.has(f.key)) result.refusal ??= checkedValue(f, null).refusal
    if (text === '') continue
    if (!own.has(f.key)) {
      cells.warn('field-wrong', { reason: sentence('fields.unknown', { key: f.label }) })
      continue
    }
    const { value, refusal, claim } = checkedValue(f, textFor(f, text, known, settings))
    if (refusal !== null || value === null) {
      if (refusal !== null) cells.warn('field-wrong', { reason: sentence(refusal.code, refusal.params ?? {}) })
      if (asset === null && f.required) result.refusal ??= refusal
      continue
    }
    const holder = claim === null ? undefined : claimed.get(`${f.id} ${claim}`)
    if (holder !== undefined && holder !== id) {
      cells.warn('field-taken', { column, value: cut(text, 100) })
      if (asset === null && f.required) result.refusal ??= { code: 'fields.taken', params: { label: f.label } }
      continue
    }
    if (claim !== null) claimed.set(`${f.id} ${claim}`, id)
    if (f.encrypted) {
      // what is encrypted is neither compared nor remembered: it is written where there is none
      if (asset === null || !(f.key in asset.sealed)) result.values[f.key] = value
      continue
    }
    const one = { text: cut(text, 500), value: String(value) }
    const current = asset?.custom[f.key]
    const becomes = becomesOf(one, current === undefined ? '' : String(current), before[column])
    result.said[column] = one
    if (becomes === 'kept') cells.warn('kept', { column, value: cut(text, 100) })
    if (becomes === 'write') result.values[f.key] = value
  }
  return result
}

import type { AssetState, HolderKind } from '../../../contract/assets.ts'
import { assetTag } from '../../../contract/assets.ts'
import { readAmount } from '../../platform/imports/amounts.ts'
import { oneLine } from '../../platform/imports/cell-words.ts'
import type { Cells } from '../../platform/imports/cells.ts'
import { readDate } from '../../platform/imports/dates.ts'
import type { CellSaid, SaidBefore } from '../../platform/imports/imported-values.ts'
import type { ImportSettings } from '../../platform/imports/source.ts'
import type { Known } from './known.ts'
import { stateMeant } from './rules/status-words.ts'
import { serialKey } from '../rules/serial.ts'
import { cut } from '../../platform/rules/storable-text.ts'

/** Columns that a row can say and that are written as they are. */
export const plainColumns = [
  'tag',
  'serial',
  'name',
  'location_id',
  'vendor_id',
  'order_number',
  'purchased_on',
  'received_on',
  'in_service_on',
  'warranty_until',
  'end_of_life_on',
  'next_audit_on',
  'note',
] as const
export type PlainColumn = (typeof plainColumns)[number]

const longestSerial = 120
/** A serial number of a file as it is compared: what the register keeps of it. */
export const serialKeyIn = (text: string): string | null => serialKey(oneLine(text, longestSerial).line)

/** What a row says of an asset. A cell that is empty says nothing. */
export interface AssetSaid {
  columns: Partial<Record<PlainColumn | 'cost' | 'model_id' | 'category_id', CellSaid>>
  status: { text: string; meant: AssetState | null } | null
  /** Who has it; null: the row does not say. `kind` null: it says nobody. */
  holder: { text: string; kind: HolderKind | null; id: string } | null
}

/** Reads what a row says, with the records it names found or made. `before`: what it said the last time. */
export function readAsset(cells: Cells, known: Known, before: SaidBefore, settings: ImportSettings): AssetSaid {
  const said: AssetSaid = { columns: {}, status: null, holder: null }
  const say = (column: keyof AssetSaid['columns'], text: string, value: string | null = text) => {
    if (text !== '' && value !== null) said.columns[column] = { text, value }
  }
  /** A record that is named: the one of the last time, where it was named so. */
  const refer = (column: 'location_id' | 'vendor_id', text: string, find: () => string | null) => {
    if (text === '') return
    const last = before[column]
    say(column, text, last?.text === text && known.isThere(column, last.value) ? last.value : find())
  }
  cells.checkNumbers(['tag', 'serial', 'modelNumber', 'orderNumber', 'model', 'holderNumber'])
  const tag = cells.text('tag')
  if (tag !== '' && !assetTag.safeParse(tag).success) cells.warn('tag-changed', { value: cut(tag, 60) })
  else say('tag', tag)
  const serial = cells.line('serial', longestSerial)
  if (serial !== '' && serialKey(serial) === null) cells.warn('serial-junk', { value: serial })
  say('serial', serial)
  say('name', cells.line('name', 120))
  say('order_number', cells.line('orderNumber', 60))
  say('note', cells.lines('note', 10_000).trim())
  for (const [field, column] of dates) say(column, dateIn(cells, field, settings) ?? '')
  readWarranty(cells, said, settings)
  readCost(cells, said, settings)
  refer('location_id', cells.line('location', 300), () => known.location(cells, 'location'))
  refer('vendor_id', cells.line('supplier', 120), () => known.vendor(cells.line('supplier', 120)))
  readKind(cells, said, known, before)
  const status = cells.line('status', 60)
  if (status !== '') said.status = { text: status, meant: stateMeant(status, settings.mapping) }
  said.holder = readHolder(cells, known, before['holder'])
  return said
}

const dates = [
  ['purchasedOn', 'purchased_on'],
  ['receivedOn', 'received_on'],
  ['inServiceOn', 'in_service_on'],
  ['endOfLifeOn', 'end_of_life_on'],
  ['nextAuditOn', 'next_audit_on'],
] as const

function dateIn(cells: Cells, field: string, settings: ImportSettings): string | null {
  const text = cells.text(field)
  // what products write for no date
  if (text === '' || /^(0000-00-00|-|n\/?a|none)/i.test(text)) return null
  const on = readDate(text, settings.dateOrder)
  if (on === null) cells.warn('bad-date', { column: field, value: cut(text, 60) })
  return on
}

/** A date, or a number of months from the purchase on. */
function readWarranty(cells: Cells, said: AssetSaid, settings: ImportSettings): void {
  const text = cells.text('warranty')
  const months = /^(\d{1,3})\s*(?:months?|mos?\.?|monate?)?$/i.exec(text)?.[1]
  if (months === undefined) {
    const on = dateIn(cells, 'warranty', settings)
    if (on !== null) said.columns.warranty_until = { text: on, value: on }
    return
  }
  if (Number(months) === 0) return
  const from = said.columns.purchased_on?.value
  if (from === undefined) return cells.warn('warranty-from', { value: text })
  const until = Temporal.PlainDate.from(from)
    .add({ months: Number(months) })
    .toString()
  if (until >= '9900') return cells.warn('bad-number', { column: 'warranty', value: text, least: 1, most: 600 })
  said.columns.warranty_until = { text: `${from} + ${Number(months)}`, value: until }
}

function readCost(cells: Cells, said: AssetSaid, settings: ImportSettings): void {
  const text = cells.text('cost')
  if (text === '') return
  const currency = cells.text('currency').toUpperCase()
  const amount = readAmount(text, /^[A-Z]{3}$/.test(currency) ? currency : settings.currency)
  if (amount === 'no-amount') cells.warn('bad-amount', { column: 'cost', value: cut(text, 60) })
  else if (amount === 'no-currency') cells.warn('no-currency', { column: 'cost', value: cut(text, 60) })
  else {
    const value = `${amount.minor} ${amount.currency}`
    said.columns.cost = { text: value, value }
  }
}

/** Model and category: the model found by name, number and maker, or made in the category of the row. */
function readKind(cells: Cells, said: AssetSaid, known: Known, before: SaidBefore): void {
  const category = cells.line('category', 120)
  const words = {
    name: cells.line('model', 120),
    number: cells.line('modelNumber', 120),
    maker: cells.line('manufacturer', 120),
  }
  if (words.name === '' && words.number === '') {
    const last = before['category_id']
    const remembered = last?.text === category ? known.kinds.categoryById(last.value) : undefined
    if (category !== '')
      said.columns.category_id = { text: category, value: (remembered ?? known.kinds.category(category)).id }
    return
  }
  const text = [words.maker, words.name, words.number].join('|')
  const last = before['model_id']
  const model =
    (last?.text === text ? known.kinds.modelById(last.value) : undefined) ??
    known.kinds.findModel(words) ??
    known.kinds.makeModel({
      name: words.name || words.number,
      number: words.number === '' || words.name === '' ? null : words.number,
      manufacturer_id: known.kinds.maker(words.maker),
      category_id: known.kinds.category(category).id,
      life_months: null,
      end_of_life_on: null,
      note: '',
    })
  said.columns.model_id = { text, value: model.id }
  const own = known.kinds.categoryById(model.category_id)!
  if (category !== '' && own.name.toLowerCase() !== category.toLowerCase())
    cells.warn('category-of-model', { model: model.name, category: own.name, value: category })
}

/** Who has it, by whatever the row calls the holder. */
function readHolder(cells: Cells, known: Known, before: CellSaid | undefined): AssetSaid['holder'] {
  const type = cells.text('checkoutType').toLowerCase()
  const place = cells.line('holderLocation', 300)
  const words = [
    ['holderEmail', cells.line('holderEmail', 254)],
    ['holderUsername', cells.line('holderUsername', 120)],
    ['holderNumber', cells.line('holderNumber', 40)],
    ['holder', cells.line('holder', 200)],
    ['holderName', cells.line('holderName', 120)],
    ['holderName', `${cells.line('holderFirstName', 60)} ${cells.line('holderLastName', 60)}`.trim()],
  ].filter(([, word]) => word !== '') as [string, string][]
  if (type === 'location' || (words.length === 0 && place !== '')) {
    if (place === '') return (cells.warn('holder-nameless'), null)
    const text = `location:${place}`
    const last = before?.text === text ? before.value.replace(/^location:/, '') : ''
    const id = known.isThere('location_id', last) ? last : known.location(cells, 'holderLocation')
    return id === null ? null : { text, kind: 'location', id }
  }
  if (words.length === 0) {
    if (type === 'user' || type === 'asset') return (cells.warn('holder-nameless'), null)
    return cells.has('holderUsername', 'holderEmail', 'holder', 'holderName', 'holderNumber')
      ? { text: '', kind: null, id: '' }
      : null
  }
  const text = words.map(([, word]) => word).join('|')
  for (const [, word] of words) {
    const { id } = known.person(word)
    if (id !== null) return { text, kind: 'person', id }
  }
  const [column, value] = words[0]!
  const isSeveral = words.some(([, word]) => known.person(word).several)
  cells.warn(isSeveral ? 'person-several' : 'person-unknown', { column, value })
  return null
}

/** The words that may mean somebody in a row. */
export const holderWords = (cells: Readonly<Record<string, string>>): string[] => [
  ...['holderEmail', 'holderUsername', 'holderNumber', 'holder', 'holderName'].map((field) => cells[field] ?? ''),
  `${cells['holderFirstName'] ?? ''} ${cells['holderLastName'] ?? ''}`.trim(),
]

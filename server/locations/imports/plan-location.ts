import type { Cells } from '../../platform/imports/cells.ts'
import { readYesNo } from '../../platform/imports/cell-words.ts'
import { becomesOf, type CellSaid, type SaidBefore } from '../../platform/imports/imported-values.ts'
import type { Refusal } from '../../platform/errors.ts'
import { type LocationTree, namesIn } from '../location-tree.ts'
import type { LocationKind } from '../rules/why-not-place.ts'
import type { LocationColumns, StoredLocation } from '../store.ts'
import { cut } from '../../platform/rules/storable-text.ts'

const kinds = new Map<string, LocationKind>(
  Object.entries({
    site: 'site',
    standort: 'site',
    campus: 'site',
    building: 'building',
    gebäude: 'building',
    haus: 'building',
    floor: 'floor',
    level: 'floor',
    stockwerk: 'floor',
    etage: 'floor',
    room: 'room',
    raum: 'room',
    büro: 'room',
    office: 'room',
    stock_room: 'stock_room',
    'stock room': 'stock_room',
    storage: 'stock_room',
    lager: 'stock_room',
  }),
)

/** Whom a word means: nobody, one, or several of that name. */
export type Named = (word: string) => { id: string | null; several: boolean }

/** Where a row says its place is: the names down to it; the last is its own. */
export function namesOf(cells: Cells): string[] {
  const own = cells.line('name', 120)
  const path = namesIn(cells.text('path')).map((name) => cut(name, 120))
  const parent = namesIn(cells.text('parent')).map((name) => cut(name, 120))
  if (path.length > 0) return own === '' || path.at(-1)!.toLowerCase() === own.toLowerCase() ? path : [...path, own]
  return own === '' ? [] : [...parent, own]
}

/** The place a row is about: at its path; else one of that name that has no place of its own yet. `several`: nobody can know. */
export function placeOf(
  tree: LocationTree,
  names: readonly string[],
  known: string | undefined,
): StoredLocation | 'several' | null {
  const before = known === undefined ? undefined : tree.byId(known)
  if (before !== undefined) return before
  let parent: StoredLocation | null = null
  if (names.length > 1) {
    const found = names.length === 2 ? tree.find(names[0]!) : walk(tree, names.slice(0, -1))
    if (found === 'several') return 'several'
    parent = found
    const there = parent === null ? undefined : tree.inside(parent.id, names.at(-1)!)
    if (there !== undefined) return there
    // named as the parent of another before, or at the top in an earlier file
    return tree.inside(null, names.at(-1)!) ?? null
  }
  return tree.find(names[0]!)
}

function walk(tree: LocationTree, names: readonly string[]): StoredLocation | null {
  let at: StoredLocation | undefined
  for (const name of names) {
    at = tree.inside(at?.id ?? null, name)
    if (at === undefined) return null
  }
  return at ?? null
}

/** What the cells of a row say, by column of the register; what a cell does not say is not there. */
export function saidOf(cells: Cells, named: Named, parent: { id: string | null; text: string } | null) {
  const said: Partial<Record<keyof LocationColumns, CellSaid>> = {}
  const say = (column: keyof LocationColumns, text: string, value = text) => {
    if (text !== '') said[column] = { text, value }
  }
  if (parent !== null) say('parent_id', parent.text, parent.id ?? '')
  const kind = cells.text('kind').toLowerCase()
  if (kind !== '' && !kinds.has(kind)) cells.warn('kind-unknown', { value: cut(kind, 60) })
  else if (kind !== '') say('kind', kind, kinds.get(kind))
  say('street', [cells.line('street', 120), cells.line('street2', 78)].filter((line) => line !== '').join(', '))
  say('postal_code', cells.line('postalCode', 20))
  say('city', cells.line('city', 120))
  say('region', cells.line('region', 120))
  const country = cells.line('country', 60)
  const code = country === '' ? '' : countryCode(country)
  if (code === null) cells.warn('country-unknown', { value: country })
  else say('country', code)
  for (const field of ['managerUsername', 'manager'] as const) {
    const word = cells.line(field, 200)
    if (word === '' || said.contact_id !== undefined) continue
    const who = named(word)
    if (who.id !== null) say('contact_id', word, who.id)
    else if (field === 'manager' || cells.text('manager') === '')
      cells.warn(who.several ? 'person-several' : 'person-unknown', { column: field, value: word })
  }
  say('note', cells.lines('note', 2000).trim())
  const active = cells.text('active')
  const isActive = active === '' ? null : readYesNo(active)
  if (active !== '' && isActive === null) cells.warn('no-yes-or-no', { column: 'active', value: cut(active, 60) })
  else if (isActive !== null) say('active', String(isActive))
  return said
}

const regions = new Intl.DisplayNames(['en'], { type: 'region' })
const regionsInGerman = new Intl.DisplayNames(['de'], { type: 'region' })
let codes: Map<string, string> | null = null

/** The code of a country (ISO 3166-1) by code or name; null where there is none. */
function countryCode(text: string): string | null {
  if (/^[A-Za-z]{2}$/.test(text)) return text.toUpperCase()
  if (codes === null) {
    codes = new Map()
    for (let a = 65; a <= 90; a++)
      for (let b = 65; b <= 90; b++) {
        const code = String.fromCharCode(a, b)
        for (const names of [regions, regionsInGerman]) {
          const name = names.of(code)
          if (name !== undefined && name !== code && !codes.has(name.toLowerCase())) codes.set(name.toLowerCase(), code)
        }
      }
  }
  return codes.get(text.toLowerCase()) ?? null
}

/** Writes into the tree what the row says and nobody has changed since; answers whether anything changed, or why it cannot. */
export function applySaid(
  tree: LocationTree,
  place: StoredLocation,
  said: Partial<Record<keyof LocationColumns, CellSaid>>,
  before: SaidBefore,
  cells: Cells,
): { refusal: Refusal | null; changed: boolean } {
  const columns: Record<string, unknown> = {}
  for (const [column, one] of Object.entries(said) as [keyof LocationColumns, CellSaid][]) {
    const stands = place[column]
    const current = stands === null ? '' : String(stands)
    const becomes = becomesOf(one, current, before[column])
    if (becomes === 'kept') cells.kept(column, one.text, { contact_id: 'manager' })
    if (becomes === 'write')
      columns[column] =
        column === 'active' ? one.value === 'true' : column === 'parent_id' ? one.value || null : one.value
  }
  if (Object.keys(columns).length === 0) return { refusal: null, changed: false }
  return { refusal: tree.change(place.id, columns), changed: true }
}

import type { Sent } from '../../contract/action.ts'
import type { SavedView } from '../../contract/saved-views.ts'
import type { tickets } from '../../contract/tickets.ts'
import type { AddressFields } from '../platform/address.ts'
import { type Key, t } from '../platform/i18n.ts'

export type TicketFilter = Sent<typeof tickets.list>
export interface View {
  id: string
  /** Of those that are always there a sentence, of a saved one its name. */
  title: Key | { name: string }
  filter: TicketFilter
  sort: NonNullable<TicketFilter['sort']>
  saved?: SavedView
}

export const titleOf = ({ title }: View): string => (typeof title === 'string' ? t(title) : title.name)

/** Views that are always there, for those who work tickets. */
export const workViews: readonly View[] = [
  { id: 'mine', title: 'queue.view.mine', filter: { open: true, assignee: 'me' }, sort: 'due' },
  { id: 'unowned', title: 'queue.view.unowned', filter: { open: true, assignee: 'none' }, sort: 'due' },
  { id: 'late', title: 'queue.view.late', filter: { open: true, late: true }, sort: 'due' },
  {
    id: 'waiting',
    title: 'queue.view.waiting',
    filter: { state: 'waiting_requester,waiting_vendor,waiting_change' },
    sort: 'updated',
  },
  { id: 'open', title: 'queue.view.open', filter: { open: true }, sort: 'due' },
  { id: 'watching', title: 'queue.view.watching', filter: { watching: true }, sort: '-updated' },
  { id: 'all', title: 'queue.view.all', filter: {}, sort: '-created' },
]
/** For those who ask: their own. */
export const askViews: readonly View[] = [
  { id: 'asked', title: 'queue.view.asked', filter: { open: true, requester: 'me' }, sort: '-updated' },
  { id: 'watching', title: 'queue.view.watching', filter: { watching: true }, sort: '-updated' },
  { id: 'all', title: 'queue.view.everything', filter: {}, sort: '-updated' },
]

/** A saved view as a tab; what its filter says was checked by the server against what the list can be asked. */
export const tabOf = (saved: SavedView): View => {
  const { sort = '-created', ...filter } = saved.filter
  return {
    id: saved.id,
    title: { name: saved.name },
    filter,
    sort: sort as View['sort'],
    saved,
  }
}

/** Tabs in the order the reader gave them; those that came since stand at the end. */
export function arranged(views: readonly View[], tabs: readonly string[]): View[] {
  const placeOf = (view: View): number => {
    const at = tabs.indexOf(view.id)
    return at < 0 ? tabs.length : at
  }
  return views
    .map((view, index) => ({ view, index }))
    .toSorted((a, b) => placeOf(a.view) - placeOf(b.view) || a.index - b.index)
    .map(({ view }) => view)
}

/** What is shown, as a view keeps it. */
export const keptFilter = (filter: TicketFilter): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, String(value)]),
  )

const filterFields = ['queue', 'assignee', 'requester', 'state', 'priority', 'category', 'kind', 'parent', 'q'] as const
export type FilterField = (typeof filterFields)[number]

/** What the address asks for: the tab's filter, narrowed by the fields. */
export function filterOf(view: View, address: AddressFields): TicketFilter {
  const narrowed: Record<string, string> = {}
  for (const field of filterFields) {
    const value = address[field]
    if (value !== undefined && value !== '') narrowed[field] = value
  }
  return { ...view.filter, ...narrowed, sort: (address['sort'] ?? view.sort) as NonNullable<TicketFilter['sort']> }
}

export const filtersOn = (address: AddressFields): FilterField[] =>
  filterFields.filter((field) => (address[field] ?? '') !== '')
export const noFilters: AddressFields = Object.fromEntries(filterFields.map((field) => [field, undefined]))
/** What the address says beside its view: nothing. */
export const justTheView: AddressFields = { ...noFilters, sort: undefined, columns: undefined }

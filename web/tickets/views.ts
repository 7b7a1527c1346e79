import type { Sent } from '../../contract/action.ts'
import type { tickets } from '../../contract/tickets.ts'
import type { AddressFields } from '../platform/address.ts'
import type { Key } from '../platform/i18n.ts'

export type TicketFilter = Sent<typeof tickets.list>
export interface View {
  id: string
  title: Key
  filter: TicketFilter
  sort: NonNullable<TicketFilter['sort']>
}

/** Saved views as tabs for those who work tickets. */
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

const filterFields = ['queue', 'assignee', 'requester', 'state', 'priority', 'category', 'kind', 'q'] as const
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

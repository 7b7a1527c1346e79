import { z } from 'zod'
import { basedOn, command, edited, id, line, query, ref, refusals } from './action.ts'

/** Lists whose views can be saved; the filter of a view is checked against what the list itself can be asked. */
export const viewedLists = ['tickets'] as const
export const viewedList = z.enum(viewedLists)
export type ViewedList = z.output<typeof viewedList>

/** What the list is asked, as its address says it: `{ "open": "true", "assignee": "me", "sort": "due" }`. */
export const viewFilter = z.record(z.string().min(1).max(40), z.string().min(1).max(300))
/** Ids of columns, `reference,title,due`. */
export const viewColumns = z
  .string()
  .max(500)
  .regex(/^[\w-]+(,[\w-]+)*$/)

/** `team`: with the members of `team`; `everyone`: with everybody who works here in IT. */
export const viewSharing = z.enum(['nobody', 'team', 'everyone'])
export type ViewSharing = z.output<typeof viewSharing>

/** The most views a person keeps for one list. */
export const mostViews = 100

const given = {
  name: line(60),
  filter: viewFilter,
  columns: viewColumns.nullable().default(null),
  shared: viewSharing.default('nobody'),
  team: id.nullable().default(null),
}

export const savedView = z.object({
  id,
  version: z.int(),
  list: viewedList,
  name: z.string(),
  filter: z.record(z.string(), z.string()),
  columns: z.string().nullable(),
  owner: ref,
  mine: z.boolean(),
  shared: viewSharing,
  team: ref.nullable(),
  /** What of the filter the list no longer knows, in words; such a view is not asked. */
  problem: z.string().nullable(),
  refusals,
})
export type SavedView = z.output<typeof savedView>

/** The order of the tabs (ids of saved views, names of the fixed ones) and the one a list opens with. */
export const arrangement = z.object({
  tabs: z.array(z.string().min(1).max(60)).max(300),
  opensWith: z.string().min(1).max(60).nullable(),
})

const shown = z.object({ items: z.array(savedView), arrangement })

export const savedViews = {
  list: query({
    name: 'saved-views.list',
    path: '/saved-views',
    permission: 'signed-in',
    summary: 'Views of a list: one’s own and those shared with the reader, by name, and how the reader arranged them.',
    input: z.object({ list: viewedList.default('tickets') }),
    output: shown,
  }),
  save: command({
    name: 'saved-views.save',
    method: 'POST',
    path: '/saved-views',
    permission: 'signed-in',
    summary: 'Keep what a list shows under a name.',
    input: z.object({ list: viewedList, ...given }),
    output: savedView,
  }),
  edit: command({
    name: 'saved-views.edit',
    method: 'PATCH',
    path: '/saved-views/{id}',
    permission: 'signed-in',
    summary: 'Rename a view, share it, or let it show something else.',
    input: edited(given).extend({ id, version: basedOn }),
    output: savedView,
  }),
  remove: command({
    name: 'saved-views.remove',
    method: 'DELETE',
    path: '/saved-views/{id}',
    permission: 'signed-in',
    summary: 'Remove a view, for everybody it was shared with.',
    input: z.object({ id }),
    output: z.object({ removed: z.boolean() }),
  }),
  arrange: command({
    name: 'saved-views.arrange',
    method: 'PUT',
    path: '/saved-views/arrangement',
    permission: 'signed-in',
    summary: 'Put the tabs of a list in an order, and say which one it opens with; for oneself.',
    input: z.object({ list: viewedList, ...arrangement.shape }),
    output: arrangement,
  }),
}

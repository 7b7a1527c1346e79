import type { z } from 'zod'
import type { ViewedList } from '../../contract/saved-views.ts'

/** What each list can be asked: the input of its own query, without the page. Handed in by whoever knows the lists. */
export type WhatListsAsk = Record<ViewedList, z.ZodObject>

/** The place and the words of what a list does not understand of a filter; null where it understands all of it. */
export function whyNotUnderstood(
  lists: WhatListsAsk,
  list: ViewedList,
  filter: Record<string, string>,
): { field: string; why: string } | null {
  const { limit: _limit, after: _after, count: _count, ...fields } = lists[list].shape as Record<string, z.ZodType>
  const unknown = Object.keys(filter).find((field) => !Object.hasOwn(fields, field))
  if (unknown !== undefined) return { field: unknown, why: 'unknown' }
  for (const [field, value] of Object.entries(filter)) {
    const issue = fields[field]!.safeParse(value).error?.issues[0]
    if (issue !== undefined) return { field, why: issue.message }
  }
  return null
}

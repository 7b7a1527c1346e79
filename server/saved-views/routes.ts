import { savedViews } from '../../contract/saved-views.ts'
import { type Route, serve } from '../platform/mount.ts'
import { savedViewActs } from './actions.ts'
import type { WhatListsAsk } from './what-lists-ask.ts'

/** What a view may ask of each list is handed in: the inputs of their own queries. */
export function savedViewRoutes(lists: WhatListsAsk): Route[] {
  const acts = savedViewActs(lists)
  return [
    serve(savedViews.list, acts.list),
    serve(savedViews.save, acts.save),
    serve(savedViews.arrange, acts.arrange),
    serve(savedViews.edit, acts.edit),
    serve(savedViews.remove, acts.remove),
  ]
}

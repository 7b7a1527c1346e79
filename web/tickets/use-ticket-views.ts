import { useMemo } from 'react'
import { savedViews } from '../../contract/saved-views.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { arranged, askViews, tabOf, type View, workViews } from './views.ts'

/** `loading`: a saved view is asked for and not known yet. `gone`: there is none. `unknown`: the list no longer knows its filter. */
export type ViewState = 'known' | 'loading' | 'gone' | 'unknown'

const isSaved = (id: string | undefined): boolean => id?.includes('-') === true

/** The tabs of the queue, those that are always there and saved ones, and the one the address asks for. */
export function useTicketViews(asked: string | undefined): {
  views: View[]
  view: View
  state: ViewState
  /** The tab the reader has the queue opened with. */
  opensWith: string | null
} {
  const worker = useMay('tickets.work')
  const seesAll = useMay('tickets.all')
  const saved = useAsk(savedViews.list, { list: 'tickets' })
  const always = worker || seesAll ? workViews : askViews
  const views = useMemo(
    () => arranged([...always, ...(saved.data?.items ?? []).map(tabOf)], saved.data?.arrangement.tabs ?? []),
    [always, saved.data],
  )
  const opensWith = saved.data?.arrangement.opensWith ?? null
  const usual = seesAll ? 'open' : worker ? 'mine' : 'asked'
  const own = asked === undefined && opensWith !== null ? views.find((v) => v.id === opensWith) : undefined
  const found = own ?? views.find((v) => v.id === (asked ?? usual))
  // without its own views the queue is still there; who asked for no view waits to hear which one is theirs
  const waits = saved.isPending && (asked === undefined || isSaved(asked))
  const view = found ?? views.find((v) => v.id === usual) ?? views[0]!
  if (waits) return { views, view, opensWith, state: 'loading' }
  if (found === undefined && isSaved(asked)) return { views, view, opensWith, state: 'gone' }
  return { views, view, opensWith, state: view.saved?.problem == null ? 'known' : 'unknown' }
}

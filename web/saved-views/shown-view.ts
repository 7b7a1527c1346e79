import type { SavedView, ViewedList } from '../../contract/saved-views.ts'

/** The view that a list shows, and what the list does when it is saved or goes. */
export interface ShownView {
  list: ViewedList
  /** The tabs as they stand. */
  tabs: readonly string[]
  opensWith: string | null
  current: { id: string; name: string; saved: SavedView | undefined }
  /** What the list shows now. */
  filter: Record<string, string>
  columns: string | null
  onSaved: (id: string) => void
  onRemoved: () => void
}

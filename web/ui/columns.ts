import type { ReactNode } from 'react'

export interface Column<T> {
  id: string
  title: string
  /** Pixels, or `grow` for the one that takes what is left. */
  width: number | 'grow'
  render: (row: T) => ReactNode
  align?: 'right'
  /** The values of the address's `sort` for both directions; one of them may be missing. */
  sort?: { up?: string; down?: string }
  /** Not shown until chosen. */
  extra?: boolean
  /** Holds the link to the record. */
  main?: boolean
  /** The title is for screen readers only: the column is too narrow for it. */
  bare?: boolean
  /** Where the table is narrow, light columns go first. */
  weight?: number
}

export interface TableProps<T> {
  label: string
  rows: readonly T[]
  rowId: (row: T) => string
  columns: readonly Column<T>[]
  addressOf?: (row: T) => string
  onOpen?: (row: T) => void
  onPeek?: (row: T) => void
  current?: string | null
  onCurrent?: (id: string) => void
  selected?: ReadonlySet<string>
  onSelect?: (id: string, range: boolean) => void
  changed?: ReadonlyMap<string, unknown>
  sort?: string
  onSort?: (sort: string) => void
  onEnd?: () => void
  more?: boolean
}

/** What is in view of it. */
export type Shown<T> = TableProps<T> & { indexes: number[]; before: number; after: number; current: string | null }

/** What the main column keeps before others have to go. */
const leastMain = 260

/** The columns that fit, at least the main one. */
export function fitting<T>(columns: readonly Column<T>[], width: number): readonly Column<T>[] {
  const shown = [...columns]
  const needed = (): number =>
    shown.reduce((sum, column) => sum + (column.width === 'grow' ? leastMain : column.width), 0)
  while (needed() > width) {
    const lightest = shown
      .filter((column) => column.main !== true && column.width !== 'grow')
      .sort((a, b) => (a.weight ?? 1) - (b.weight ?? 1))[0]
    if (lightest === undefined) break
    shown.splice(shown.indexOf(lightest), 1)
  }
  return shown
}

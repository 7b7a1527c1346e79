import { useState } from 'react'

/** Ticked rows of a list: `select` ticks one or unticks it, `range` everything from the last one to it. */
export function useSelected(rows: readonly { id: string }[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [lastPicked, setLastPicked] = useState<string | null>(null)
  const select = (id: string, range: boolean): void => {
    const next = new Set(selected)
    const from = rows.findIndex((row) => row.id === lastPicked)
    const to = rows.findIndex((row) => row.id === id)
    if (range && from >= 0) for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id)
    else if (next.has(id)) next.delete(id)
    else next.add(id)
    setLastPicked(id)
    setSelected(next)
  }
  return { selected, select, setSelected }
}

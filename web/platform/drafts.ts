import { useCallback, useState } from 'react'

const prefix = 'linchpin-draft:'

/** What was typed and not yet sent, kept in this browser until it is. */
export function useDraft<T>(name: string, empty: T): [T, (value: T) => void, () => void] {
  const [held, hold] = useState<{ name: string; value: T }>(() => ({ name, value: read(name, empty) }))
  const value = held.name === name ? held.value : read(name, empty)
  const keep = useCallback(
    (next: T) => {
      hold({ name, value: next })
      try {
        localStorage.setItem(prefix + name, JSON.stringify(next))
      } catch {
        // storage full or refused: the draft lives as long as the page
      }
    },
    [name],
  )
  const drop = useCallback(() => {
    hold({ name, value: empty })
    try {
      localStorage.removeItem(prefix + name)
    } catch {
      // nothing was stored
    }
  }, [name, empty])
  return [value, keep, drop]
}

function read<T>(name: string, empty: T): T {
  try {
    const stored = localStorage.getItem(prefix + name)
    return stored === null ? empty : (JSON.parse(stored) as T)
  } catch {
    return empty
  }
}

import { useEffect, useRef, useState } from 'react'
import type { Kept } from './keep-page.ts'

/** Whether the page is kept on this device, tried when it opens and once its later parts have been fetched. */
export function useKept(keep: () => Promise<Kept>, what: string): Kept {
  const [kept, setKept] = useState<Kept>('keeping')
  const act = useRef(keep)
  useEffect(() => {
    act.current = keep
  })
  useEffect(() => {
    let over = false
    const begin = (): void =>
      void act.current().then(
        (found) => {
          if (!over) setKept(found)
        },
        () => {
          if (!over) setKept('impossible')
        },
      )
    begin()
    const again = setTimeout(begin, 6000)
    return () => {
      over = true
      clearTimeout(again)
    }
  }, [what])
  return kept
}

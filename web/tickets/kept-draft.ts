import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ticketDrafts } from '../../contract/ticket-drafts.ts'
import type { MacroUse } from '../../contract/tickets.ts'
import { act, ask } from '../platform/client.ts'
import { useDraft } from '../platform/drafts.ts'

interface Written {
  body: string
  files: { id: string; name: string; size: number }[]
  /** Chosen for it; what an older browser kept does not have it. */
  macro?: MacroUse | null
}
/** `waits`: the server does not have it yet. */
interface Held extends Written {
  waits?: boolean
}
const nothing: Held = { body: '', files: [], macro: null }
const pauseMs = 800

/**
 * What is written on a ticket, kept in this browser at once and on the server a moment later, so that another device goes on with it. What the server does not
 * have yet is newer than what it has; anything else gives way to what it has. `hold` waits for what is on its way, before sending.
 */
export function useKeptDraft(ticket: string, isPublic: boolean) {
  const [held, put, drop] = useDraft<Held>(`ticket:${ticket}:${isPublic ? 'reply' : 'note'}`, nothing)
  const [isHere, sayHere] = useState(false)
  const latest = useRef(held)
  latest.current = held
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const underWay = useRef<Promise<void>>(Promise.resolve())
  const client = useQueryClient()
  const isListed = useRef<boolean | null>(null)
  /** Lists of unsent drafts are asked again when this one comes or goes, not at every stroke. */
  const list = useCallback(
    (isThere: boolean): void => {
      if (isListed.current === isThere) return
      isListed.current = isThere
      void client.invalidateQueries({ queryKey: [ticketDrafts.mine.name] })
    },
    [client],
  )

  const push = useCallback((): Promise<void> => {
    clearTimeout(timer.current)
    timer.current = undefined
    underWay.current = underWay.current.then(async () => {
      const sent = latest.current
      if (sent.waits !== true) return
      const files = sent.files.map((file) => file.id)
      const macro = sent.macro ?? null
      try {
        await act(ticketDrafts.keep, { id: ticket, public: isPublic, body: sent.body, files, macro })
        sayHere(false)
        list(sent.body !== '' || files.length > 0 || macro !== null)
        if (latest.current === sent) put((latest.current = { ...sent, waits: false }))
      } catch {
        // the draft stays in this browser and is brought with the next stroke, or when the page comes back
        sayHere(true)
      }
    })
    return underWay.current
  }, [ticket, isPublic, put, list])

  useEffect(() => {
    const control = new AbortController()
    if (latest.current.waits === true) void push()
    else
      void ask(ticketDrafts.list, { id: ticket }, control.signal).then(
        ({ items }) => {
          if (control.signal.aborted || latest.current.waits === true) return
          const kept = items.find((one) => one.public === isPublic)
          // an older browser's draft, from before the server kept any
          if (kept === undefined && latest.current.body !== '' && latest.current.waits === undefined) return
          put(
            (latest.current =
              kept === undefined ? nothing : { body: kept.body, files: kept.files, macro: kept.macro, waits: false }),
          )
        },
        () => undefined,
      )
    const flush = (): void => void push()
    document.addEventListener('visibilitychange', flush)
    window.addEventListener('online', flush)
    return () => {
      control.abort()
      document.removeEventListener('visibilitychange', flush)
      window.removeEventListener('online', flush)
      if (timer.current !== undefined) void push()
    }
  }, [ticket, isPublic, push, put])

  return {
    draft: held satisfies Written,
    isHere,
    keep(next: Written): void {
      put((latest.current = { ...next, waits: true }))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void push(), pauseMs)
    },
    async hold(): Promise<void> {
      clearTimeout(timer.current)
      timer.current = undefined
      await underWay.current
    },
    drop(): void {
      latest.current = nothing
      drop()
      list(false)
    },
  }
}

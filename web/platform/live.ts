import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

interface Subject {
  kind: string
  id: string
}

/** Questions that may be asked again at once: one record, or a count. Lists only learn that something changed. */
const refreshed: Record<string, readonly string[]> = {
  ticket: ['tickets.show', 'tickets.timeline', 'queues.list'],
  commitment: ['tickets.show', 'commitments.'],
  notification: ['me.show', 'notifications.'],
  import: ['imports.'],
  person: ['people.'],
  team: ['teams.'],
  calendar: ['calendars.'],
  'service-level': ['service-levels.'],
  vendor: ['vendors.'],
}
/** Kinds that lists of lines watch. */
const watchedKinds = new Set(['ticket', 'commitment'])

let changed: ReadonlyMap<string, number> = new Map()
const own = new Map<string, number>()
const listeners = new Set<() => void>()
const tell = (): void => listeners.forEach((listener) => listener())

/** The reader's own act comes back on the live feed too; it is not news. */
export const actedOn = (id: string): void => {
  own.set(id, Date.now())
}

function receive(client: QueryClient, subjects: Subject[]): void {
  const next = new Map(changed)
  for (const { kind, id } of subjects) {
    const prefixes = refreshed[kind] ?? []
    void client.invalidateQueries({
      predicate: ({ queryKey: [name] }) =>
        typeof name === 'string' && prefixes.some((prefix) => name.startsWith(prefix)),
    })
    if (watchedKinds.has(kind) && Date.now() - (own.get(id) ?? 0) > 5_000) next.set(id, Date.now())
  }
  if (next.size !== changed.size || subjects.length > 0) {
    changed = next
    tell()
  }
}

/** Records that changed since the lists on screen were read, by id. */
export const useChanged = (): ReadonlyMap<string, number> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => changed,
  )

export function changesSeen(): void {
  if (changed.size === 0) return
  changed = new Map()
  tell()
}

/** One stream for the whole page; it comes back by itself after a break. */
export function useLiveUpdates(client: QueryClient, on: boolean): void {
  useEffect(() => {
    if (!on) return
    let source: EventSource | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    const open = (): void => {
      source = new EventSource('/api/v1/live')
      source.addEventListener('change', (event) => {
        const { subjects } = JSON.parse(event.data as string) as { subjects: Subject[] }
        receive(client, subjects)
      })
      source.addEventListener('error', () => {
        if (source?.readyState !== EventSource.CLOSED) return
        again = setTimeout(open, 15_000)
      })
    }
    open()
    return () => {
      clearTimeout(again)
      source?.close()
    }
  }, [client, on])
}

import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

interface Subject {
  kind: string
  id: string
}

/**
 * Questions that may be asked again at once: one record, or a count. Lists only learn that something changed. Kinds the feed does not name are asked
 * again after a break of it.
 */
const refreshed: Record<string, readonly string[]> = {
  // calls are made, told and taken on the record they are about
  ticket: [
    'tickets.show',
    'tickets.timeline',
    'approvals.',
    'ticket-tasks.',
    'orders.',
    'portal.',
    'ticket-items.',
    'time-entries.of-ticket',
    'queues.list',
    'on-call-pages.',
  ],
  commitment: ['tickets.show', 'commitments.', 'on-call-pages.'],
  on_call: ['on-call.'],
  notification: ['me.show', 'notifications.', 'my-approvals.', 'portal.'],
  import: ['imports.'],
  'ticket-bulk-edit': ['ticket-bulk-edits.'],
  person: ['people.'],
  team: ['teams.'],
  calendar: ['calendars.'],
  'service-level': ['service-levels.'],
  vendor: ['vendors.'],
  attestation: ['attestations.'],
  attestation_person: ['attestations.', 'my-attestations.'],
  asset_audit: ['asset-audits.show', 'asset-audits.scans', 'asset-audits.history'],
  asset: [
    'differences.',
    'assets.show',
    'assets.history',
    'asset-costs.',
    'ticket-items.',
    'custody.',
    'my-things.',
    'relations.',
  ],
  stock: ['stock.show', 'custody.', 'my-things.'],
  custody: ['custody.', 'my-things.'],
  'incoming-mail': ['incoming-mails.'],
  mailbox: ['mailboxes.'],
  alert: ['alerts.', 'alert-sources.', 'heartbeats.', 'service-checks.'],
  device: ['differences.', 'life-cycles.', 'devices.show', 'agents.show', 'asset-seen.', 'installed-software.'],
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

function askAgain(client: QueryClient, prefixes: readonly string[]): void {
  void client.invalidateQueries({
    predicate: ({ queryKey: [name] }) => typeof name === 'string' && prefixes.some((prefix) => name.startsWith(prefix)),
  })
}

function receive(client: QueryClient, subjects: Subject[]): void {
  const next = new Map(changed)
  for (const { kind, id } of subjects) {
    askAgain(client, refreshed[kind] ?? [])
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
    let greeted = false
    // while the stream was broken, here or between the node and its database, anything may have changed
    const missed = (): void => askAgain(client, Object.values(refreshed).flat())
    const open = (): void => {
      source = new EventSource('/api/v1/live')
      source.addEventListener('change', (event) => {
        const { subjects } = JSON.parse(event.data as string) as { subjects: Subject[] }
        receive(client, subjects)
      })
      source.addEventListener('hello', () => {
        if (greeted) missed()
        greeted = true
      })
      source.addEventListener('resync', missed)
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

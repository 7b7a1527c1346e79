import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Action, Sent } from '../../contract/action.ts'
import { tickets, type Ticket } from '../../contract/tickets.ts'
import { act, ApiError } from '../platform/client.ts'
import { actedOn } from '../platform/live.ts'
import { invalidateFor, replaceRow } from '../platform/query.ts'
import { tellFailed } from '../ui/told.ts'
import { later } from '../ui/later.tsx'
import type { Stale } from './StaleDialog.tsx'

const StaleDialog = later(async () => (await import('./StaleDialog.tsx')).StaleDialog)

/** A ticket as the server has just answered it, put wherever it is shown. */
export function received(client: QueryClient, ticket: Ticket): void {
  client.setQueryData([tickets.show.name, { id: ticket.reference }], ticket)
  replaceRow(client, tickets.list, ticket)
  invalidateFor(client, 'tickets')
}

export type Write = <A extends Action>(action: A, input: Sent<A> & { id: string }) => Promise<Ticket | null>

/** Write to a ticket. Someone else's change in between opens both versions; any other failure is told and loses nothing. */
export function useTicketWrite(): { write: Write; dialog: ReactNode; busy: boolean } {
  const client = useQueryClient()
  const [stale, setStale] = useState<Stale | null>(null)
  const [busy, setBusy] = useState(0)
  const write: Write = async (action, input) => {
    actedOn(input.id)
    setBusy((n) => n + 1)
    try {
      const ticket = (await act(action, input, crypto.randomUUID())) as Ticket
      received(client, ticket)
      return ticket
    } catch (error) {
      if (error instanceof ApiError && error.code === 'stale' && error.body.current !== undefined) {
        const current = error.body.current as Ticket
        return await new Promise((settle) =>
          setStale({
            current,
            sent: input,
            differs: error.body.differs ?? [],
            settle,
            resend: async (fields) => await write(action, { ...input, ...fields }),
          }),
        )
      }
      tellFailed(error)
      return null
    } finally {
      setBusy((n) => n - 1)
    }
  }
  const close = (ticket: Ticket | null): void => {
    if (stale !== null) {
      received(client, ticket ?? stale.current)
      stale.settle(ticket)
    }
    setStale(null)
  }
  return { write, busy: busy > 0, dialog: stale === null ? null : <StaleDialog stale={stale} onClose={close} /> }
}

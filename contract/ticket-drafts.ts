import { z } from 'zod'
import { command, id, instant, query } from './action.ts'
import { macroUse, ticketKey } from './tickets.ts'

/** What the reader is writing on a ticket and has not sent; `public`: a reply, else an internal note. */
export const ticketDraft = z.object({
  public: z.boolean(),
  body: z.string(),
  files: z.array(z.object({ id, name: z.string(), size: z.int() })),
  macro: macroUse.nullable(),
  keptAt: instant,
})
export type TicketDraft = z.output<typeof ticketDraft>

/** A draft of the reader and where it waits. */
export const myDraft = z.object({
  ticket: z.object({ id, reference: z.string(), title: z.string() }),
  public: z.boolean(),
  keptAt: instant,
})
export type MyDraft = z.output<typeof myDraft>

export const ticketDrafts = {
  mine: query({
    name: 'ticket-drafts.mine',
    path: '/ticket-drafts',
    permission: 'tickets.read',
    summary: "The reader's own unsent replies and notes, the newest hundred, on tickets they see.",
    input: z.object({}),
    output: z.object({ items: z.array(myDraft) }),
  }),
  list: query({
    name: 'ticket-drafts.list',
    path: '/tickets/{id}/drafts',
    permission: 'tickets.read',
    summary: "The reader's own unsent reply and note on a ticket; nobody else reads them.",
    input: z.object({ id: ticketKey }),
    output: z.object({ items: z.array(ticketDraft) }),
  }),
  keep: command({
    name: 'ticket-drafts.keep',
    method: 'PUT',
    path: '/tickets/{id}/drafts',
    permission: 'tickets.open',
    summary:
      'Keep what is being written, in place of what was kept before. Empty, or sent: nothing is kept. Gone after 90 days.',
    input: z.object({
      id: ticketKey,
      public: z.boolean(),
      body: z.string().max(200_000),
      files: z.array(id).max(50).default([]),
      macro: macroUse.nullable().default(null),
    }),
    output: z.object({ keptAt: instant.nullable() }),
  }),
}

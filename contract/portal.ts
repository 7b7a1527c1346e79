import { z } from 'zod'
import { approvalRow } from './approvals.ts'
import { id, instant, listOf, page, query, queryBoolean } from './action.ts'
import { serviceRow } from './catalogue.ts'
import { ticketKind, ticketState } from './tickets.ts'

/** A request of the reader in the words of a requester: how far it is, and what comes next. */
export const ownRequest = z.object({
  id,
  reference: z.string(),
  title: z.string(),
  kind: ticketKind,
  state: ticketState,
  createdAt: instant,
  lastActivityAt: instant,
  /** When it should be there, or answered. */
  dueAt: instant.nullable(),
  late: z.boolean(),
  /** Of an order: the stage of the approval that waits, and those who are asked in it. */
  approval: z.object({ stage: z.string(), who: z.array(z.string()) }).nullable(),
  /** Tasks of an order that are over, and all of them. */
  tasks: z.object({ done: z.int(), of: z.int(), now: z.array(z.string()) }).nullable(),
  refused: z.boolean(),
  rating: z.int().nullable(),
})
export type OwnRequest = z.output<typeof ownRequest>

export const portal = {
  home: query({
    name: 'portal.home',
    path: '/portal',
    permission: 'signed-in',
    summary: 'What waits for the reader, their open requests, and what they can order.',
    input: z.object({}),
    output: z.object({
      /** What waits for a decision of the reader; the first few, and how many. */
      approvals: z.object({ items: z.array(approvalRow), more: z.boolean() }),
      /** IT waits for an answer. */
      questions: z.array(ownRequest),
      /** Resolved, and the reader has not said whether it is. */
      confirmations: z.array(ownRequest),
      /** Things handed out whose terms are to be accepted. */
      terms: z.int(),
      /** Campaigns that ask whether what one has is still there. */
      checks: z.int(),
      requests: z.array(ownRequest),
      services: z.array(serviceRow),
    }),
  }),
  requests: query({
    name: 'portal.requests',
    path: '/portal/requests',
    permission: 'signed-in',
    summary: "The reader's requests, newest first.",
    input: z.object({ open: queryBoolean.optional(), ...page }),
    output: listOf(ownRequest),
  }),
  search: query({
    name: 'portal.search',
    path: '/portal/search',
    permission: 'tickets.open',
    summary: 'What the reader can order, their requests and their devices that contain the words.',
    input: z.object({ q: z.string().trim().min(1).max(200) }),
    output: z.object({
      services: z.array(serviceRow),
      requests: z.array(ownRequest),
      devices: z.array(z.object({ id, tag: z.string(), name: z.string() })),
    }),
  }),
}

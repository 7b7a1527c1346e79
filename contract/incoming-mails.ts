import { z } from 'zod'
import { command, id, instant, listOf, page, query, ref, refusals } from './action.ts'

export const incomingStates = ['received', 'taken', 'parked', 'quarantined', 'refused', 'ignored'] as const
export const incomingState = z.enum(incomingStates)
export type IncomingState = z.output<typeof incomingState>

export const incomingRow = z.object({
  id,
  mailbox: ref,
  state: incomingState,
  from: z.object({ name: z.string(), address: z.string() }).nullable(),
  subject: z.string().nullable(),
  receivedAt: instant,
  size: z.int(),
  attempts: z.int(),
  /** The last step of the intake, in words. */
  why: z.string().nullable(),
  ticket: z.object({ id, reference: z.string(), title: z.string() }).nullable(),
  refusals,
})
export type IncomingRow = z.output<typeof incomingRow>

export const incomingMail = incomingRow.extend({
  to: z.array(z.string()),
  recipients: z.array(z.string()),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string(),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), size: z.int() })),
  problems: z.array(z.string()),
  /** What the intake made of it, step by step. */
  steps: z.array(z.string()),
  doneAt: instant.nullable(),
})
/** What the intake would make of a message now. */
export const explainedMail = z.object({
  from: z.object({ name: z.string(), address: z.string() }).nullable(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), size: z.int() })),
  problems: z.array(z.string()),
  action: z.enum(['open', 'reply', 'ignore', 'quarantine', 'refuse', 'park']),
  /** Reference of the ticket it belongs to, where the reader sees that. */
  ticket: z.string().nullable(),
  steps: z.array(z.string()),
})
export type ExplainedMessage = z.output<typeof explainedMail>
export type IncomingMail = z.output<typeof incomingMail>

export const incomingMails = {
  list: query({
    name: 'incoming-mails.list',
    path: '/incoming-mails',
    permission: 'mail.manage',
    summary: 'Mail that came in, newest first, with what became of it.',
    input: z.object({ state: incomingState.optional(), mailbox: id.optional(), ...page }),
    output: listOf(incomingRow),
  }),
  counts: query({
    name: 'incoming-mails.counts',
    path: '/incoming-mail-counts',
    permission: 'mail.manage',
    summary: 'How much waits, is parked and is in quarantine, each counted up to 1,000.',
    input: z.object({}),
    output: z.object({ received: z.int(), parked: z.int(), quarantined: z.int() }),
  }),
  show: query({
    name: 'incoming-mails.show',
    path: '/incoming-mails/{id}',
    permission: 'tickets.work',
    summary: 'One message: what it says, and what the intake made of it step by step.',
    input: z.object({ id }),
    output: incomingMail,
  }),
  retry: command({
    name: 'incoming-mails.retry',
    method: 'POST',
    path: '/incoming-mails/{id}/attempt',
    permission: 'mail.manage',
    summary: 'Take a parked, ignored or quarantined message in again.',
    input: z.object({ id }),
    output: incomingRow,
  }),
  retryAll: command({
    name: 'incoming-mails.retry-all',
    method: 'POST',
    path: '/incoming-mails/attempts',
    permission: 'mail.manage',
    summary: 'Take in again what is parked or in quarantine, up to 1,000 messages at a time.',
    input: z.object({ state: z.enum(['parked', 'quarantined']), ids: z.array(id).max(1000).optional() }),
    output: z.object({ begun: z.int() }),
  }),
  link: command({
    name: 'incoming-mails.link',
    method: 'PUT',
    path: '/incoming-mails/{id}/ticket',
    permission: 'mail.manage',
    summary: 'Put a message that was kept apart into a ticket.',
    input: z.object({ id, ticket: z.string().min(1).max(60) }),
    output: incomingRow,
  }),
  open: command({
    name: 'incoming-mails.open',
    method: 'POST',
    path: '/incoming-mails/{id}/ticket',
    permission: 'mail.manage',
    summary: 'Open a ticket from a message that was kept apart.',
    input: z.object({ id }),
    output: incomingRow,
  }),
  refuse: command({
    name: 'incoming-mails.refuse',
    method: 'POST',
    path: '/incoming-mails/{id}/refusal',
    permission: 'mail.manage',
    summary: 'Set a message aside for good; with `answer` the sender is told politely.',
    input: z.object({ id, answer: z.boolean().default(false) }),
    output: incomingRow,
  }),
  explain: command({
    name: 'incoming-mails.explain',
    method: 'POST',
    path: '/incoming-mails/explanation',
    permission: 'mail.manage',
    summary: 'What the intake would make of a message, step by step; nothing is stored.',
    input: z.object({
      raw: z.string().min(1).max(4_000_000).meta({ description: 'The message as it came, base64' }),
      mailbox: id.optional().meta({ description: 'As if it came to this one; the one that is addressed without' }),
    }),
    output: explainedMail,
    stateless: true,
  }),
}

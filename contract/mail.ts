import { z } from 'zod'
import { command, email, id, instant, listOf, page, query, ref, refusals } from './action.ts'

export const mailState = z.enum(['queued', 'sending', 'sent', 'skipped', 'failed', 'withdrawn'])
export type MailState = z.output<typeof mailState>

/** An outgoing mail as the mail page shows it: whom it is for and what became of it, never what it says. */
export const mailRow = z.object({
  id,
  /** Without an id: somebody who is not known here. */
  to: z.object({ id: id.nullable(), name: z.string() }),
  /** Where the latest attempt went. */
  address: z.string().nullable(),
  kind: z.string(),
  state: mailState,
  /** In words: why it waits, why it failed, why it was skipped, that it came back. */
  why: z.string().nullable(),
  /** The last reply of the other side, as it came. */
  reply: z.string().nullable(),
  attempts: z.int(),
  createdAt: instant,
  /** The next attempt, while there is one. */
  nextAt: instant.nullable(),
  doneAt: instant.nullable(),
  bouncedAt: instant.nullable(),
  refusals,
})
export type MailRow = z.output<typeof mailRow>

export const mailStatus = z.object({
  /** Null: this installation has no mail server, and makes no mails. */
  server: z.object({ host: z.string(), from: z.string() }).nullable(),
  /** What keeps everything from being sent at the moment, in words. */
  trouble: z.string().nullable(),
  /** Counted up to 1,000. */
  queued: z.int(),
  failed: z.int(),
  sentToday: z.int(),
  bouncing: z.int(),
})
export type MailStatus = z.output<typeof mailStatus>

export const bouncingAddress = z.object({
  id: z.string(),
  address: z.string(),
  person: ref.nullable(),
  since: instant,
  status: z.string().nullable(),
  words: z.string(),
})
export type BouncingAddress = z.output<typeof bouncingAddress>

export const mail = {
  status: query({
    name: 'mail.status',
    path: '/mail',
    permission: 'mail.manage',
    summary: 'How outgoing mail stands.',
    input: z.object({}),
    output: mailStatus,
  }),
  list: query({
    name: 'mail.list',
    path: '/mails',
    permission: 'mail.manage',
    summary: 'Outgoing mails, newest first, with what became of each.',
    input: z.object({
      state: z.enum(['open', 'sent', 'skipped', 'failed', 'withdrawn']).optional(),
      person: id.optional(),
      ...page,
    }),
    output: listOf(mailRow),
  }),
  retry: command({
    name: 'mail.retry',
    method: 'POST',
    path: '/mails/{id}/attempt',
    permission: 'mail.manage',
    summary: 'Try a mail again now, under the same Message-ID.',
    input: z.object({ id }),
    output: mailRow,
  }),
  giveUp: command({
    name: 'mail.give-up',
    method: 'POST',
    path: '/mails/{id}/withdrawal',
    permission: 'mail.manage',
    summary: 'Stop trying to send a mail.',
    input: z.object({ id }),
    output: mailRow,
  }),
  test: command({
    name: 'mail.test',
    method: 'POST',
    path: '/mails/test',
    permission: 'mail.manage',
    summary: 'Send the reader a mail that says that mail works.',
    input: z.object({}),
    output: mailRow,
  }),
  bouncing: query({
    name: 'mail.bouncing',
    path: '/mail/bouncing',
    permission: 'mail.manage',
    summary: 'Addresses that sent mail back; nothing is mailed there.',
    input: z.object({ person: id.optional(), ...page }),
    output: listOf(bouncingAddress),
  }),
  clearBouncing: command({
    name: 'mail.clear-bouncing',
    method: 'DELETE',
    path: '/mail/bouncing/{address}',
    permission: 'mail.manage',
    summary: 'Mail an address again that sent mail back.',
    input: z.object({ address: email }),
    output: z.object({ address: z.string() }),
  }),
}

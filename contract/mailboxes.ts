import { z } from 'zod'
import { basedOn, command, email, id, instant, line, listOf, page, query, ref, refusals } from './action.ts'

export const mailboxKind = z.enum(['imap', 'gateway'])
/** A sender nobody knows: record the person, let somebody look, or answer that only known people are served. */
export const unknownSenders = z.enum(['create', 'quarantine', 'refuse'])
/** Whoever writes to a ticket without taking part in it: a note for IT that moves nothing, or quarantine. */
export const outsiders = z.enum(['note', 'quarantine'])
export const closedTickets = z.enum(['reopen', 'follow_up'])

/** How a mailbox is reached; passwords and tokens are given apart and never answered. */
export const mailboxConnection = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535).default(993),
  encryption: z.enum(['implicit', 'starttls', 'never']).default('implicit'),
  /** Whether the server must prove who it is; without, anybody on the way can read along. */
  checkCertificate: z.boolean().default(true),
  user: z.string().trim().min(1).max(254),
  signIn: z.enum(['password', 'oauth2']).default('password'),
  /** Where tokens are issued (OAuth 2.0, RFC 6749), the client and what it asks for. */
  tokenUrl: z.url().max(2000).nullable().default(null),
  clientId: z.string().trim().max(500).nullable().default(null),
  scope: z.string().trim().max(1000).nullable().default(null),
  folders: z.array(z.string().trim().min(1).max(250)).min(1).max(20).default(['INBOX']),
})
export type MailboxConnection = z.output<typeof mailboxConnection>
export const mailboxSecrets = z.object({
  password: z.string().max(2000).optional(),
  clientSecret: z.string().max(2000).optional(),
  refreshToken: z.string().max(8000).optional(),
})
export type MailboxSecrets = z.output<typeof mailboxSecrets>

/** Most messages within ten minutes; what is beyond goes to quarantine. */
export const mailLimits = z.object({
  perThread: z.int().min(1).max(10_000).default(30),
  perSender: z.int().min(1).max(100_000).default(60),
  newSenders: z.int().min(1).max(1_000_000).default(500),
})
export type MailLimits = z.output<typeof mailLimits>

export const templateNames = ['acknowledgement', 'reply', 'refusal', 'tooLarge'] as const
export type TemplateName = (typeof templateNames)[number]
const template = z.object({ subject: z.string().trim().min(1).max(250), body: z.string().trim().min(1).max(10_000) })
export type MailTemplate = z.output<typeof template>
/** Those that differ from the usual words. */
export const mailTemplates = z.object({
  acknowledgement: template.optional(),
  reply: template.optional(),
  refusal: template.optional(),
  tooLarge: template.optional(),
})
export type MailTemplates = z.output<typeof mailTemplates>

export const mailboxRow = z.object({
  id,
  version: z.int(),
  name: z.string(),
  kind: mailboxKind,
  addresses: z.array(z.string()),
  queue: ref,
  active: z.boolean(),
  /** What keeps mail from being fetched, in words. */
  problem: z.string().nullable(),
  problemAt: instant.nullable(),
  checkedAt: instant.nullable(),
  lastMailAt: instant.nullable(),
  refusals,
})
export type MailboxRow = z.output<typeof mailboxRow>

export const mailbox = mailboxRow.extend({
  confidential: z.boolean(),
  unknownSenders,
  outsiders,
  closedTickets,
  acknowledge: z.boolean(),
  taggedReplies: z.boolean(),
  mostBytes: z.int(),
  authservId: z.string().nullable(),
  limits: mailLimits,
  templates: mailTemplates,
  connection: mailboxConnection.nullable(),
  /** Which secrets are kept; never what they are. */
  secrets: z.array(z.enum(['password', 'clientSecret', 'refreshToken'])),
  /** The beginning of the key with which mail is handed in. */
  keyPrefix: z.string().nullable(),
})
export type Mailbox = z.output<typeof mailbox>

const fields = {
  name: line(120),
  kind: mailboxKind,
  addresses: z.array(email).min(1).max(20),
  queue: id,
  active: z.boolean(),
  confidential: z.boolean(),
  unknownSenders,
  outsiders,
  closedTickets,
  acknowledge: z.boolean(),
  taggedReplies: z.boolean(),
  mostBytes: z
    .int()
    .min(10_000)
    .max(60 * 1024 * 1024),
  authservId: z.string().trim().min(1).max(253).nullable(),
  limits: mailLimits,
  templates: mailTemplates,
  connection: mailboxConnection.nullable(),
  secrets: mailboxSecrets,
}

/** What a connection is tried for, in this order; a token only where one is asked for. */
export const triedStep = z.enum(['token', 'reached', 'encryption', 'sign-in', 'folder', 'idle'])
export type TriedStep = z.output<typeof triedStep>
export const tried = z.object({
  /** Whether mail can be fetched so. */
  works: z.boolean(),
  /** Up to the first that went wrong; of the folders all are told. `warning`: it works, and somebody should know. */
  steps: z.array(z.object({ step: triedStep, state: z.enum(['good', 'warning', 'bad']), sentence: z.string() })),
})
export type Tried = z.output<typeof tried>

export const mailboxes = {
  list: query({
    name: 'mailboxes.list',
    path: '/mailboxes',
    permission: 'mail.manage',
    summary: 'Mailboxes from which mail is taken in.',
    input: z.object({ ...page }),
    output: listOf(mailboxRow),
  }),
  show: query({
    name: 'mailboxes.show',
    path: '/mailboxes/{id}',
    permission: 'mail.manage',
    summary: 'One mailbox with everything that is set for it, secrets excepted.',
    input: z.object({ id }),
    output: mailbox,
  }),
  create: command({
    name: 'mailboxes.create',
    method: 'POST',
    path: '/mailboxes',
    permission: 'mail.manage',
    summary: 'Take in mail of one more mailbox.',
    input: z.object(fields).partial().required({ name: true, kind: true, addresses: true, queue: true }),
    output: mailbox,
  }),
  edit: command({
    name: 'mailboxes.edit',
    method: 'PATCH',
    path: '/mailboxes/{id}',
    permission: 'mail.manage',
    summary: 'Change a mailbox; secrets that are not given stay as they are.',
    input: z.object(fields).omit({ kind: true }).partial().extend({ id, version: basedOn }),
    output: mailbox,
  }),
  makeKey: command({
    name: 'mailboxes.make-key',
    method: 'POST',
    path: '/mailboxes/{id}/key',
    permission: 'mail.manage',
    summary:
      'Make the key with which a mail server hands in mail of this mailbox, and nothing else; the one before ends.',
    input: z.object({ id }),
    output: z.object({ mailbox, key: z.string() }),
    answersSecret: true,
  }),
  tryConnection: command({
    name: 'mailboxes.try-connection',
    method: 'POST',
    path: '/mailboxes/try-connection',
    permission: 'mail.manage',
    summary:
      'Try how a mailbox is reached, step by step; nothing is fetched or marked. With an id, what is not given is what is kept.',
    input: z.object({
      id: id.optional(),
      connection: mailboxConnection.optional(),
      secrets: mailboxSecrets.optional(),
    }),
    output: tried,
  }),
  templates: query({
    name: 'mailboxes.templates',
    path: '/mailbox-templates',
    permission: 'mail.manage',
    summary: 'The usual words of each kind of mail, and what may stand in them.',
    input: z.object({}),
    output: z.object({
      items: z.array(template.extend({ name: z.enum(templateNames), variables: z.array(z.string()) })),
    }),
  }),
  preview: command({
    name: 'mailboxes.preview',
    method: 'POST',
    path: '/mailboxes/preview',
    permission: 'mail.manage',
    summary: 'A template filled in with an invented ticket, or what is wrong with it.',
    input: z.object({ template: z.enum(templateNames), subject: z.string().max(250), body: z.string().max(10_000) }),
    output: z.object({ subject: z.string(), text: z.string() }),
    stateless: true,
  }),
}

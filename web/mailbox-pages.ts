import { form, list, type PageSpec, record } from './page-spec.ts'

/** Mail that comes in, and where it comes from. */
export const mailboxPages = [
  {
    id: 'incoming',
    path: '/incoming',
    title: 'incoming.title',
    permission: 'mail.manage',
    queries: ['incoming-mails.list'],
    states: list('/incoming'),
  },
  {
    id: 'incoming-mail',
    path: '/incoming/$id',
    title: 'incomingMail.title',
    permission: 'tickets.work',
    queries: ['incoming-mails.show'],
    states: record('/incoming/{incomingMail}'),
  },
  {
    id: 'explain-mail',
    path: '/incoming/explain',
    title: 'explainMail.title',
    permission: 'mail.manage',
    queries: ['mailboxes.list'],
    states: form('/incoming/explain'),
  },
  {
    id: 'mailboxes',
    path: '/incoming/mailboxes',
    title: 'mailboxes.title',
    permission: 'mail.manage',
    queries: ['mailboxes.list'],
    states: list('/incoming/mailboxes'),
  },
  {
    id: 'mailbox',
    path: '/incoming/mailboxes/$id',
    title: 'mailbox.title',
    permission: 'mail.manage',
    queries: ['mailboxes.show'],
    states: record('/incoming/mailboxes/{mailbox}'),
  },
] as const satisfies readonly PageSpec[]

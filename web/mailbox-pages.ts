import { form, list, type PageSpec, record } from './page-spec.ts'

/** Mail that comes in, and where it comes from. */
export const mailboxPages = [
  {
    id: 'incoming',
    path: '/mail/incoming',
    title: 'incoming.title',
    permission: 'mail.manage',
    queries: ['incoming-mails.list'],
    states: list('/mail/incoming'),
  },
  {
    id: 'incoming-mail',
    path: '/mail/incoming/$id',
    title: 'incomingMail.title',
    permission: 'tickets.work',
    queries: ['incoming-mails.show'],
    states: record('/mail/incoming/{incomingMail}'),
  },
  {
    id: 'explain-mail',
    path: '/mail/explain',
    title: 'explainMail.title',
    permission: 'mail.manage',
    queries: ['mailboxes.list'],
    states: form('/mail/explain'),
  },
  {
    id: 'mailboxes',
    path: '/mailboxes',
    title: 'mailboxes.title',
    permission: 'mail.manage',
    queries: ['mailboxes.list'],
    states: list('/mailboxes'),
  },
  {
    id: 'mailbox',
    path: '/mailboxes/$id',
    title: 'mailbox.title',
    permission: 'mail.manage',
    queries: ['mailboxes.show'],
    states: record('/mailboxes/{mailbox}'),
  },
] as const satisfies readonly PageSpec[]

import { keepers, type Row } from './rows.ts'

const ticketMail: Row = {
  own: 'r r r a r r a',
  ownTeam: 'r a a a r r a',
  otherTeam: 'r h h a r r a',
  confidential: 'r h a h r r h',
}

/** Who may do what with mailboxes and the mail that came in: the part of the table about them. */
export const mailboxRows: Record<string, Row> = {
  'mailboxes.list': keepers,
  'mailboxes.show': keepers,
  'mailboxes.create': keepers,
  'mailboxes.edit': keepers,
  'mailboxes.make-key': keepers,
  'mailboxes.try-connection': keepers,
  'mailboxes.templates': keepers,
  'mailboxes.preview': keepers,
  'incoming-mails.list': keepers,
  'incoming-mails.counts': keepers,
  // a message in a ticket is shown to whoever works on that ticket for IT
  'incoming-mails.show': {
    own: 'r h h a r r a',
    ownTeam: 'r a a a r r a',
    otherTeam: 'r h h a r r a',
    confidential: 'r h a h r r h',
  },
  'incoming-mails.show#loose': { everywhere: 'r h h a r r a' },
  'incoming-mails.retry': keepers,
  'incoming-mails.retry-all': keepers,
  'incoming-mails.link': keepers,
  'incoming-mails.open': keepers,
  'incoming-mails.refuse': keepers,
  'incoming-mails.explain': keepers,
  // who answers a ticket sees where the answer goes
  'ticket-mail.show': ticketMail,
  'ticket-mail.leave-out': ticketMail,
}

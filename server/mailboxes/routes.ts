import { incomingMails } from '../../contract/incoming-mails.ts'
import { mailboxes } from '../../contract/mailboxes.ts'
import { ticketMail } from '../../contract/ticket-mail.ts'
import type { FileContents } from '../files/public.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { incomingActions } from './actions/incoming.ts'
import { leaveOutAddress, showTicketMail } from './actions/ticket-mail.ts'
import { mailboxActions } from './actions/set-up-mailboxes.ts'
import { tryConnectionAction } from './actions/try-connection.ts'

/** `onDecided`: a message waits for the intake again. */
export function mailboxRoutes(platform: Platform, contents: FileContents, onDecided: () => void): Route[] {
  const act = mailboxActions(platform.secret)
  const incoming = incomingActions(platform, contents, onDecided)
  return [
    serve(mailboxes.list, act.list),
    serve(mailboxes.show, act.show),
    serve(mailboxes.create, act.create),
    serve(mailboxes.edit, act.edit),
    serve(mailboxes.makeKey, act.makeKey),
    serve(mailboxes.tryConnection, tryConnectionAction(platform)),
    serve(mailboxes.templates, act.templates),
    serve(mailboxes.preview, act.preview),
    serve(incomingMails.list, incoming.list),
    serve(incomingMails.counts, incoming.counts),
    serve(incomingMails.show, incoming.show),
    serve(incomingMails.retry, incoming.retry),
    serve(incomingMails.retryAll, incoming.retryAll),
    serve(incomingMails.link, incoming.link),
    serve(incomingMails.open, incoming.open),
    serve(incomingMails.refuse, incoming.refuse),
    serve(incomingMails.explain, incoming.explain),
    serve(ticketMail.show, showTicketMail),
    serve(ticketMail.leaveOut, leaveOutAddress),
  ]
}

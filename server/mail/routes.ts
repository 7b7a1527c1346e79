import { mail } from '../../contract/mail.ts'
import { type Route, serve } from '../platform/mount.ts'
import { mailActions } from './actions/mails.ts'
import type { MailSettings } from './transport.ts'

export function mailRoutes(settings: MailSettings | null): Route[] {
  const act = mailActions(settings)
  return [
    serve(mail.status, act.status),
    serve(mail.list, act.list),
    serve(mail.retry, act.retry),
    serve(mail.giveUp, act.giveUp),
    serve(mail.test, act.test),
    serve(mail.bouncing, act.bouncing),
    serve(mail.clearBouncing, act.clearBouncing),
  ]
}

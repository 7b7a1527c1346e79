import { mailboxes } from '../../contract/mailboxes.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { mailboxActions } from './actions/set-up-mailboxes.ts'

export function mailboxRoutes(platform: Platform): Route[] {
  const act = mailboxActions(platform.secret)
  return [
    serve(mailboxes.list, act.list),
    serve(mailboxes.show, act.show),
    serve(mailboxes.create, act.create),
    serve(mailboxes.edit, act.edit),
    serve(mailboxes.makeKey, act.makeKey),
    serve(mailboxes.preview, act.preview),
  ]
}

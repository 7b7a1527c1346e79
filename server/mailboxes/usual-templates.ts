import type { MailTemplate, TemplateName } from '../../contract/mailboxes.ts'
import { sentence } from '../platform/catalogue.ts'

/** The words of a mailbox that has none of its own. */
export const usualTemplate = (name: TemplateName): MailTemplate => ({
  subject: sentence(`mailboxes.usual.${name}.subject`),
  body: sentence(`mailboxes.usual.${name}.body`),
})

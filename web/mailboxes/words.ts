import type { IncomingState } from '../../contract/incoming-mails.ts'
import type { Mailbox, MailboxRow, TemplateName } from '../../contract/mailboxes.ts'
import { t } from '../platform/i18n.ts'

export const stateWord = (state: IncomingState): string => t(`incoming.state.${state}`)
export const kindWord = (kind: Mailbox['kind']): string => t(`mailboxes.kind.${kind}`)
export const templateWord = (name: TemplateName): string => t(`mailboxes.template.${name}`)

/** Whether mail of a mailbox is taken in, in a word. */
export const standingOf = (box: Pick<MailboxRow, 'active' | 'problem'>): 'resting' | 'failing' | 'working' =>
  !box.active ? 'resting' : box.problem !== null ? 'failing' : 'working'
export const standingWord = (box: Pick<MailboxRow, 'active' | 'problem'>): string =>
  t(`mailboxes.standing.${standingOf(box)}`)

/** What was chosen of a list; undefined where it is none of it. */
export const oneOf = <T extends string>(all: readonly T[], given: string | null): T | undefined =>
  all.find((one) => one === given)

import { Problem, type Refusal } from '../../platform/errors.ts'
import { OutgoingFailure } from '../../platform/outgoing.ts'

/** What keeps mail from being fetched, as a sentence for the mailbox's page; `seconds` until it is worth another attempt. */
export interface ImapProblem {
  refusal: Refusal
  /** Whether trying again at once may be answered by locking the account. */
  isSignIn: boolean
}

/** A problem of ours on the way, already in words. */
export class ImapFailure extends Error {
  readonly problem: ImapProblem
  constructor(code: string, params: Record<string, unknown> = {}, isSignIn = false) {
    super(code)
    this.name = 'ImapFailure'
    this.problem = { refusal: { code, params }, isSignIn }
  }
}

interface ServerError extends Error {
  code?: string
  authenticationFailed?: boolean
  mailboxMissing?: boolean
  serverResponseCode?: string
  responseText?: string
}

/** Judges what a connection failed with; `folder` is the one that was to be opened. */
export function judgeImap(thrown: unknown, given: { host: string; folder: string }): ImapProblem {
  if (thrown instanceof ImapFailure) return thrown.problem
  if (thrown instanceof OutgoingFailure) return said('mailboxes.imap.token-unreachable', {}, true)
  if (thrown instanceof Problem) return { refusal: { code: thrown.code, params: thrown.params }, isSignIn: false }
  const error = thrown as ServerError
  const words = brief(error.responseText)
  if (error.authenticationFailed === true)
    return said(words === '' ? 'mailboxes.imap.sign-in' : 'mailboxes.imap.sign-in-said', { words }, true)
  if (error.mailboxMissing === true || error.serverResponseCode === 'NONEXISTENT' || error.code === 'NotFound')
    return said('mailboxes.imap.no-folder', { folder: given.folder })
  const code = error.code ?? ''
  const { host } = given
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return said('mailboxes.imap.unknown-host', { host })
  if (code === 'ECONNREFUSED') return said('mailboxes.imap.refused', { host })
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return said('mailboxes.imap.no-way', { host })
  if (/TIMEOUT|ETIMEDOUT|UPGRADE_TIMEOUT|GREETING/i.test(code)) return said('mailboxes.imap.stalled', { host })
  if (/SELF_SIGNED|UNABLE_TO|CERT|ALTNAME/i.test(code)) return said('mailboxes.imap.certificate', { host })
  if (/SSL|TLS|EPROTO/i.test(code) || /starttls|upgrade/i.test(error.message))
    return said('mailboxes.imap.encryption', { host })
  return said('mailboxes.imap.broken', { host, words: words === '' ? brief(error.message) : words })
}

const said = (code: string, params: Record<string, unknown>, isSignIn = false): ImapProblem => ({
  refusal: { code, params },
  isSignIn,
})

/** Words of the other side, never more than a line. */
const brief = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 200)

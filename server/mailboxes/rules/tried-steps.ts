import type { TriedStep } from '../../../contract/mailboxes.ts'

/** A certificate that ends sooner than this is worth a word. */
const earlyDays = 21

/** Which step went wrong where a connection failed with this sentence; null where it says nothing of it. */
export function stepOf(code: string): TriedStep | null {
  if (code === 'mailboxes.imap.sign-in' || code === 'mailboxes.imap.sign-in-said') return 'sign-in'
  return code === 'mailboxes.imap.certificate' || code === 'mailboxes.imap.encryption' ? 'encryption' : null
}

/** What there is to say of the certificate of an encrypted connection. `validTo` null: it was not checked. Instants in ISO. */
export function judgeEncryption(
  validTo: string | null,
  now: string,
): { state: 'good' | 'warning'; code: string; params: Record<string, unknown> } {
  if (validTo === null) return { state: 'warning', code: 'mailboxes.try.unchecked', params: {} }
  const isEnding = Date.parse(validTo) - Date.parse(now) < earlyDays * 86_400_000
  return isEnding
    ? { state: 'warning', code: 'mailboxes.try.ending', params: { untilAt: validTo } }
    : { state: 'good', code: 'mailboxes.try.encrypted', params: { untilAt: validTo } }
}

const mostNames = 20
const longestName = 80

/** The folders there are, in a line that can be read: a mailbox may have thousands. */
export function folderNames(paths: readonly string[]): { names: string; more: number } {
  const shown = paths
    .slice(0, mostNames)
    .map((path) => (path.length > longestName ? `${path.slice(0, longestName - 1)}…` : path))
  return { names: shown.join(', '), more: paths.length - shown.length }
}

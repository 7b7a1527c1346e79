import type { Mailbox } from '../../contract/mailboxes.ts'

export const secretNames = ['password', 'clientSecret', 'refreshToken'] as const

/** What a form about a mailbox holds of how it is reached. */
export const reachedStart = (m: Mailbox | null) => ({
  host: m?.connection?.host ?? '',
  port: m?.connection?.port ?? 993,
  encryption: m?.connection?.encryption ?? ('implicit' as const),
  checkCertificate: m?.connection?.checkCertificate ?? true,
  user: m?.connection?.user ?? '',
  signIn: m?.connection?.signIn ?? ('password' as const),
  tokenUrl: m?.connection?.tokenUrl ?? '',
  clientId: m?.connection?.clientId ?? '',
  scope: m?.connection?.scope ?? '',
  folders: m?.connection?.folders ?? ['INBOX'],
  password: '',
  clientSecret: '',
  refreshToken: '',
})
export type ReachedValues = ReturnType<typeof reachedStart>

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** Whether there is enough to connect with. */
export const canReach = (form: ReachedValues): boolean =>
  form.host.trim() !== '' && form.user.trim() !== '' && form.folders.length > 0

/** How the mailbox is reached, as the contract takes it; secrets that were left empty stay as they are. */
export function reachedSent(form: ReachedValues) {
  const secrets = Object.fromEntries(secretNames.flatMap((name) => (form[name] === '' ? [] : [[name, form[name]]])))
  return {
    connection: {
      host: form.host,
      port: form.port,
      encryption: form.encryption,
      checkCertificate: form.checkCertificate,
      user: form.user,
      signIn: form.signIn,
      tokenUrl: orNull(form.tokenUrl),
      clientId: orNull(form.clientId),
      scope: orNull(form.scope),
      folders: form.folders,
    },
    ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
  }
}

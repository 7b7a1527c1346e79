/** Sign-in, second factor and password, spoken straight to the sign-in library's routes. */
export class SignInError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'SignInError'
    this.status = status
    this.code = code
  }
}

async function post<T>(path: string, body: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch(`/api/auth${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json().catch(() => ({}))) as {
    code?: string
    message?: string
    error?: { code?: string; message?: string }
  } & T
  if (!response.ok)
    throw new SignInError(
      response.status,
      answer.error?.code ?? answer.code ?? 'unreachable',
      answer.error?.message ?? answer.message ?? '',
    )
  return answer
}

export const signIn = async (
  email: string,
  password: string,
  rememberMe: boolean,
): Promise<{ secondFactor: boolean }> => {
  const answer = await post<{ twoFactorRedirect?: boolean }>('/sign-in/email', { email, password, rememberMe })
  return { secondFactor: answer?.twoFactorRedirect === true }
}
export const verifyCode = async (code: string, trustDevice: boolean): Promise<void> => {
  await post('/two-factor/verify-totp', { code, trustDevice })
}
export const verifyBackupCode = async (code: string, trustDevice: boolean): Promise<void> => {
  await post('/two-factor/verify-backup-code', { code, trustDevice })
}
export const enableSecondFactor = async (password: string): Promise<{ totpURI: string; backupCodes: string[] }> =>
  await post('/two-factor/enable', { password })
export const disableSecondFactor = async (password: string): Promise<void> => {
  await post('/two-factor/disable', { password })
}
/** Ends the session; what pages kept of its answers on this device goes too. Scans that wait there stay: nobody else has them. */
export const signOut = async (): Promise<void> => {
  await post('/sign-out')
  if ('caches' in window) await caches.delete('linchpin-scan-page')
}
export const changePassword = async (currentPassword: string, newPassword: string): Promise<void> => {
  await post('/change-password', { currentPassword, newPassword, revokeOtherSessions: true })
}

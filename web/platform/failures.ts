import { ApiError, OfflineError } from './client.ts'
import { t } from './i18n.ts'

/** What went wrong, in words a person can act on. */
export function sentenceOf(error: unknown): string {
  if (error instanceof OfflineError) return t('error.offline')
  if (error instanceof ApiError && error.status === 401) return t('error.signedOut')
  if (error instanceof ApiError && error.status < 500) return error.message
  return t('error.unexpected')
}
export const requestIdOf = (error: unknown): string | null =>
  error instanceof ApiError && error.body.requestId !== '' ? error.body.requestId : null

import { notifications } from '@mantine/notifications'
import { ApiError, OfflineError } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'

/** What went wrong, in words a person can act on. */
export function sentenceOf(error: unknown): string {
  if (error instanceof OfflineError) return t('error.offline')
  if (error instanceof ApiError && error.status === 401) return t('error.signedOut')
  if (error instanceof ApiError && error.status < 500) return error.message
  return t('error.unexpected')
}
export const requestIdOf = (error: unknown): string | null =>
  error instanceof ApiError && error.body.requestId !== '' ? error.body.requestId : null

export const tellDone = (message: string): void => {
  notifications.show({ message, autoClose: 4000, withBorder: true })
}
export const tellFailed = (error: unknown): void => {
  const request = requestIdOf(error)
  notifications.show({
    title: sentenceOf(error),
    message: request === null ? t('error.kept') : t('error.keptRequest', { request }),
    color: 'orange',
    autoClose: 9000,
    withBorder: true,
  })
}

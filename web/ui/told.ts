import { notifications } from '@mantine/notifications'
import { requestIdOf, sentenceOf } from '../platform/failures.ts'
import { t } from '../platform/i18n.ts'

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

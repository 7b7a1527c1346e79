import type { Delivery, Webhook } from '../../contract/webhooks.ts'
import { t } from '../platform/i18n.ts'

export const stateWord = (state: Delivery['state']): string => t(`webhooks.state.${state}`)

/** How a webhook fares, in one line. */
export const standing = (hook: Webhook): string =>
  !hook.active
    ? t('webhooks.resting')
    : hook.givenUp > 0
      ? t('webhooks.givenUp', { n: hook.givenUp })
      : hook.waiting > 0
        ? t('webhooks.waiting', { n: hook.waiting })
        : t('webhooks.fine')

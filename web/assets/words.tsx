import type { AssetState, Money } from '../../contract/assets.ts'
import { t } from '../platform/i18n.ts'
import { money } from '../platform/moments.ts'

export const stateWord = (state: AssetState): string => t(`assets.state.${state}`)
export const moneyWords = (amount: Money | null): string | null =>
  amount === null ? null : money(amount.minor, amount.currency)

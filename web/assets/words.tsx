import type { AssetRow, AssetState } from '../../contract/assets.ts'
import type { Money } from '../../contract/money.ts'
import { t } from '../platform/i18n.ts'
import { money } from '../platform/moments.ts'
import classes from './words.module.css'

export const stateWord = (state: AssetState): string => t(`assets.state.${state}`)
export const moneyWords = (amount: Money | null): string | null =>
  amount === null ? null : money(amount.minor, amount.currency)

/** What it is, in a few words: maker and model, or the category. */
export const kindWords = (asset: Pick<AssetRow, 'manufacturer' | 'model' | 'category'>): string =>
  asset.model === null
    ? asset.category.name
    : [asset.manufacturer?.name, asset.model.name].filter((part) => part !== undefined).join(' ')

/** A state with a mark of its own: never the colour alone. */
export const StateMark = ({ state }: { state: AssetState }) => (
  <span className={classes['mark']} data-state={state}>
    <span className={classes['dot']} aria-hidden />
    {stateWord(state)}
  </span>
)

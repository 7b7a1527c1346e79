import type { Difference, DifferenceKind, Severity } from '../../contract/reconciliation.ts'
import { t } from '../platform/i18n.ts'
import classes from './words.module.css'

export const kindWord = (kind: DifferenceKind): string => t(`differences.kind.${kind}`)

/** How grave it is, with a mark of its own: never the colour alone. */
export const SeverityMark = ({ severity }: { severity: Severity }) => (
  <span className={classes['mark']} data-severity={severity}>
    <span className={classes['dot']} aria-hidden />
    {t(`differences.severity.${severity}`)}
  </span>
)

/** What it is about, in a few words. */
export const thingOf = (f: Pick<Difference, 'asset' | 'device'>): string =>
  f.asset === null
    ? f.device?.name || t('devices.nameless')
    : [f.asset.tag, f.asset.name].filter((word) => word !== '').join(' ')

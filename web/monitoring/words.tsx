import { type AlertStatus, alertWays, type AlertWay, severities, type Severity } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import classes from './words.module.css'

export const severityWord = (severity: Severity): string => t(`alerts.severity.${severity}`)
export const severityOptions = () => severities.map((value) => ({ value, label: severityWord(value) }))
export const wayWord = (way: AlertWay): string => t(`alertSources.way.${way}`)
export const wayOptions = () => alertWays.map((value) => ({ value, label: wayWord(value) }))

/** Whether it goes on and how bad it is, with a mark of its own: never the colour alone. */
export const AlertMark = ({
  status,
  severity,
  flapping = false,
}: {
  status: AlertStatus
  severity: Severity
  flapping?: boolean
}) => (
  <span className={classes['mark']} data-firing={status === 'firing'} data-severity={severity}>
    <span className={classes['dot']} aria-hidden />
    {status === 'firing' ? severityWord(severity) : t('alerts.over')}
    {flapping && <span className="soft">{t('alerts.flaps')}</span>}
  </span>
)

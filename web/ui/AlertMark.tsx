import type { AlertStatus, Severity } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import classes from './AlertMark.module.css'

export const severityWord = (severity: Severity): string => t(`alerts.severity.${severity}`)

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

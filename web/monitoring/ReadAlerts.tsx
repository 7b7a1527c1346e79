import type { ReadAlert } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { AlertMark } from '../ui/AlertMark.tsx'

/** What was read from a message: each alert in one line, and why the rest is none. */
export function ReadAlerts({ alerts, left }: { alerts: readonly ReadAlert[]; left: readonly string[] }) {
  return (
    <ul style={{ paddingLeft: 18, margin: '8px 0' }}>
      {alerts.map((alert, place) => (
        <li key={place}>
          <AlertMark status={alert.status} severity={alert.severity} /> <b>{alert.title}</b>{' '}
          {alert.host !== null && <span className="soft">{alert.host}</span>}
          {alert.text !== '' && <div className="soft">{alert.text}</div>}
        </li>
      ))}
      {left.map((why, place) => (
        <li key={`left-${place}`}>{why}</li>
      ))}
      {alerts.length + left.length === 0 && <li>{t('alertSources.nothingRead')}</li>}
    </ul>
  )
}

import { Link } from '@tanstack/react-router'
import { type AlertRow, alerts } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { AlertMark } from './AlertMark.tsx'
import { AskedPages } from './AskedPages.tsx'
import { Section } from './Facts.tsx'
import { Moment } from './Moment.tsx'
import classes from './CustodyLines.module.css'

const again = { every: 30_000 }

/** What monitoring says of a device, as a part of its page: first what goes on, then what was. Nothing where there is nothing, or the reader may not look. */
export const AlertLines = ({ asset }: { asset: string }) =>
  useMay(alerts.list.permission) ? <DeviceAlerts asset={asset} /> : null

function DeviceAlerts({ asset }: { asset: string }) {
  const firing = useAskPages(alerts.list, { asset, status: 'firing', limit: 20 }, again)
  const over = useAskPages(alerts.list, { asset, status: 'resolved', limit: 5 }, again)
  const isNothing = [firing, over].every((one) => one.data !== undefined && one.items.length === 0)
  // most devices have none: nothing is shown for them while that is asked, either
  const isAsking = [firing, over].some((one) => one.data === undefined && one.error === null)
  if (isNothing || isAsking) return null
  return (
    <Section title={t('alerts.section')}>
      {[firing, over].map((pages, at) => (
        <AskedPages key={at} of={pages} more={t(at === 0 ? 'alerts.moreNow' : 'alerts.moreOver')}>
          {(items) => (
            <ul className={classes['lines']}>
              {items.map((one) => (
                <AlertLine key={one.id} alert={one} />
              ))}
            </ul>
          )}
        </AskedPages>
      ))}
    </Section>
  )
}

/** One alert: what it says, of which source, since when, and the ticket it opened. */
export const AlertLine = ({ alert }: { alert: AlertRow }) => (
  <li data-over={alert.status === 'resolved'}>
    <AlertMark {...alert} /> <Link to={paths.alert(alert.id)}>{alert.title}</Link>{' '}
    <span className="soft">
      {alert.source.name} <Moment at={alert.statusSince} as="nearby" />
    </span>
    {alert.ticket !== null && (
      <>
        {' '}
        <Link to={paths.ticket(alert.ticket.reference)}>{alert.ticket.reference}</Link>
      </>
    )}
  </li>
)

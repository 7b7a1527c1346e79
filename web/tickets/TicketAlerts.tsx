import { alerts } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { AlertLine } from '../ui/AlertLines.tsx'
import lines from '../ui/CustodyLines.module.css'

/** The alerts that opened a ticket; nothing where there are none, or the reader may not look at monitoring. */
export function TicketAlerts({ ticket, className }: { ticket: string; className: string | undefined }) {
  const { items } = useAskPages(alerts.list, { ticket, limit: 20 }, { enabled: useMay(alerts.list.permission) })
  if (items.length === 0) return null
  return (
    <section className={className}>
      <h2>{t('alerts.section')}</h2>
      <ul className={lines['lines']}>
        {items.map((one) => (
          <AlertLine key={one.id} alert={{ ...one, ticket: null }} />
        ))}
      </ul>
    </section>
  )
}

import { majorIncidents } from '../../contract/major-incidents.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Moment } from '../ui/Moment.tsx'
import classes from './LiveIncidents.module.css'

/** Major incidents that go on, above everything else of the day. */
export function LiveIncidents() {
  const asked = useAsk(majorIncidents.live, {}, { every: 60_000 })
  const items = asked.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className={classes['live']} aria-label={t('incident.live')}>
      {items.map((one) => (
        <p key={one.id}>
          <b>{t('incident.title')}</b>{' '}
          <a href={one.ticket === null ? paths.portalIncident(one.id) : paths.ticket(one.ticket.reference)}>
            {one.headline}
          </a>
          {one.nextUpdateAt !== null && (
            <span className="soft">
              {' '}
              · {t('incident.next')} <Moment at={one.nextUpdateAt} />
            </span>
          )}
        </p>
      ))}
    </section>
  )
}

import { Link } from '@tanstack/react-router'
import { majorIncidents } from '../../contract/major-incidents.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { When } from './kit.tsx'

/** Major incidents that go on, before a reader asks about what is known already. */
export function LiveIncidents() {
  const asked = useAsk(majorIncidents.live, {}, { every: 60_000 })
  const items = asked.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section aria-label={t('portal.incidents')}>
      {items.map((one) => (
        <Link key={one.id} to={paths.portalIncident(one.id)} className="card incident">
          <b>{one.headline}</b>
          {one.latest !== null && (
            <span>
              {one.latest.words}{' '}
              <span className="label">
                <When at={one.latest.at} />
              </span>
            </span>
          )}
        </Link>
      ))}
    </section>
  )
}

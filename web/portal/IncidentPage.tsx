import { useParams } from '@tanstack/react-router'
import type { Answer } from '../../contract/action.ts'
import { majorIncidents } from '../../contract/major-incidents.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Asked, Sheet, When } from './kit.tsx'

/** What stakeholders are told of a major incident, the newest first. */
export default function IncidentPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(majorIncidents.read, { id })
  return (
    <Asked question={asked} title={t('portal.incident')}>
      {(incident) => <One incident={incident} />}
    </Asked>
  )
}

function One({ incident }: { incident: Answer<typeof majorIncidents.read> }) {
  return (
    <Sheet title={incident.headline} back={{ to: paths.portal, title: t('portal.title') }}>
      <p className="label">
        {incident.endedAt === null ? t('portal.incidentLive') : t('portal.incidentOver')}{' '}
        <When at={incident.endedAt ?? incident.declaredAt} />
        {incident.nextUpdateAt !== null && (
          <>
            {' · '}
            {t('portal.incidentNext')} <When at={incident.nextUpdateAt} />
          </>
        )}
      </p>
      {incident.affected !== '' && <p>{incident.affected}</p>}
      {incident.report !== '' && (
        <section className="card" aria-label={t('portal.incidentReport')}>
          <h2>{t('portal.incidentReport')}</h2>
          <p className="words">{incident.report}</p>
        </section>
      )}
      <section aria-label={t('portal.incidentTold')}>
        <h2>{t('portal.incidentTold')}</h2>
        {incident.updates.toReversed().map((update) => (
          <article key={update.id} className="note">
            <p className="label">
              <When at={update.at} /> · {update.by}
            </p>
            <div className="words">{update.words}</div>
          </article>
        ))}
      </section>
    </Sheet>
  )
}

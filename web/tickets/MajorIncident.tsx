import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { type MajorIncident as Incident, majorIncidents } from '../../contract/major-incidents.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { later } from '../ui/later.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ErrorView } from '../ui/StateViews.tsx'
import pageClasses from './TicketPage.module.css'

const IncidentDialog = later(async () => (await import('./IncidentDialog.tsx')).IncidentDialog)
const TellDialog = later(async () => (await import('./TellDialog.tsx')).TellDialog)

/** The major incidents of a ticket: what goes on with its people and the promise of the next update, and the way to declare one. */
export function MajorIncident({ ticket }: { ticket: Ticket }) {
  const may = useMay('reports.read')
  const asked = useAsk(majorIncidents.of, { id: ticket.id }, { enabled: may })
  const [declaring, declare] = useState(false)
  if (!may || (asked.data === undefined && asked.error === null)) return null
  const items = asked.data?.items ?? []
  const mayDeclare = asked.data?.refusals['declare'] === null
  if (asked.data !== undefined && items.length === 0 && !mayDeclare) return null
  return (
    <section className={pageClasses['section']}>
      <h2>
        {t('incident.title')}
        {mayDeclare && (
          <Button size="compact-xs" variant="subtle" onClick={() => declare(true)}>
            {t('incident.declare')}
          </Button>
        )}
      </h2>
      {asked.error !== null && <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
      {items.map((one) => (
        <One key={one.id} incident={one} />
      ))}
      {declaring && <IncidentDialog ticket={ticket} incident={null} onClose={() => declare(false)} />}
    </section>
  )
}

function One({ incident }: { incident: Incident }) {
  const [doing, set] = useState<'update' | 'end' | 'edit' | 'report' | null>(null)
  const close = (): void => set(null)
  const verbs = (['update', 'end', 'edit', 'report'] as const).filter((verb) => incident.refusals[verb] === null)
  const roles = [
    t('incident.leads', { name: incident.commander.name }),
    t('incident.informs', { name: incident.communications.name }),
    ...(incident.technical === null ? [] : [t('incident.works', { name: incident.technical.name })]),
  ]
  return (
    <div style={{ marginBottom: 10 }}>
      <a href={paths.portalIncident(incident.id)}>{incident.headline}</a>
      <div className="label">{roles.join(' · ')}</div>
      {incident.nextUpdateAt === null ? (
        <div className="label">
          {t('incident.over')} <Moment at={incident.endedAt ?? incident.declaredAt} />
          {incident.reportSentAt !== null && ` · ${t('incident.reportSent')}`}
        </div>
      ) : (
        <div>
          {t('incident.next')} <Moment at={incident.nextUpdateAt} />
        </div>
      )}
      <details>
        <summary className="label">{t('incident.told', { n: incident.updates.length })}</summary>
        <ol style={{ margin: '4px 0', paddingInlineStart: 20 }}>
          {incident.updates.map((update) => (
            <li key={update.id}>
              <span className="label">
                <Moment at={update.at} /> · {update.by}
                {update.kept === false && ` · ${t('incident.cameLate')}`}
              </span>
              <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{update.words}</div>
            </li>
          ))}
        </ol>
      </details>
      <Group gap={6} mt={4}>
        {verbs.map((verb, at) => (
          <Button key={verb} size="compact-xs" variant={at === 0 ? 'filled' : 'default'} onClick={() => set(verb)}>
            {t(`incident.verb.${verb}`)}
          </Button>
        ))}
      </Group>
      {doing === 'edit' && <IncidentDialog ticket={incident.ticket} incident={incident} onClose={close} />}
      {doing !== null && doing !== 'edit' && <TellDialog incident={incident} what={doing} onClose={close} />}
    </div>
  )
}

import { Group } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type AlertSource, alertSources } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { severityWord } from '../ui/AlertMark.tsx'
import { number, span } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { NewKeyDialog } from '../ui/NewKeyDialog.tsx'
import { Page } from '../ui/Page.tsx'
import { SourceDeliveries } from './SourceDeliveries.tsx'
import { SourceForm } from './SourceForm.tsx'
import { TryMessage } from './TryMessage.tsx'
import { wayWord } from './words.tsx'

const often = (seconds: number): string => (seconds === 0 ? t('alertSources.atOnce') : span(seconds))

/** One source of alerts: how it is read, what becomes of its alerts, and what it sent. */
export default function SourcePage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useAsk(alertSources.show, { id }, { every: 10_000 })
  const maySee = useMay('monitoring.manage')
  const [open, setOpen] = useState<'edit' | 'key' | 'try' | null>(null)
  const close = (): void => setOpen(null)
  const source = asked.data
  return (
    <Page
      title={source?.name ?? t('alertSource.title')}
      crumbs={[
        { title: t('alerts.title'), to: paths.alerts },
        { title: t('alertSources.title'), to: paths.alertSources },
      ]}
      shape="read"
      actions={
        source === undefined ? undefined : (
          <Group gap="xs">
            {source.way !== 'own' && (
              <>
                <ActionButton action={alertSources.explain} variant="default" onClick={() => setOpen('try')}>
                  {t('alertSources.try')}
                </ActionButton>
                <ActionButton action={alertSources.newKey} variant="default" onClick={() => setOpen('key')}>
                  {t('alertSources.newKey')}
                </ActionButton>
              </>
            )}
            <ActionButton action={alertSources.edit} onClick={() => setOpen('edit')}>
              {t('edit')}
            </ActionButton>
          </Group>
        )
      }
    >
      <Asked question={asked}>
        {(one) => (
          <div>
            <Whole source={one} />
            {maySee && one.way !== 'own' && (
              <Section title={t('alertSources.messages')}>
                <SourceDeliveries source={one.id} />
              </Section>
            )}
            {open === 'edit' && <SourceForm source={one} onClose={close} />}
            {open === 'key' && <NewKey source={one} onClose={close} />}
            {open === 'try' && <TryMessage source={one} onClose={close} />}
          </div>
        )}
      </Asked>
    </Page>
  )
}

const Whole = ({ source: s }: { source: AlertSource }) => (
  <Facts
    entries={[
      ...(s.way === 'own'
        ? []
        : ([
            [t('alertSources.address'), <code key="address">{t('alertSources.postTo', { slug: s.slug })}</code>],
            [t('alertSources.key'), s.keyPrefix === null ? t('alertSources.noKey') : `${s.keyPrefix}…`],
          ] as const)),
      [t('alertSources.format'), wayWord(s.way)],
      [t('alertSources.queue'), s.queue.name],
      [t('alertSources.opensFrom'), s.opensFrom === 'never' ? t('alertSources.never') : severityWord(s.opensFrom)],
      [t('alertSources.oneTicketFor'), t(`alertSources.for.${s.oneTicketFor}`)],
      [t('alertSources.opensAfter'), often(s.holdSeconds)],
      [t('alertSources.resolvesAfter'), s.resolves ? often(s.quietSeconds) : t('alertSources.people')],
      [t('alertSources.flapping'), t('alertSources.flapWords', { n: s.flapChanges, span: span(s.flapSeconds) })],
      [t('alertSources.firing'), number(s.firing)],
      [t('alertSources.standing'), t(s.active ? 'alertSources.taking' : 'alertSources.resting')],
    ]}
  />
)

function NewKey({ source, onClose }: { source: AlertSource; onClose: () => void }) {
  const act = useAct(alertSources.newKey)
  return (
    <NewKeyDialog
      title={t('alertSources.newKey')}
      verb={t('alertSources.newKeyVerb')}
      secret={act.data?.secret}
      label={t('alertSources.key')}
      once={t('alertSources.keyHelp', { address: `${location.origin}/api/v1/alerts/${source.slug}` })}
      act={act}
      onConfirm={() => act.mutate({ id: source.id })}
      onClose={onClose}
    >
      {t('alertSources.newKeyHelp')}
    </NewKeyDialog>
  )
}

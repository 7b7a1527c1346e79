import { Modal } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Alert, alerts } from '../../contract/monitoring.ts'
import { AssetField } from '../assets/AssetField.tsx'
import { t } from '../platform/i18n.ts'
import { AlertMark } from '../ui/AlertMark.tsx'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { History } from '../ui/History.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone } from '../ui/told.ts'

/** One alert: what is wrong, with what device, and what is done about it. */
export default function AlertPage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useAsk(alerts.show, { id }, { every: 10_000 })
  const history = useAskPages(alerts.history, { id, limit: 30 })
  const [linking, link] = useState(false)
  return (
    <Page
      title={asked.data?.title ?? t('alert.title')}
      crumbs={[{ title: t('alerts.title'), to: paths.alerts }]}
      shape="read"
      figure={asked.data === undefined ? undefined : <AlertMark {...asked.data} />}
      actions={
        asked.data === undefined ? undefined : (
          <ActionButton
            action={alerts.linkHost}
            refusals={asked.data.refusals}
            variant="default"
            onClick={() => link(true)}
          >
            {t('alert.link')}
          </ActionButton>
        )
      }
    >
      <Asked question={asked}>
        {(alert) => (
          <div>
            {alert.text !== '' && <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{alert.text}</p>}
            <Facts
              entries={[
                [
                  t('alerts.ticket'),
                  alert.ticket === null ? null : (
                    <Link key="ticket" to={paths.ticket(alert.ticket.reference)}>
                      {alert.ticket.reference}
                    </Link>
                  ),
                ],
                ...(alert.actAt === null
                  ? []
                  : [
                      [
                        t(alert.status === 'firing' ? 'alert.opensAt' : 'alert.resolvesAt'),
                        <Moment key="act" at={alert.actAt} />,
                      ] as const,
                    ]),
                [
                  t('alerts.device'),
                  alert.asset === null ? null : (
                    <Link key="asset" to={paths.asset(alert.asset.tag)}>
                      {[alert.asset.tag, alert.asset.name].filter(Boolean).join(' ')}
                    </Link>
                  ),
                ],
                [t('alert.host'), alert.host],
                [t('alerts.source'), alert.source.name],
                [t('alerts.since'), <Moment key="since" at={alert.statusSince} />],
                [t('alert.first'), <Moment key="first" at={alert.firstAt} />],
                [t('alert.last'), <Moment key="last" at={alert.lastAt} />],
                [t('alerts.times'), number(alert.times)],
                [
                  t('alert.there'),
                  alert.link === null ? null : (
                    <a key="link" href={alert.link} target="_blank" rel="noopener noreferrer">
                      {t('alert.open', { host: new URL(alert.link).host })}
                    </a>
                  ),
                ],
              ]}
            />
            {Object.keys(alert.labels).length > 0 && (
              <Section title={t('alert.labels')}>
                <Facts entries={Object.entries(alert.labels)} />
              </Section>
            )}
            <Section title={t('alert.history')}>
              <History of={history} />
            </Section>
            {linking && <LinkDialog alert={alert} onClose={() => link(false)} />}
          </div>
        )}
      </Asked>
    </Page>
  )
}

function LinkDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const [asset, setAsset] = useState<string | null>(alert.asset?.id ?? null)
  const act = useAct(alerts.linkHost, {
    onDone: () => {
      tellDone(t('alert.linked'))
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('alert.linkTitle', { host: alert.host ?? '' })}>
      <Form
        onSubmit={() => asset !== null && act.mutate({ id: alert.id, asset })}
        verb={t('alert.link')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={asset === null}
      >
        <AssetField
          label={t('alerts.device')}
          description={t('alert.linkHelp')}
          required
          error={fieldError(act.error, 'asset')}
          value={asset}
          chosen={alert.asset === null ? null : { id: alert.asset.id, name: `${alert.asset.tag} ${alert.asset.name}` }}
          onChange={setAsset}
        />
      </Form>
    </Modal>
  )
}

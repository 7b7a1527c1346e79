import { Modal } from '@mantine/core'
import { type Heartbeat, heartbeats } from '../../contract/heartbeats.ts'
import type { Severity } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { severityWord } from '../ui/AlertMark.tsx'
import { span } from '../platform/moments.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import type { Values } from '../ui/FieldEntry.tsx'
import { Moment } from '../ui/Moment.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { ShownOnce } from '../ui/ShownOnce.tsx'
import { WatchedPage } from './WatchedPage.tsx'
import { watchedFields } from './watched-fields.tsx'

/** What must report from time to time: a backup, a nightly job. */
export default function HeartbeatsPage() {
  const list = useAskPages(heartbeats.list, { limit: 100 }, { every: 10_000 })
  const removal = useAct(heartbeats.remove)
  const columns: Column<Heartbeat>[] = [
    {
      id: 'name',
      title: t('heartbeats.name'),
      width: 'grow',
      main: true,
      render: (row) => (
        <>
          <b style={{ fontWeight: 500 }}>{row.name}</b>{' '}
          {row.asset !== null && <span className="soft">{row.asset.tag}</span>}
        </>
      ),
    },
    {
      id: 'state',
      title: t('heartbeats.state'),
      width: 130,
      weight: 8,
      render: (row) => t(`heartbeats.state.${row.state}`),
    },
    { id: 'every', title: t('heartbeats.every'), width: 120, weight: 3, render: (row) => span(row.everySeconds) },
    { id: 'severity', title: t('alerts.severity'), width: 110, weight: 2, render: (row) => severityWord(row.severity) },
    {
      id: 'last',
      title: t('heartbeats.last'),
      width: 140,
      weight: 6,
      render: (row) =>
        row.lastAt === null ? (
          <span className="soft">{t('person.never')}</span>
        ) : (
          <Moment at={row.lastAt} as="nearby" />
        ),
    },
  ]
  return (
    <WatchedPage
      tab="heartbeats"
      list={list}
      columns={columns}
      actions={heartbeats}
      words={{
        title: t('heartbeats.title'),
        add: t('heartbeats.add'),
        empty: t('heartbeats.empty'),
        emptyHelp: t('heartbeats.emptyHelp'),
        removeTitle: (name) => t('heartbeats.removeTitle', { name }),
      }}
      removal={removal}
      actsWidth={170}
      form={(record, close) => <HeartbeatForm heartbeat={record} onClose={close} />}
    />
  )
}

function HeartbeatForm({ heartbeat, onClose }: { heartbeat: Heartbeat | null; onClose: () => void }) {
  const create = useAct(heartbeats.create)
  const edit = useAct(heartbeats.edit, { onDone: onClose })
  const act = heartbeat === null ? create : edit
  const title = t(heartbeat === null ? 'heartbeats.add' : 'heartbeats.change')
  function submit(values: Values, version: number | undefined): void {
    const given = {
      name: values['name'] as string,
      severity: values['severity'] as Severity,
      asset: (values['asset'] as string | null) ?? null,
      everySeconds: Math.round(((values['every'] as number | null) ?? 0) * 60),
      graceSeconds: Math.round(((values['grace'] as number | null) ?? 0) * 60),
      active: values['active'] === true,
    }
    if (heartbeat === null) create.mutate(given)
    else edit.mutate({ id: heartbeat.id, version, ...given })
  }
  if (create.data !== undefined)
    return (
      <Modal opened onClose={onClose} title={title} size="xl">
        <ShownOnce value={create.data.secret} label={t('heartbeats.address')} onClose={onClose}>
          {t('heartbeats.addressHelp')}
        </ShownOnce>
      </Modal>
    )
  return (
    <RecordForm
      title={title}
      verb={t(heartbeat === null ? 'heartbeats.add' : 'save')}
      fields={[
        { type: 'line', name: 'name', label: t('heartbeats.name'), help: t('heartbeats.nameHelp'), required: true },
        { type: 'number', name: 'every', label: t('heartbeats.everyMinutes'), required: true },
        { type: 'number', name: 'grace', label: t('heartbeats.grace'), help: t('heartbeats.graceHelp') },
        ...watchedFields(heartbeat?.asset ?? null),
      ]}
      start={{
        name: heartbeat?.name ?? '',
        every: (heartbeat?.everySeconds ?? 86_400) / 60,
        grace: (heartbeat?.graceSeconds ?? 3600) / 60,
        severity: heartbeat?.severity ?? 'error',
        asset: heartbeat?.asset?.id ?? null,
        active: heartbeat?.active ?? true,
      }}
      version={heartbeat?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}

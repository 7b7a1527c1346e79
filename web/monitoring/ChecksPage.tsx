import type { Severity } from '../../contract/monitoring.ts'
import { type ServiceCheck, serviceChecks } from '../../contract/service-checks.ts'
import { t } from '../platform/i18n.ts'
import { span } from '../platform/moments.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import type { Values } from '../ui/FieldEntry.tsx'
import { Moment } from '../ui/Moment.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { WatchedPage } from './WatchedPage.tsx'
import { watchedFields } from './watched-fields.tsx'

const kinds = ['http', 'tcp', 'certificate'] as const

/** What Linchpin checks itself: addresses, ports, certificates. */
export default function ChecksPage() {
  const list = useAskPages(serviceChecks.list, { limit: 100 }, { every: 10_000 })
  const removal = useAct(serviceChecks.remove)
  const now = useAct(serviceChecks.now, { onDone: () => tellDone(t('checks.asked')) })
  const columns: Column<ServiceCheck>[] = [
    {
      id: 'name',
      title: t('checks.name'),
      width: 240,
      main: true,
      render: (row) => (
        <>
          <b style={{ fontWeight: 500 }}>{row.name}</b> <span className="soft">{row.target}</span>
        </>
      ),
    },
    { id: 'kind', title: t('checks.kind'), width: 120, weight: 2, render: (row) => t(`checks.kind.${row.kind}`) },
    {
      id: 'result',
      title: t('checks.result'),
      width: 'grow',
      render: (row) =>
        !row.active ? (
          <span className="soft">{t('checks.resting')}</span>
        ) : row.result === null ? (
          <span className="soft">{t('checks.notYet')}</span>
        ) : (
          <>
            <b style={{ fontWeight: 500 }}>{t(row.result.ok ? 'checks.well' : 'checks.fails')}</b> {row.result.words}
          </>
        ),
    },
    { id: 'every', title: t('heartbeats.every'), width: 110, weight: 1, render: (row) => span(row.everySeconds) },
    {
      id: 'at',
      title: t('checks.at'),
      width: 120,
      weight: 3,
      render: (row) =>
        row.checkedAt === null ? (
          <span className="soft">{t('person.never')}</span>
        ) : (
          <Moment at={row.checkedAt} as="nearby" />
        ),
    },
  ]
  return (
    <WatchedPage
      tab="checks"
      list={list}
      columns={columns}
      actions={serviceChecks}
      words={{
        title: t('checks.title'),
        add: t('checks.add'),
        empty: t('checks.empty'),
        emptyHelp: t('checks.emptyHelp'),
        removeTitle: (name) => t('checks.removeTitle', { name }),
      }}
      removal={removal}
      actsWidth={250}
      moreActs={(row) => (
        <ActionButton
          action={serviceChecks.now}
          refusals={row.refusals}
          size="compact-xs"
          variant="default"
          onClick={() => now.mutate({ id: row.id }, { onError: tellFailed })}
        >
          {t('checks.now')}
          <span className="unseen"> {row.name}</span>
        </ActionButton>
      )}
      form={(record, close) => <CheckForm check={record} onClose={close} />}
    />
  )
}

function CheckForm({ check, onClose }: { check: ServiceCheck | null; onClose: () => void }) {
  const create = useAct(serviceChecks.create, { onDone: onClose })
  const edit = useAct(serviceChecks.edit, { onDone: onClose })
  const act = check === null ? create : edit
  function submit(values: Values, version: number | undefined): void {
    const given = {
      name: values['name'] as string,
      kind: values['kind'] as ServiceCheck['kind'],
      target: values['target'] as string,
      everySeconds: Math.round(((values['every'] as number | null) ?? 5) * 60),
      timeoutSeconds: (values['timeout'] as number | null) ?? 10,
      failuresNeeded: (values['failures'] as number | null) ?? 1,
      expectedText: (values['expected'] as string | null | undefined) ?? null,
      warnDays: (values['warnDays'] as number | null | undefined) ?? null,
      severity: values['severity'] as Severity,
      asset: (values['asset'] as string | null) ?? null,
      active: values['active'] === true,
    }
    if (check === null) create.mutate(given)
    else edit.mutate({ id: check.id, version, ...given })
  }
  return (
    <RecordForm
      title={t(check === null ? 'checks.add' : 'checks.change')}
      verb={t(check === null ? 'checks.add' : 'save')}
      fields={[
        { type: 'line', name: 'name', label: t('checks.name'), required: true },
        {
          type: 'choose',
          name: 'kind',
          label: t('checks.kind'),
          options: kinds.map((value) => ({ value, label: t(`checks.kind.${value}`) })),
          required: true,
        },
        { type: 'line', name: 'target', label: t('checks.target'), help: t('checks.targetHelp'), required: true },
        {
          type: 'line',
          name: 'expected',
          label: t('checks.expected'),
          help: t('checks.expectedHelp'),
          off: (values) => values['kind'] !== 'http',
        },
        {
          type: 'number',
          name: 'warnDays',
          label: t('checks.warnDays'),
          off: (values) => values['kind'] !== 'certificate',
        },
        { type: 'number', name: 'every', label: t('checks.everyMinutes'), required: true },
        { type: 'number', name: 'timeout', label: t('checks.timeout'), required: true },
        {
          type: 'number',
          name: 'failures',
          label: t('checks.failures'),
          help: t('checks.failuresHelp'),
          required: true,
        },
        ...watchedFields(check?.asset ?? null),
      ]}
      start={{
        name: check?.name ?? '',
        kind: check?.kind ?? 'http',
        target: check?.target ?? '',
        expected: check?.expectedText ?? '',
        warnDays: check?.warnDays ?? 21,
        every: (check?.everySeconds ?? 300) / 60,
        timeout: check?.timeoutSeconds ?? 10,
        failures: check?.failuresNeeded ?? 2,
        severity: check?.severity ?? 'error',
        asset: check?.asset?.id ?? null,
        active: check?.active ?? true,
      }}
      version={check?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}

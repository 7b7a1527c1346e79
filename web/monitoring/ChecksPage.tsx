import { Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Severity } from '../../contract/monitoring.ts'
import { type ServiceCheck, serviceChecks } from '../../contract/service-checks.ts'
import { t } from '../platform/i18n.ts'
import { span } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import type { Values } from '../ui/FieldEntry.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { MonitoringTabs } from './tabs.tsx'
import { watchedFields } from './watched-fields.tsx'

const kinds = ['http', 'tcp', 'certificate'] as const

/** What Linchpin checks itself: addresses, ports, certificates. */
export default function ChecksPage() {
  const list = useAskPages(serviceChecks.list, { limit: 100 })
  const [open, setOpen] = useState<ServiceCheck | 'new' | null>(null)
  const [removing, remove] = useState<ServiceCheck | null>(null)
  const gone = useAct(serviceChecks.remove, { onDone: () => remove(null) })
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
    {
      id: 'acts',
      title: t('heartbeats.acts'),
      bare: true,
      width: 250,
      weight: 7,
      render: (row) => (
        <Group gap={4} wrap="nowrap">
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
          <ActionButton action={serviceChecks.edit} size="compact-xs" variant="default" onClick={() => setOpen(row)}>
            {t('edit')}
            <span className="unseen"> {row.name}</span>
          </ActionButton>
          <ActionButton action={serviceChecks.remove} size="compact-xs" variant="default" onClick={() => remove(row)}>
            {t('heartbeats.remove')}
            <span className="unseen"> {row.name}</span>
          </ActionButton>
        </Group>
      ),
    },
  ]
  const button = (
    <ActionButton
      action={serviceChecks.create}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => setOpen('new')}
    >
      {t('checks.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('checks.title')}
        crumbs={[{ title: t('alerts.title'), to: paths.alerts }]}
        tabs={<MonitoringTabs current="checks" />}
        list={list}
        columns={columns}
        actions={button}
        empty={{ title: t('checks.empty'), help: t('checks.emptyHelp'), action: button }}
      />
      {open !== null && <CheckForm check={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      {removing !== null && (
        <ConfirmAct
          opened
          title={t('checks.removeTitle', { name: removing.name })}
          verb={t('heartbeats.remove')}
          busy={gone.isPending}
          error={gone.error}
          onConfirm={() => gone.mutate({ id: removing.id })}
          onClose={() => remove(null)}
        >
          {t('heartbeats.removeHelp')}
        </ConfirmAct>
      )}
    </>
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

import { Group } from '@mantine/core'
import { useState } from 'react'
import { type SnmpScan, snmpScans } from '../../contract/snmp-scans.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { ScanDialog } from './ScanDialog.tsx'
import { DiscoveryTabs } from './tabs.tsx'

/** Networks that Linchpin itself looks through by SNMP. */
export default function ScansPage() {
  const list = useAskPages(snmpScans.list, { limit: 100 })
  const [adding, add] = useState(false)
  const [removing, remove] = useState<SnmpScan | null>(null)
  const start = useAct(snmpScans.start, { onDone: () => tellDone(t('scans.started')) })
  const removed = useAct(snmpScans.remove, { onDone: () => remove(null) })
  const columns: Column<SnmpScan>[] = [
    {
      id: 'name',
      title: t('scans.name'),
      width: 'grow',
      main: true,
      render: (row) => (
        <>
          <b style={{ fontWeight: 500 }}>{row.name}</b> <span className="soft">{row.networks}</span>
        </>
      ),
    },
    { id: 'protocol', title: t('scans.protocol'), width: 110, render: (row) => t(`scans.protocol.${row.protocol}`) },
    {
      id: 'every',
      title: t('scans.every'),
      width: 130,
      render: (row) => (row.everyHours === null ? t('scans.onlyAsked') : t('scans.everyHours', { n: row.everyHours })),
    },
    {
      id: 'last',
      title: t('scans.last'),
      width: 260,
      render: (row) =>
        row.finishedAt === null ? (
          <span className="soft">{t(row.startedAt === null ? 'scans.never' : 'scans.running')}</span>
        ) : (
          <span>
            {t('scans.found', { found: number(row.found ?? 0), asked: number(row.asked ?? 0) })}{' '}
            <span className="soft">
              <Moment at={row.finishedAt} as="nearby" />
            </span>
          </span>
        ),
    },
    {
      id: 'acts',
      title: t('scans.acts'),
      bare: true,
      width: 190,
      render: (row) => (
        <Group gap={6} wrap="nowrap">
          <ActionButton
            action={snmpScans.start}
            size="compact-xs"
            variant="default"
            onClick={() => start.mutate({ id: row.id }, { onError: tellFailed })}
          >
            {t('scans.start')}
            <span className="unseen"> {row.name}</span>
          </ActionButton>
          <ActionButton action={snmpScans.remove} size="compact-xs" variant="default" onClick={() => remove(row)}>
            {t('scans.remove')}
            <span className="unseen"> {row.name}</span>
          </ActionButton>
        </Group>
      ),
    },
  ]
  const button = (
    <ActionButton action={snmpScans.create} onClick={() => add(true)}>
      {t('scans.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('scans.title')}
        tabs={<DiscoveryTabs current="scans" />}
        list={list}
        columns={columns}
        actions={button}
        empty={{ title: t('scans.empty'), help: t('scans.emptyHelp'), action: button }}
      />
      {adding && <ScanDialog onClose={() => add(false)} />}
      {removing !== null && (
        <ConfirmAct
          opened
          title={t('scans.removeTitle', { name: removing.name })}
          verb={t('scans.remove')}
          busy={removed.isPending}
          error={removed.error}
          onConfirm={() => removed.mutate({ id: removing.id })}
          onClose={() => remove(null)}
        >
          {t('scans.removeHelp')}
        </ConfirmAct>
      )}
    </>
  )
}

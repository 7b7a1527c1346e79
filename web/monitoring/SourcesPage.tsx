import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type AlertSource, alertSources } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { SourceForm } from './SourceForm.tsx'
import { MonitoringTabs } from './tabs.tsx'
import { wayWord } from './words.tsx'

const columns = (): Column<AlertSource>[] => [
  {
    id: 'name',
    title: t('alertSources.name'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.name}</b>{' '}
        {!row.active && <span className="soft">{t('alertSources.resting')}</span>}
      </>
    ),
  },
  { id: 'way', title: t('alertSources.format'), width: 200, weight: 4, render: (row) => wayWord(row.way) },
  { id: 'queue', title: t('alertSources.queue'), width: 170, weight: 3, render: (row) => row.queue.name },
  {
    id: 'firing',
    title: t('alertSources.firing'),
    width: 100,
    align: 'right',
    weight: 6,
    render: (row) => number(row.firing),
  },
  {
    id: 'failed',
    title: t('alertSources.failed'),
    width: 120,
    align: 'right',
    weight: 5,
    render: (row) => (row.failed === 0 ? <span className="soft">–</span> : number(row.failed)),
  },
  {
    id: 'last',
    title: t('alertSources.last'),
    width: 140,
    weight: 2,
    render: (row) =>
      row.lastReceivedAt === null ? (
        <span className="soft">{t('person.never')}</span>
      ) : (
        <Moment at={row.lastReceivedAt} as="nearby" />
      ),
  },
]

/** Where alerts come from. */
export default function SourcesPage() {
  const list = useAskPages(alertSources.list, { limit: 100 })
  const [adding, add] = useState(false)
  const button = (
    <ActionButton
      action={alertSources.create}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => add(true)}
    >
      {t('alertSources.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('alertSources.title')}
        crumbs={[{ title: t('alerts.title'), to: paths.alerts }]}
        tabs={<MonitoringTabs current="sources" />}
        list={list}
        columns={columns()}
        addressOf={(row) => paths.alertSource(row.id)}
        actions={button}
        empty={{ title: t('alertSources.empty'), help: t('alertSources.emptyHelp'), action: button }}
      />
      {adding && <SourceForm source={null} onClose={() => add(false)} />}
    </>
  )
}

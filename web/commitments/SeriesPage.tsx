import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { commitmentSeries, type Series } from '../../contract/commitment-series.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { Named } from '../ui/Initials.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { later } from '../ui/later.tsx'
import { CommitmentTabs } from './tabs.tsx'

const SeriesDialog = later(async () => (await import('./SeriesDialog.tsx')).SeriesDialog)

/** What is promised again and again, and how it went. */
export default function SeriesPage() {
  const list = useAskPages(commitmentSeries.list, { limit: 100 })
  const [chosen, choose] = useState<Series | 'new' | null>(null)
  const columns: Column<Series>[] = [
    {
      id: 'title',
      title: t('byHand.title'),
      width: 'grow',
      main: true,
      render: (row) => (
        <>
          <b style={{ fontWeight: 500 }}>{row.title}</b> <span className="soft">{row.about?.reference}</span>
        </>
      ),
    },
    { id: 'rule', title: t('series.rule'), width: 230, weight: 0.5, render: (row) => <code>{row.rule}</code> },
    {
      id: 'next',
      title: t('series.next'),
      width: 130,
      weight: 3,
      render: (row) =>
        !row.active ? (
          <span className="soft">{t('series.off')}</span>
        ) : row.nextOn === null ? (
          <span className="soft">{t('series.over')}</span>
        ) : (
          plainDay(row.nextOn)
        ),
    },
    { id: 'owner', title: t('byHand.owner'), width: 160, render: (row) => <Named name={row.owner.name} /> },
    {
      id: 'record',
      title: t('series.record'),
      width: 170,
      weight: 2,
      render: (row) => t('series.recordOf', { kept: row.kept, missed: row.missed, open: row.open }),
    },
    {
      id: 'edit',
      title: t('edit'),
      width: 80,
      bare: true,
      weight: 4,
      render: (row) => (
        <ActionButton
          action={commitmentSeries.edit}
          refusals={row.refusals}
          size="compact-xs"
          variant="default"
          onClick={() => choose(row)}
        >
          {t('edit')}
          <span className="unseen"> {row.title}</span>
        </ActionButton>
      ),
    },
  ]
  const button = (
    <ActionButton
      action={commitmentSeries.create}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => choose('new')}
    >
      {t('series.make')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('series.title')}
        tabs={<CommitmentTabs current="series" />}
        list={list}
        columns={columns}
        actions={button}
        empty={{ title: t('series.empty'), help: t('series.emptyHelp'), action: button }}
      />
      {chosen !== null && <SeriesDialog series={chosen === 'new' ? null : chosen} onClose={() => choose(null)} />}
    </>
  )
}

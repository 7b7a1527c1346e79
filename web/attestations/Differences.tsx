import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Attestation, attestations, type AttestedItem } from '../../contract/attestations.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { DataTable } from '../ui/DataTable.tsx'
import classes from '../ui/FilteredList.module.css'
import { later } from '../ui/later.tsx'
import { EmptyView, ErrorView, Loading } from '../ui/StateViews.tsx'
import { useSelected } from '../ui/use-selected.ts'

const SettleDialog = later(async () => (await import('./SettleDialog.tsx')).SettleDialog)

/** What people say they do not have, and what they miss in their list: nothing of it is believed until somebody settles it. */
export function Differences({ campaign }: { campaign: Attestation }) {
  const list = useAskPages(attestations.differences, { id: campaign.id, limit: 100 })
  const [settling, settle] = useState<readonly AttestedItem[] | null>(null)
  const { selected, select, setSelected } = useSelected(list.items)
  const keeps = campaign.refusals['settle'] === null
  const columns: Column<AttestedItem>[] = [
    {
      id: 'thing',
      title: t('attestation.thing'),
      width: 'grow',
      main: true,
      render: (row) =>
        row.asset === null ? (
          row.note
        ) : (
          <Link to={paths.asset(row.asset.tag)} style={{ color: 'inherit', textDecoration: 'none' }}>
            <b style={{ fontWeight: 500 }}>{row.asset.tag}</b> <span className="soft">{row.asset.name}</span>
          </Link>
        ),
    },
    { id: 'person', title: t('attestation.person'), width: 190, weight: 2, render: (row) => row.person.name },
    {
      id: 'says',
      title: t('attestation.says'),
      width: 170,
      weight: 2,
      render: (row) => (row.answer === null ? null : t(`attestation.says.${row.answer}`)),
    },
    {
      id: 'note',
      title: t('attestation.note'),
      width: 260,
      render: (row) => (
        <span>
          {row.answer === 'gap' ? '' : row.note}
          {row.forThem && <span className="soft"> {t('attestation.doneBy', { name: row.answeredBy ?? '' })}</span>}
        </span>
      ),
    },
    {
      id: 'settled',
      title: t('attestation.settled'),
      width: 170,
      weight: 3,
      render: (row) =>
        row.remedy !== null ? (
          <span title={row.reason}>{t(`attestation.did.${row.remedy}`)}</span>
        ) : keeps ? (
          <Button size="compact-xs" variant="default" onClick={() => settle([row])}>
            {t('attestation.settle')}
            <span className="unseen"> {row.asset?.tag ?? row.note}</span>
          </Button>
        ) : null,
    },
  ]
  return (
    <div className={classes['list']}>
      {list.data === undefined && list.error !== null ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Loading rows={10} />
      ) : list.items.length === 0 ? (
        <EmptyView title={t('attestation.differences.empty')}>{t('attestation.differences.emptyHelp')}</EmptyView>
      ) : (
        <DataTable
          label={t('attestation.tab.differences')}
          rows={list.items}
          rowId={(row) => row.id}
          columns={columns}
          {...(keeps ? { selected, onSelect: select } : {})}
          more={list.hasNextPage && !list.isFetchingNextPage}
          onEnd={() => void list.fetchNextPage()}
        />
      )}
      {selected.size > 0 && (
        <div className={classes['bar']} role="toolbar" aria-label={t('selection.label')}>
          <span className="figures">{t('selection.count', { n: selected.size })}</span>
          <Button variant="default" onClick={() => settle(list.items.filter((row) => selected.has(row.id)))}>
            {t('attestation.settle')}
          </Button>
        </div>
      )}
      {settling !== null && (
        <SettleDialog
          campaign={campaign}
          items={settling}
          onClose={() => settle(null)}
          onDone={() => {
            settle(null)
            setSelected(new Set())
          }}
        />
      )}
    </div>
  )
}

import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type AssetRow, assets } from '../../contract/assets.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { count } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { columnsShown } from '../ui/ColumnChooser.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { later } from '../ui/later.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView, ErrorView, Loading, NoMatchView } from '../ui/StateViews.tsx'
import { AssetFilters } from './AssetFilters.tsx'
import classes from '../ui/FilteredList.module.css'
import { useSelected } from '../ui/use-selected.ts'
import { assetColumns } from './columns.tsx'
import { filterOf, filtersOn, noFilters } from './filters.ts'

const AssetForm = later(async () => (await import('./AssetForm.tsx')).AssetForm)
const BulkEdit = later(async () => (await import('./BulkEdit.tsx')).BulkEdit)

const addressOf = (row: AssetRow): string => paths.asset(row.tag)
const rowId = (row: AssetRow): string => row.id

/** The register: one list, every filter in the address, a selection that can be changed at once. */
export default function AssetsPage() {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const writer = useMay('assets.write')
  const filter = useMemo(() => filterOf(address), [address])
  const list = useAskPages(assets.list, { ...filter, limit: 100, count: 'capped' })
  const [current, setCurrent] = useState<string | null>(null)
  const [open, setOpen] = useState<'register' | 'bulk' | null>(null)
  const columns = useMemo(() => assetColumns(), [])
  const rows = list.items
  const { selected, select, setSelected } = useSelected(rows)
  useKeys(t('assets.title'), [
    { keys: '/', label: t('keys.search'), run: () => document.getElementById('asset-search')?.focus() },
    { keys: 'n', label: t('assets.register'), run: () => setOpen('register'), off: !writer },
    { keys: 'e', label: t('assets.bulk'), run: () => setOpen('bulk'), off: !writer || selected.size === 0 },
    { keys: 'escape', label: t('queue.clearSelection'), run: () => setSelected(new Set()), off: selected.size === 0 },
  ])
  const button = (
    <ActionButton
      action={assets.register}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => setOpen('register')}
    >
      {t('assets.register')}
    </ActionButton>
  )
  const chosen = rows.filter((row) => selected.has(row.id))
  return (
    <Page
      title={t('assets.title')}
      figure={list.total === undefined ? undefined : t('assets.figure', { n: count(list.total, list.totalCapped) })}
      shape="fill"
      actions={button}
      tabs={<AssetFilters address={address} change={change} columns={columns} />}
    >
      <div className={classes['list']}>
        {list.data === undefined && list.error !== null ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : list.data === undefined ? (
          <Loading rows={16} />
        ) : rows.length === 0 && filtersOn(address).length > 0 ? (
          <NoMatchView onClear={() => change(noFilters)} />
        ) : rows.length === 0 ? (
          <EmptyView title={t('assets.empty')} actions={button}>
            {t('assets.emptyHelp')}
          </EmptyView>
        ) : (
          <DataTable
            label={t('assets.title')}
            rows={rows}
            rowId={rowId}
            columns={columnsShown(columns, address['columns'])}
            addressOf={addressOf}
            onOpen={(row) => void navigate({ to: addressOf(row) })}
            current={current}
            onCurrent={setCurrent}
            {...(writer ? { selected, onSelect: select } : {})}
            sort={filter.sort ?? 'tag'}
            onSort={(sort) => change({ sort })}
            more={list.hasNextPage && !list.isFetchingNextPage}
            onEnd={() => void list.fetchNextPage()}
          />
        )}
        {selected.size > 0 && (
          <div className={classes['bar']} role="toolbar" aria-label={t('selection.label')}>
            <span className="figures">{t('selection.count', { n: selected.size })}</span>
            <Button variant="default" onClick={() => setOpen('bulk')}>
              {t('assets.bulk')}
            </Button>
            <Button
              variant="default"
              component={Link}
              to={paths.custodyDesk({ do: 'out', assets: chosen.map((row) => row.tag).join(',') })}
            >
              {t('desk.out')}
            </Button>
            <Button variant="default" component={Link} to={paths.labels(chosen.map((row) => row.tag))}>
              {t('labels.page')}
            </Button>
            <ActionIcon aria-label={t('queue.clearSelection')} onClick={() => setSelected(new Set())}>
              <IconX size={15} />
            </ActionIcon>
          </div>
        )}
      </div>
      {open === 'register' && <AssetForm asset={null} onClose={() => setOpen(null)} />}
      {open === 'bulk' && (
        <BulkEdit
          chosen={chosen}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null)
            setSelected(new Set())
          }}
        />
      )}
    </Page>
  )
}

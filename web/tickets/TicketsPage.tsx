import { Button, Kbd } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { queues } from '../../contract/queues.ts'
import { tickets, type TicketRow } from '../../contract/tickets.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { changesSeen, useChanged } from '../platform/live.ts'
import { count } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ChangedChip } from '../ui/ChangedChip.tsx'
import { columnsShown } from '../ui/ColumnChooser.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { later } from '../ui/later.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView, ErrorView, Loading, NoMatchView } from '../ui/StateViews.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { useTicketActs } from './acts.tsx'
import { ticketColumns } from './columns.tsx'
import type { Voice } from './Composer.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { TicketFilters } from './TicketFilters.tsx'
import classes from '../ui/FilteredList.module.css'
import { useSelected } from '../ui/use-selected.ts'
import { filterOf, filtersOn, justTheView, keptFilter, noFilters, titleOf } from './views.ts'
import { useTicketViews } from './use-ticket-views.ts'
import { TabCount } from './TabCount.tsx'
import { ViewMenu } from '../saved-views/ViewMenu.tsx'

const BulkDialog = later(async () => (await import('./BulkDialog.tsx')).BulkDialog)
const TicketPeek = later(async () => (await import('./TicketPeek.tsx')).TicketPeek)

const addressOf = (row: TicketRow): string => paths.ticket(row.reference)
const rowId = (row: TicketRow): string => row.id

/** The queue: one list, views as tabs, every act by key. */
export default function TicketsPage() {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const worker = useMay('tickets.work')
  const { views, view, state, opensWith } = useTicketViews(address['view'])
  const filter = useMemo(() => filterOf(view, address), [view, address])
  const list = useAskPages(tickets.list, { ...filter, limit: 100, count: 'capped' }, { enabled: state === 'known' })
  const known = useAsk(queues.list, { active: true })
  const changed = useChanged()
  const columns = useMemo(() => ticketColumns(), [])
  const chosenColumns = address['columns'] ?? view.saved?.columns ?? undefined
  const [current, setCurrent] = useState<string | null>(address['at'] ?? null)
  const [bulk, setBulk] = useState<'chosen' | 'all' | null>(null)
  const [voice, setVoice] = useState<Voice | null>(null)
  const rows = list.items
  const { selected, select, setSelected } = useSelected(rows)
  const at = rows.findIndex((row) => row.id === current)
  const present = rows[at]
  const peek = address['peek']
  const chosen = selected.size > 0 ? rows.filter((row) => selected.has(row.id)) : present === undefined ? [] : [present]
  const acts = useTicketActs(() => {
    setSelected(new Set())
    const next = rows[at + 1]
    if (selected.size === 0 && next !== undefined && peek === undefined) setCurrent(next.id)
  })

  const open = useCallback(
    (row: TicketRow) => {
      change({ at: row.id })
      void navigate({ to: addressOf(row) })
    },
    [change, navigate],
  )
  const show = (row: TicketRow | undefined, speak: Voice | null = null): void => {
    if (row === undefined) return
    setVoice(speak)
    change({ peek: speak === null && peek === row.reference ? undefined : row.reference })
  }
  const move = (id: string): void => {
    setCurrent(id)
    const row = rows.find((r) => r.id === id)
    if (peek !== undefined && row !== undefined && row.reference !== peek) {
      setVoice(null)
      change({ peek: row.reference })
    }
  }
  const refresh = (): void => {
    changesSeen()
    void list.refetch()
  }
  const off = !worker
  useKeys(t('keys.tickets'), [
    { keys: 'a', label: t('assign.title'), run: () => acts.open('assign', chosen), off },
    { keys: 'i', label: t('assign.me'), run: () => void acts.assignToMe(chosen), off },
    { keys: 's', label: t('stateChoice.title'), run: () => acts.open('state', chosen), off },
    { keys: 'p', label: t('priorityChoice.title'), run: () => acts.open('priority', chosen), off },
    { keys: 'e', label: t('resolve.verb'), run: () => acts.open('resolve', chosen), off },
    {
      keys: 'b',
      label: t('bulkEdit.key'),
      run: () => setBulk(selected.size > 0 ? 'chosen' : 'all'),
      off: off || rows.length === 0,
    },
    { keys: 'r', label: t('composer.reply'), run: () => show(present, 'reply') },
    { keys: 'n', label: t('composer.note'), run: () => show(present, 'note'), off },
    { keys: '/', label: t('keys.search'), run: () => document.getElementById('queue-search')?.focus() },
    { keys: 'escape', label: t('queue.clearSelection'), run: () => setSelected(new Set()), off: selected.size === 0 },
  ])

  const filtered = filtersOn(address)
  const queue = known.data?.items.find((q) => q.id === address['queue'] || q.name === address['queue'])
  const title = state === 'gone' ? t('queue.title') : (queue?.name ?? titleOf(view))
  const relevant = [...changed.keys()].filter((id) => rows.some((row) => row.id === id)).length
  const found = list.total === undefined ? undefined : count(list.total, list.totalCapped)
  const figure = found === undefined ? undefined : t('queue.figure', { n: found })
  return (
    <Page
      title={title}
      crumbs={[{ title: t('queue.title'), to: paths.tickets }]}
      figure={figure}
      shape="fill"
      actions={
        <>
          <ChangedChip here={relevant} elsewhere={changed.size - relevant} onShow={refresh} />
          <Button
            leftSection={<IconPlus size={14} />}
            visibleFrom="sm"
            onClick={() => void navigate({ to: paths.newTicket })}
          >
            {t('ticketNew.verb')}
          </Button>
        </>
      }
      tabs={
        <>
          <ViewTabs
            label={t('queue.views')}
            current={view.id}
            tabs={views.map((v) => ({
              id: v.id,
              title: titleOf(v),
              count:
                v.id === view.id || v.id === 'all' || v.saved?.problem != null ? undefined : (
                  <TabCount filter={filterOf(v, {})} />
                ),
              search: {
                view: v.id,
                ...(address['queue'] === undefined ? {} : { queue: address['queue'] }),
                ...(address['columns'] === undefined ? {} : { columns: address['columns'] }),
              },
            }))}
            end={
              <ViewMenu
                list="tickets"
                tabs={views.map((v) => v.id)}
                opensWith={opensWith}
                current={{ id: view.id, name: titleOf(view), saved: view.saved }}
                filter={keptFilter(filter)}
                columns={chosenColumns ?? null}
                onSaved={(id) => change({ ...justTheView, view: id })}
                onRemoved={() => change({ ...justTheView, view: undefined })}
              />
            }
          />
          <TicketFilters
            address={{ ...address, columns: chosenColumns }}
            change={change}
            columns={columns}
            queues={known.data?.items ?? []}
          />
        </>
      }
    >
      <div className={classes['list']}>
        {state === 'gone' ? (
          <EmptyView title={t('views.gone')}>{t('views.goneHelp')}</EmptyView>
        ) : state === 'unknown' ? (
          <EmptyView title={t('views.unknown')}>{view.saved?.problem}</EmptyView>
        ) : list.data === undefined && list.error !== null ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : list.data === undefined ? (
          <Loading rows={16} />
        ) : rows.length === 0 && filtered.length > 0 ? (
          <NoMatchView onClear={() => change(noFilters)} />
        ) : rows.length === 0 ? (
          <EmptyView
            title={t('queue.empty', { view: titleOf(view) })}
            actions={
              <Button onClick={() => void navigate({ to: paths.newTicket })}>
                {t('ticketNew.verb')}{' '}
                <Kbd ml={8} size="xs">
                  c
                </Kbd>
              </Button>
            }
          >
            {t('queue.emptyHelp')}
          </EmptyView>
        ) : (
          <DataTable
            label={title}
            rows={rows}
            rowId={rowId}
            columns={columnsShown(columns, chosenColumns)}
            addressOf={addressOf}
            onOpen={open}
            onPeek={show}
            current={current}
            onCurrent={move}
            {...(worker ? { selected, onSelect: select } : {})}
            changed={changed}
            sort={filter.sort ?? ''}
            onSort={(sort) => change({ sort })}
            more={list.hasNextPage && !list.isFetchingNextPage}
            onEnd={() => void list.fetchNextPage()}
          />
        )}
        {selected.size > 0 && (
          <SelectionBar
            n={selected.size}
            onAct={(which) => acts.open(which, chosen)}
            all={found}
            onBulk={(all) => setBulk(all ? 'all' : 'chosen')}
            onMe={() => void acts.assignToMe(chosen)}
            onClear={() => setSelected(new Set())}
          />
        )}
      </div>
      {peek !== undefined && (
        <TicketPeek reference={peek} voice={voice} onVoice={setVoice} onClose={() => change({ peek: undefined })} />
      )}
      {bulk !== null && (
        <BulkDialog
          which={bulk === 'all' ? { filter } : { tickets: chosen.map(({ id, version }) => ({ id, version })) }}
          n={bulk === 'all' ? (found ?? '…') : String(chosen.length)}
          onClose={() => setBulk(null)}
        />
      )}
      {acts.dialogs}
    </Page>
  )
}

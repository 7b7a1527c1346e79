import { ActionIcon, Button, Select } from '@mantine/core'
import { IconDownload, IconSettings, IconX } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Difference, type DifferenceKind, differenceKinds, differences } from '../../contract/reconciliation.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { count, number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import type { Column } from '../ui/columns.ts'
import { DataTable } from '../ui/DataTable.tsx'
import classes from '../ui/FilteredList.module.css'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView, ErrorView, Loading, NoMatchView } from '../ui/StateViews.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { useSelected } from '../ui/use-selected.ts'
import { DifferenceFilters } from './DifferenceFilters.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { kindWord, SeverityMark, thingOf } from './words.tsx'

const columns = (): Column<Difference>[] => [
  {
    id: 'thing',
    title: t('differences.thing'),
    width: 190,
    main: true,
    render: (f) => <b style={{ fontWeight: 500 }}>{thingOf(f)}</b>,
  },
  { id: 'kind', title: t('differences.title'), width: 225, weight: 6, render: (f) => kindWord(f.kind) },
  { id: 'register', title: t('differences.register'), width: 230, weight: 3, render: (f) => f.register },
  { id: 'seen', title: t('differences.seen'), width: 'grow', render: (f) => f.seen },
  {
    id: 'severity',
    title: t('differences.severity'),
    width: 100,
    weight: 2,
    render: (f) => <SeverityMark severity={f.severity} />,
  },
  {
    id: 'since',
    title: t('differences.since'),
    width: 110,
    weight: 2,
    render: (f) => <Moment at={f.since} as="nearby" />,
  },
  { id: 'proposal', title: t('differences.proposal'), width: 190, weight: 4, render: (f) => f.proposal },
]

const isKind = (text: string | undefined): text is DifferenceKind => differenceKinds.includes(text as DifferenceKind)
const states = ['open', 'left', 'closed'] as const

/** Where the register and what is seen differ: the gravest first, mended by a press of a button, one or many. */
export default function ReconciliationPage() {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const mayMend = useMay('assets.work')
  const mayLeave = useMay('assets.write')
  const kind = isKind(address['kind']) ? address['kind'] : undefined
  const state = states.find((one) => one === address['state']) ?? 'open'
  const filter = {
    state,
    ...(kind === undefined ? {} : { kind: [kind] }),
    ...(address['category'] === undefined ? {} : { category: address['category'] }),
    ...(address['location'] === undefined ? {} : { location: address['location'] }),
  }
  const list = useAskPages(differences.list, { ...filter, limit: 100, count: 'capped' })
  const counts = useAsk(differences.counts, {})
  const [current, setCurrent] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)
  const rows = list.items
  const { selected, select, setSelected } = useSelected(rows)
  const chosen = rows.filter((row) => selected.has(row.id))
  const mendMany = useAct(differences.mendMany, {
    onDone: ({ mended, refused }) => {
      tellDone(t('differences.mendedMany', { n: mended, refused: refused.length, why: refused[0]?.why ?? '' }))
      setSelected(new Set())
    },
  })
  useKeys(t('differences.page'), [
    { keys: 'escape', label: t('queue.clearSelection'), run: () => setSelected(new Set()), off: selected.size === 0 },
  ])
  const which = state === 'left' ? 'left' : 'open'
  const shown = (counts.data?.items ?? []).filter((one) => one[which] > 0 || one.kind === kind)
  const keep = Object.fromEntries(
    (['state', 'category', 'location'] as const).flatMap((name) =>
      address[name] === undefined ? [] : [[name, address[name]]],
    ),
  )
  const narrowed = Object.keys(keep).length > 0 || kind !== undefined
  const exported = new URLSearchParams({ state, ...(kind === undefined ? {} : { kind }), ...keep })
  return (
    <Page
      title={t('differences.page')}
      figure={
        list.total === undefined
          ? undefined
          : t('differences.figure', { n: count(list.total, list.totalCapped), state })
      }
      shape="fill"
      actions={
        <>
          <Button
            component="a"
            href={`/api/v1/differences/export.csv?${exported.toString()}`}
            download
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            {t('differences.export')}
          </Button>
          <Button
            component={Link}
            to={paths.reconciliationSettings}
            variant="default"
            leftSection={<IconSettings size={14} aria-hidden />}
          >
            {t('differences.rules')}
          </Button>
        </>
      }
      tabs={
        <>
          <ViewTabs
            label={t('differences.kinds')}
            current={kind ?? 'all'}
            tabs={[
              { id: 'all', title: t('differences.all'), to: paths.reconciliation, search: keep },
              ...shown.map((one) => ({
                id: one.kind,
                title: kindWord(one.kind),
                ...(state === 'closed' ? {} : { count: number(one[which]) }),
                to: paths.reconciliation,
                search: { ...keep, kind: one.kind },
              })),
            ]}
          />
          <div className={classes['filters']} role="search">
            <Select
              size="xs"
              w={170}
              aria-label={t('differences.state')}
              allowDeselect={false}
              data={states.map((value) => ({ value, label: t(`differences.state.${value}`) }))}
              value={state}
              onChange={(next) => change({ state: next === 'open' || next === null ? undefined : next })}
            />
            <DifferenceFilters address={address} change={change} />
          </div>
        </>
      }
    >
      <div className={classes['list']}>
        {list.data === undefined && list.error !== null ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : list.data === undefined ? (
          <Loading rows={16} />
        ) : rows.length === 0 && narrowed ? (
          <NoMatchView
            onClear={() => change({ kind: undefined, state: undefined, category: undefined, location: undefined })}
          />
        ) : rows.length === 0 ? (
          <EmptyView title={t('differences.empty')}>{t('differences.emptyHelp')}</EmptyView>
        ) : (
          <DataTable
            label={t('differences.page')}
            rows={rows}
            rowId={(row) => row.id}
            columns={columns()}
            addressOf={(row) => paths.difference(row.id)}
            onOpen={(row) => void navigate({ to: paths.difference(row.id) })}
            current={current}
            onCurrent={setCurrent}
            {...(mayMend && state !== 'closed' ? { selected, onSelect: select } : {})}
            more={list.hasNextPage && !list.isFetchingNextPage}
            onEnd={() => void list.fetchNextPage()}
          />
        )}
        {chosen.length > 0 && (
          <div className={classes['bar']} role="toolbar" aria-label={t('selection.label')}>
            <span className="figures">{t('selection.count', { n: chosen.length })}</span>
            <Button
              loading={mendMany.isPending}
              disabled={chosen.every((one) => one.proposal === null) || chosen.length > 100}
              onClick={() =>
                mendMany.mutate(
                  { ids: chosen.filter((one) => one.proposal !== null).map((one) => one.id) },
                  { onError: tellFailed },
                )
              }
            >
              {t('differences.mendMany', { n: chosen.filter((one) => one.proposal !== null).length })}
            </Button>
            {mayLeave && (
              <Button variant="default" disabled={chosen.length > 200} onClick={() => setLeaving(true)}>
                {t('differences.leave')}
              </Button>
            )}
            <ActionIcon aria-label={t('queue.clearSelection')} onClick={() => setSelected(new Set())}>
              <IconX size={15} />
            </ActionIcon>
          </div>
        )}
      </div>
      {leaving && (
        <LeaveDialog
          ids={chosen.map((one) => one.id)}
          onClose={() => setLeaving(false)}
          onDone={() => {
            setLeaving(false)
            setSelected(new Set())
          }}
        />
      )}
    </Page>
  )
}

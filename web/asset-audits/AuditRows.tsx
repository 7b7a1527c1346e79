import { ActionIcon, Button, Group } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Audit, type AuditRow, assetAudits, type Bucket } from '../../contract/asset-audits.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { DataTable } from '../ui/DataTable.tsx'
import classes from '../ui/FilteredList.module.css'
import { later } from '../ui/later.tsx'
import { EmptyView, ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { useSelected } from '../ui/use-selected.ts'
import { AuditSteps } from './AuditSteps.tsx'
import { rowColumns } from './row-columns.tsx'

const RemedyDialog = later(async () => (await import('./RemedyDialog.tsx')).RemedyDialog)

/** One bucket of an audit, or all that is to be settled: rows with what is on record, what was found, and their remedy. */
export function AuditRows({ audit, view }: { audit: Audit; view: 'open' | Bucket }) {
  const keeps = useMay('assets.write') && audit.state === 'review'
  const list = useAskPages(
    assetAudits.rows,
    { id: audit.id, limit: 100, ...(view === 'open' ? { settled: false } : { bucket: view }) },
    { enabled: !audit.hidden },
  )
  const { selected, select, setSelected } = useSelected(list.items)
  const [settling, settle] = useState<readonly AuditRow[] | null>(null)
  const [leaving, leave] = useState(false)
  const reopen = useAct(assetAudits.reopen, { onDone: () => tellDone(t('audit.reopened')) })
  const confirmAll = useAct(assetAudits.confirmFound, { onDone: () => tellDone(t('audit.confirmedAll')) })
  if (audit.hidden)
    return (
      <EmptyView
        title={t('audit.blindTitle')}
        actions={
          <Button component={Link} to={`${paths.audit(audit.id)}?view=scans`} variant="default">
            {t('audit.tab.scans')}
          </Button>
        }
      >
        {t('audit.blindHelp')}
      </EmptyView>
    )
  const chosen = list.items.filter((row) => selected.has(row.id))
  return (
    <div className={classes['list']}>
      <div className={classes['filters']}>
        <span className="soft">{t(`audit.help.${view}`)}</span>
        {keeps && (
          <Group gap="xs" className={classes['end'] ?? ''}>
            {(view === 'found' || view === 'open') && (
              <Button
                size="compact-sm"
                variant="default"
                loading={confirmAll.isPending}
                onClick={() => confirmAll.mutate({ id: audit.id }, { onError: tellFailed })}
              >
                {t('audit.confirmAll')}
              </Button>
            )}
            {view === 'open' && (audit.counts.unsettled ?? 0) > 0 && (
              <Button size="compact-sm" variant="default" onClick={() => leave(true)}>
                {t('audit.leaveRest')}
              </Button>
            )}
          </Group>
        )}
      </div>
      {list.data === undefined && list.error !== null ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Loading rows={12} />
      ) : list.items.length === 0 ? (
        <EmptyView title={t('audit.rows.empty')}>
          {t(audit.state === 'planned' ? 'audit.rows.planned' : 'audit.rows.emptyHelp')}
        </EmptyView>
      ) : (
        <DataTable
          label={t(`audit.tab.${view}`)}
          rows={list.items}
          rowId={(row) => row.id}
          columns={rowColumns(
            view,
            keeps,
            list.items.some((row) => row.meanwhile.length > 0),
            {
              onSettle: (row) => settle([row]),
              onReopen: (row) => reopen.mutate({ id: audit.id, rows: [row.id] }, { onError: tellFailed }),
            },
          )}
          {...(keeps && view !== 'excluded' ? { selected, onSelect: select } : {})}
          more={list.hasNextPage && !list.isFetchingNextPage}
          onEnd={() => void list.fetchNextPage()}
        />
      )}
      {selected.size > 0 && (
        <div className={classes['bar']} role="toolbar" aria-label={t('selection.label')}>
          <span className="figures">{t('selection.count', { n: selected.size })}</span>
          <Button variant="default" onClick={() => settle(chosen)}>
            {t('audit.settle')}
          </Button>
          <ActionIcon aria-label={t('queue.clearSelection')} onClick={() => setSelected(new Set())}>
            <IconX size={15} />
          </ActionIcon>
        </div>
      )}
      {settling !== null && (
        <RemedyDialog
          audit={audit}
          rows={settling}
          onClose={() => settle(null)}
          onDone={() => {
            settle(null)
            setSelected(new Set())
          }}
        />
      )}
      {leaving && <AuditSteps audit={audit} step="leaveRest" onClose={() => leave(false)} />}
    </div>
  )
}

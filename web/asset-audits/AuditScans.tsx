import { type Audit, type AuditScan, assetAudits } from '../../contract/asset-audits.ts'
import { fileAddress } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { DataTable } from '../ui/DataTable.tsx'
import classes from '../ui/FilteredList.module.css'
import { Moment } from '../ui/Moment.tsx'
import { EmptyView, ErrorView, Loading } from '../ui/StateViews.tsx'

const columns = (): Column<AuditScan>[] => [
  {
    id: 'code',
    title: t('audit.code'),
    width: 'grow',
    main: true,
    render: (scan) => (
      <>
        <b style={{ fontWeight: 500 }}>{scan.asset?.tag ?? scan.code}</b>{' '}
        <span className="soft">{scan.asset?.name}</span>
      </>
    ),
  },
  { id: 'where', title: t('audit.foundAt'), width: 240, render: (scan) => scan.location?.name },
  {
    id: 'at',
    title: t('audit.scannedAt'),
    width: 150,
    weight: 2,
    render: (scan) => (
      <span>
        <Moment at={scan.scannedAt} as="nearby" />
        {scan.late && <b> {t('audit.late')}</b>}
      </span>
    ),
  },
  {
    id: 'arrived',
    title: t('audit.arrived'),
    width: 120,
    weight: 0,
    render: (scan) => <Moment at={scan.arrivedAt} as="nearby" />,
  },
  { id: 'by', title: t('audit.scannedBy'), width: 150, render: (scan) => scan.by },
  {
    id: 'note',
    title: t('audit.noteShort'),
    width: 200,
    render: (scan) => (
      <span>
        {[scan.condition === null ? '' : t(`custody.condition.${scan.condition}`), scan.note]
          .filter(Boolean)
          .join(': ')}
        {scan.photo !== null && (
          <>
            {' '}
            <a href={fileAddress(scan.photo)} target="_blank" rel="noreferrer">
              {t('audit.photo')}
              <span className="unseen"> {scan.code}</span>
            </a>
          </>
        )}
      </span>
    ),
  },
]

/** What was scanned, latest first. */
export function AuditScans({ audit }: { audit: Audit }) {
  const list = useAskPages(assetAudits.scans, { id: audit.id, limit: 100 })
  return (
    <div className={classes['list']}>
      {list.data === undefined && list.error !== null ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Loading rows={10} />
      ) : list.items.length === 0 ? (
        <EmptyView title={t('audit.scans.empty')}>{t('audit.scans.emptyHelp')}</EmptyView>
      ) : (
        <DataTable
          label={t('audit.tab.scans')}
          rows={list.items}
          rowId={(scan) => scan.id}
          columns={columns()}
          {...(audit.hidden
            ? {}
            : { addressOf: (scan: AuditScan) => (scan.asset === null ? '.' : paths.asset(scan.asset.tag)) })}
          more={list.hasNextPage && !list.isFetchingNextPage}
          onEnd={() => void list.fetchNextPage()}
        />
      )}
    </div>
  )
}

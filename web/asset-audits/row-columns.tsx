import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AuditRow, Bucket } from '../../contract/asset-audits.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import type { Column } from '../ui/columns.ts'
import { Moment } from '../ui/Moment.tsx'
import { RecordedWords, ThingWords } from './words.tsx'

interface Acts {
  onSettle: (row: AuditRow) => void
  onReopen: (row: AuditRow) => void
}

/** What a table of rows shows: what is on record, what was found, what happened meanwhile, and how it was settled. */
export const rowColumns = (
  view: 'open' | Bucket,
  keeps: boolean,
  /** Whether somebody did something with one of the rows while it was scanned. */
  changed: boolean,
  acts: Acts,
): Column<AuditRow>[] => [
  {
    id: 'thing',
    title: t('audit.thing'),
    width: 'grow',
    main: true,
    render: (row) =>
      row.asset === null ? (
        <ThingWords row={row} />
      ) : (
        <Link to={paths.asset(row.asset.tag)} style={{ color: 'inherit', textDecoration: 'none' }}>
          <ThingWords row={row} />
        </Link>
      ),
  },
  ...(view === 'open' || view === 'excluded'
    ? [
        {
          id: 'bucket',
          title: t('audit.bucket'),
          width: view === 'open' ? 110 : 220,
          weight: 3,
          render: (row: AuditRow) =>
            row.because === null ? t(`audit.bucket.${row.bucket}`) : t(`audit.because.${row.because}`),
        },
      ]
    : []),
  { id: 'recorded', title: t('audit.recorded'), width: 320, weight: 2, render: (row) => <RecordedWords {...row} /> },
  { id: 'found', title: t('audit.foundAt'), width: 320, weight: 2, render: (row) => <FoundWords row={row} /> },
  ...(changed
    ? [
        {
          id: 'meanwhile',
          title: t('audit.meanwhile'),
          width: 220,
          weight: 2,
          render: (row: AuditRow) =>
            row.meanwhile.length === 0 ? null : (
              <span>{row.meanwhile.map(({ by, what }) => `${by} ${what}`).join(', ')}</span>
            ),
        },
      ]
    : []),
  {
    id: 'settled',
    title: t('audit.settled'),
    width: 170,
    weight: 3,
    render: (row) => <SettledWords row={row} keeps={keeps} {...acts} />,
  },
]

function FoundWords({ row }: { row: AuditRow }) {
  const { scan } = row
  if (scan === null) return <span className="soft">–</span>
  return (
    <span title={scan.location?.name}>
      {scan.location?.name ?? <span className="soft">{t('audit.nowhere')}</span>}{' '}
      <span className="soft">
        {t('audit.by', { name: scan.by })} <Moment at={scan.scannedAt} as="nearby" />
        {row.scans > 1 && <> · {t('audit.times', { n: row.scans })}</>}
        {scan.note !== '' && <> · {scan.note}</>}
      </span>
      {row.lateScans > 0 && <b> {t('audit.late')}</b>}
    </span>
  )
}

function SettledWords({ row, keeps, onSettle, onReopen }: { row: AuditRow; keeps: boolean } & Acts) {
  if (row.bucket === 'excluded') return null
  if (row.remedy === null)
    return keeps ? (
      <Button size="compact-xs" variant="default" onClick={() => onSettle(row)}>
        {t('audit.settle')}
        <span className="unseen"> {row.label}</span>
      </Button>
    ) : null
  return (
    <span>
      <span title={row.reason}>{t(`audit.done.${row.remedy}`)}</span>
      {row.commitment !== null && (
        <>
          {' '}
          <Link to={paths.commitment(row.commitment)}>{row.commitment}</Link>
        </>
      )}{' '}
      {row.refusals['reopen'] === null && (
        <Button size="compact-xs" variant="subtle" onClick={() => onReopen(row)}>
          {t('audit.reopen')}
          <span className="unseen"> {row.label}</span>
        </Button>
      )}
    </span>
  )
}

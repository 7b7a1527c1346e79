import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { reports, type PromiseItem, type PromiseReport } from '../../contract/reports.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { clockKind } from '../ui/ClockChip.tsx'
import { Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { nameOf, valueOf } from './names.ts'
import classes from './Reports.module.css'

/** The very tickets behind the figure that was chosen. */
export function Behind({
  report,
  kind,
  row,
  outcome,
}: {
  report: PromiseReport
  kind: string | undefined
  row: string | undefined
  outcome: string | undefined
}) {
  if (outcome !== 'kept' && outcome !== 'missed') return null
  return <Tickets key={`${row ?? ''}:${outcome}`} report={report} kind={kind} row={row} outcome={outcome} />
}

function Tickets({
  report,
  kind,
  row,
  outcome,
}: {
  report: PromiseReport
  kind: string | undefined
  row: string | undefined
  outcome: 'kept' | 'missed'
}) {
  const found = report.rows.find((one) => valueOf(one) === row)
  const asked = useAskPages(reports.tickets, {
    from: report.from,
    to: report.to,
    outcome,
    limit: 50,
    ...(row === undefined ? {} : { by: report.by, value: row }),
    ...(kind === undefined ? {} : { kind }),
  })
  return (
    <Section
      title={t(`reports.behind.${outcome}`, { name: found === undefined ? t('reports.sum') : nameOf(report, found) })}
    >
      {asked.data === undefined ? (
        asked.error === null ? (
          <Loading />
        ) : (
          <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />
        )
      ) : (
        <PromiseItems items={asked.items} />
      )}
      {asked.hasNextPage && (
        <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t('reports.more')}
        </Button>
      )}
    </Section>
  )
}

/** Promises, one a line, each leading to its ticket. */
export const PromiseItems = ({ items }: { items: readonly PromiseItem[] }) => (
  <ul className={classes['items']}>
    {items.map((item) => (
      <li key={item.commitment}>
        <Link to={paths.ticket(item.ticket.reference)}>{item.ticket.reference}</Link> {item.ticket.title}
        <span className="soft">
          {' '}
          {t('reports.item', {
            kind: clockKind(item.kind),
            outcome: item.missed ? 'missed' : 'kept',
            queue: item.queue.name,
            assignee: item.assignee?.name ?? 'none',
            worked: item.workedSeconds === null ? 'none' : exactSpan(item.workedSeconds),
          })}{' '}
          <Moment at={item.at} as="nearby" />
        </span>
      </li>
    ))}
  </ul>
)

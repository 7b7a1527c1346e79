import { Button } from '@mantine/core'
import { reports, type PromiseReport } from '../../contract/reports.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { Section } from '../ui/Facts.tsx'
import { PromiseItems } from '../ui/PromiseItems.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { nameOf, valueOf } from './names.ts'

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

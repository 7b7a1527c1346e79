import { reports, type PromiseReport } from '../../contract/reports.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { AskedPages } from '../ui/AskedPages.tsx'
import { Section } from '../ui/Facts.tsx'
import { PromiseItems } from '../ui/PromiseItems.tsx'
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
      <AskedPages of={asked} more={t('reports.more')}>
        {(items) => <PromiseItems items={items} />}
      </AskedPages>
    </Section>
  )
}

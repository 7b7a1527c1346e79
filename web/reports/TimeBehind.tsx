import { timeEntries, type TimeRow } from '../../contract/time-entries.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { TimeLines } from '../tickets/TimeLines.tsx'
import { AskedPages } from '../ui/AskedPages.tsx'
import { Section } from '../ui/Facts.tsx'
import { rowMonth, rowName, soughtBy, type TimeGrouping, type TimeSought } from './time-rows.ts'

/** The very entries behind a row. */
export function TimeBehind({ row, by, sought }: { row: TimeRow; by: TimeGrouping; sought: TimeSought }) {
  const found = soughtBy(row, by, sought)
  const asked = useAskPages(timeEntries.list, { ...(found ?? sought), limit: 50 }, { enabled: found !== null })
  return (
    <Section title={t('timeReport.behind', { name: rowName(row, by), month: rowMonth(row) })}>
      {found === null ? (
        <p className="soft">{t('timeReport.unseenHelp')}</p>
      ) : (
        <AskedPages of={asked} empty={t('time.none')}>
          {(entries) => <TimeLines entries={entries} />}
        </AskedPages>
      )}
    </Section>
  )
}

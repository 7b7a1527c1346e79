import type { Answer } from '../../contract/action.ts'
import { ratings } from '../../contract/ratings.ts'
import { t } from '../platform/i18n.ts'
import { decimal } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { ReportTabs } from './ReportTabs.tsx'

const days = 90
const dayBefore = (n: number): string => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10)

/** How requesters were served, by queue, over the last quarter of a year. */
export default function RatingsPage() {
  const asked = useAsk(ratings.report, { from: dayBefore(days), to: dayBefore(0) })
  return (
    <Page title={t('ratings.title')} tabs={<ReportTabs current="ratings" />} figure={t('ratings.days', { n: days })}>
      <Asked question={asked}>
        {({ rows }: Answer<typeof ratings.report>) =>
          (rows ?? []).length === 0 ? (
            <EmptyView title={t('ratings.empty')}>{t('ratings.emptyHelp')}</EmptyView>
          ) : (
            <table style={{ width: '100%', maxWidth: 720, borderCollapse: 'collapse', margin: '0 8px' }}>
              <thead>
                <tr>
                  {(['queue', 'mean', 'rated', 'resolved', 'bad'] as const).map((column) => (
                    <th
                      key={column}
                      scope="col"
                      style={{ textAlign: column === 'queue' ? 'start' : 'end', padding: '6px 8px' }}
                    >
                      {t(`ratings.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.queue.id} style={{ borderTop: '1px solid var(--line)' }}>
                    <th scope="row" style={{ textAlign: 'start', fontWeight: 400, padding: '6px 8px' }}>
                      {row.queue.name}
                    </th>
                    {[row.mean === null ? '–' : decimal(row.mean, 1), row.rated, row.resolved, row.bad].map(
                      (cell, at) => (
                        // oxlint-disable-next-line react/no-array-index-key -- the columns stand still
                        <td key={at} className="figures" style={{ textAlign: 'end', padding: '6px 8px' }}>
                          {cell}
                        </td>
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Asked>
    </Page>
  )
}

import type { Answer } from '../../contract/action.ts'
import { ratings } from '../../contract/ratings.ts'
import { t } from '../platform/i18n.ts'
import { decimal } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { ReportTabs } from './ReportTabs.tsx'
import classes from './Reports.module.css'

const days = 90
const figures = ['mean', 'rated', 'resolved', 'bad'] as const
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
            <div className={classes['body']} style={{ maxWidth: 760 }}>
              <table className={classes['table']}>
                <thead>
                  <tr>
                    <th scope="col">{t('ratings.queue')}</th>
                    {figures.map((column) => (
                      <th key={column} scope="col" data-align="right">
                        {t(`ratings.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.queue.id}>
                      <th scope="row">{row.queue.name}</th>
                      {figures.map((column) => (
                        <td key={column} data-align="right" data-label={t(`ratings.${column}`)}>
                          {column !== 'mean' ? row[column] : row.mean === null ? '–' : decimal(row.mean, 1)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Asked>
    </Page>
  )
}

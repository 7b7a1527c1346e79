import { UnstyledButton } from '@mantine/core'
import type { Answer } from '../../contract/action.ts'
import { ratings } from '../../contract/ratings.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { count, decimal } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { Marks, type ChosenMarks } from './Marks.tsx'
import { ReportTabs } from './ReportTabs.tsx'
import classes from './Reports.module.css'

type Row = Answer<typeof ratings.report>['rows'][number]

const days = 90
const figures = ['mean', 'rated', 'resolved', 'bad'] as const
const dayBefore = (n: number): string => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10)

/** How requesters were served, by queue, over the last quarter of a year, and what they said. */
export default function RatingsPage() {
  const [address, change] = useAddress()
  const span = { from: dayBefore(days), to: dayBefore(0) }
  const asked = useAsk(ratings.report, span)
  const chosenOf = (rows: readonly Row[]): ChosenMarks | null => {
    const row = rows.find(({ queue }) => queue.id === address['queue'])
    return row === undefined ? null : { queue: row.queue, which: address['marks'] === 'bad' ? 'bad' : 'rated' }
  }
  return (
    <Page title={t('ratings.title')} tabs={<ReportTabs current="ratings" />} figure={t('ratings.days', { n: days })}>
      <Asked question={asked}>
        {({ rows }: Answer<typeof ratings.report>) =>
          (rows ?? []).length === 0 ? (
            <EmptyView title={t('ratings.empty')}>{t('ratings.emptyHelp')}</EmptyView>
          ) : (
            <div className={classes['body']} style={{ maxWidth: 760 }}>
              <Table
                rows={rows}
                chosen={chosenOf(rows)}
                onChoose={({ queue, which }) => change({ queue: queue.id, marks: which })}
              />
              <Marks {...span} chosen={chosenOf(rows)} onAll={() => change({ queue: undefined, marks: undefined })} />
            </div>
          )
        }
      </Asked>
    </Page>
  )
}

interface TableProps {
  rows: readonly Row[]
  chosen: ChosenMarks | null
  onChoose: (chosen: ChosenMarks) => void
}

/** The figures by queue; those of marks lead to what was said. */
function Table({ rows, chosen, onChoose }: TableProps) {
  const cell = (row: Row, column: (typeof figures)[number]) => {
    if (column === 'mean') return row.mean === null ? '–' : decimal(row.mean, 1)
    const n = row[column]
    if (column === 'resolved' || n === 0) return count(n)
    return (
      <UnstyledButton
        className={classes['figure']}
        aria-pressed={chosen?.queue.id === row.queue.id && chosen.which === column}
        aria-label={t(`ratings.show.${column}`, { n, name: row.queue.name })}
        onClick={() => onChoose({ queue: row.queue, which: column })}
      >
        {count(n)}
      </UnstyledButton>
    )
  }
  return (
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
                {cell(row, column)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

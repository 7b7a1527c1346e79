import { UnstyledButton } from '@mantine/core'
import type { TimeRow, TimeSum } from '../../contract/time-entries.ts'
import { t } from '../platform/i18n.ts'
import { count, exactSpan } from '../platform/moments.ts'
import classes from './Reports.module.css'
import { rowKey, rowMonth, rowName, type TimeGrouping } from './time-rows.ts'

interface Props {
  by: TimeGrouping
  rows: readonly TimeRow[]
  sum: TimeSum | null
  chosen: string | undefined
  onChoose: (row: string | undefined) => void
}

/** The figures as a table; the count of each row leads to its entries. */
export function TimeFigures({ by, rows, sum, chosen, onChoose }: Props) {
  return (
    <table className={classes['table']}>
      <caption>{t('timeReport.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t(`timeReport.by.${by}`)}</th>
          <th scope="col">{t('timeReport.month')}</th>
          <th scope="col" data-align="right">
            {t('timeReport.time')}
          </th>
          <th scope="col" data-align="right">
            {t('timeReport.billable')}
          </th>
          <th scope="col" data-align="right">
            {t('timeReport.entries')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const key = rowKey(row)
          const name = rowName(row, by)
          return (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td data-label={t('timeReport.month')}>{rowMonth(row)}</td>
              <td data-align="right" data-label={t('timeReport.time')}>
                {exactSpan(row.seconds)}
              </td>
              <td data-align="right" data-label={t('timeReport.billable')}>
                {row.billableSeconds === 0 ? '–' : exactSpan(row.billableSeconds)}
              </td>
              <td data-align="right" data-label={t('timeReport.entries')}>
                <UnstyledButton
                  className={classes['figure']}
                  aria-pressed={chosen === key}
                  aria-label={t('timeReport.show', { n: row.entries, name, month: rowMonth(row) })}
                  onClick={() => onChoose(chosen === key ? undefined : key)}
                >
                  {count(row.entries)}
                </UnstyledButton>
              </td>
            </tr>
          )
        })}
      </tbody>
      {sum !== null && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('timeReport.sum')}
            </th>
            <td data-align="right" data-label={t('timeReport.time')}>
              {exactSpan(sum.seconds)}
            </td>
            <td data-align="right" data-label={t('timeReport.billable')}>
              {sum.billableSeconds === 0 ? '–' : exactSpan(sum.billableSeconds)}
            </td>
            <td data-align="right" data-label={t('timeReport.entries')}>
              {count(sum.entries)}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

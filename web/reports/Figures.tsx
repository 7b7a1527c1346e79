import { UnstyledButton } from '@mantine/core'
import type { PromiseReport, PromiseRow } from '../../contract/reports.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { nameOf, shareOf, timesInWords, valueOf } from './names.ts'
import classes from './Reports.module.css'

interface Props {
  report: PromiseReport
  chosen: { row: string | undefined; outcome: string | undefined }
  onChoose: (row: string | undefined, outcome: 'kept' | 'missed') => void
}

/** The figures as a table; each leads to the tickets behind it. */
export function Figures({ report, chosen, onChoose }: Props) {
  const cell = (row: PromiseRow | null, outcome: 'kept' | 'missed') => {
    const n = (row ?? report.total)[outcome]
    const name = row === null ? t('reports.sum') : nameOf(report, row)
    const value = row === null ? undefined : valueOf(row)
    return n === 0 ? (
      count(0)
    ) : (
      <UnstyledButton
        className={classes['figure']}
        data-outcome={outcome}
        aria-pressed={chosen.row === value && chosen.outcome === outcome}
        aria-label={t(`reports.show.${outcome}`, { n, name })}
        onClick={() => onChoose(value, outcome)}
      >
        {count(n)}
      </UnstyledButton>
    )
  }
  const line = (row: PromiseRow | null) => {
    const of = row ?? report.total
    return (
      <tr key={row === null ? 'total' : valueOf(row)} data-total={row === null}>
        <th scope="row">{row === null ? t('reports.sum') : nameOf(report, row)}</th>
        <td data-label={t('reports.kept')}>{cell(row, 'kept')}</td>
        <td data-label={t('reports.missed')}>{cell(row, 'missed')}</td>
        <td data-label={t('reports.share')}>{shareOf(of)}</td>
        <td data-label={t('reports.firstResponse')}>{timesInWords(of.firstResponse)}</td>
        <td data-label={t('reports.resolution')}>{timesInWords(of.resolution)}</td>
      </tr>
    )
  }
  return (
    <>
      <table className={classes['table']}>
        <caption>{t('reports.caption', { from: report.from, to: report.to })}</caption>
        <thead>
          <tr>
            <th scope="col">{t(`reports.by.${report.by}`)}</th>
            <th scope="col">{t('reports.kept')}</th>
            <th scope="col">{t('reports.missed')}</th>
            <th scope="col">{t('reports.share')}</th>
            <th scope="col">{t('reports.firstResponse')}</th>
            <th scope="col">{t('reports.resolution')}</th>
          </tr>
        </thead>
        <tbody>{report.rows.map(line)}</tbody>
        <tfoot>{line(null)}</tfoot>
      </table>
      <p className="soft">
        {t('reports.counts')} {report.by === 'team' && t('reports.countsTeam')}{' '}
        {report.pending > 0 && t('reports.pending', { n: report.pending })}
      </p>
    </>
  )
}

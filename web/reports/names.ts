import type { PromiseReport, PromiseRow } from '../../contract/reports.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan, plainDay } from '../platform/moments.ts'

/** What names a row to the server: its id, the date of its week, or `none`. */
export const valueOf = (row: PromiseRow): string => row.id ?? row.week ?? 'none'

export const nameOf = (report: Pick<PromiseReport, 'by'>, row: PromiseRow): string =>
  row.week !== null
    ? t('reports.week', { day: plainDay(row.week) })
    : (row.name ?? t(report.by === 'technician' ? 'reports.nobody' : 'reports.without'))

export const shareOf = (row: Pick<PromiseRow, 'kept' | 'missed'>): string =>
  row.kept + row.missed === 0
    ? '–'
    : t('reports.percent', { n: ((100 * row.kept) / (row.kept + row.missed)).toFixed(1) })

export const timesInWords = (times: PromiseRow['resolution']): string =>
  times === null ? '–' : t('reports.times', { median: exactSpan(times.median), p90: exactSpan(times.p90) })

import { list, type PageSpec } from './page-spec.ts'

/** Time spent, by month. */
export const timePages = [
  {
    id: 'time-report',
    path: '/reports/time',
    title: 'timeReport.title',
    permission: 'reports.read',
    queries: ['time-entries.report', 'queues.list'],
    states: list('/reports/time'),
  },
] as const satisfies readonly PageSpec[]

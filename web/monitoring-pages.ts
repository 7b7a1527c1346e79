import { list, type PageSpec, record } from './page-spec.ts'

/** What monitoring sees, where it comes from, and what Linchpin watches itself. */
export const monitoringPages = [
  {
    id: 'alerts',
    path: '/monitoring',
    title: 'alerts.title',
    permission: 'monitoring.read',
    queries: ['alerts.list'],
    states: list('/monitoring'),
  },
  {
    id: 'alert-sources',
    path: '/monitoring/sources',
    title: 'alertSources.title',
    permission: 'monitoring.read',
    queries: ['alert-sources.list'],
    states: list('/monitoring/sources'),
  },
  {
    id: 'alert-source',
    path: '/monitoring/sources/$id',
    title: 'alertSource.title',
    permission: 'monitoring.read',
    queries: ['alert-sources.show'],
    states: record('/monitoring/sources/{alertSource}'),
  },
  {
    id: 'heartbeats',
    path: '/monitoring/heartbeats',
    title: 'heartbeats.title',
    permission: 'monitoring.read',
    queries: ['heartbeats.list'],
    states: list('/monitoring/heartbeats'),
  },
  {
    id: 'service-checks',
    path: '/monitoring/checks',
    title: 'checks.title',
    permission: 'monitoring.read',
    queries: ['service-checks.list'],
    states: list('/monitoring/checks'),
  },
  {
    id: 'alert',
    path: '/monitoring/alerts/$id',
    title: 'alert.title',
    permission: 'monitoring.read',
    queries: ['alerts.show'],
    states: record('/monitoring/alerts/{alert}'),
  },
] as const satisfies readonly PageSpec[]

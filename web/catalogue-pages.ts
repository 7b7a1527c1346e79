import { list, type PageSpec, record } from './page-spec.ts'

/** Pages of the catalogue as it is set up, of tasks, of what requesters say, and of major incidents. */
export const cataloguePages = [
  {
    id: 'catalogue-setup',
    path: '/catalogue-setup',
    title: 'catalogueSetup.title',
    permission: 'tickets.configure',
    queries: ['catalogue-setup.list'],
    states: list('/catalogue-setup'),
  },
  {
    id: 'catalogue-service',
    path: '/catalogue-setup/$id',
    title: 'catalogueSetup.service',
    permission: 'tickets.configure',
    queries: ['catalogue-setup.show'],
    states: record('/catalogue-setup/{service}'),
  },
  {
    id: 'tasks',
    path: '/tasks',
    title: 'tasks.title',
    permission: 'tickets.work',
    queries: ['ticket-tasks.mine'],
    states: list('/tasks'),
  },
  {
    id: 'ratings',
    path: '/reports/ratings',
    title: 'ratings.title',
    permission: 'reports.read',
    queries: ['ratings.report', 'ratings.marks'],
    states: list('/reports/ratings'),
  },
  {
    id: 'major-incidents',
    path: '/reports/major-incidents',
    title: 'incident.page',
    permission: 'reports.read',
    queries: ['major-incidents.list'],
    states: list('/reports/major-incidents'),
  },
] as const satisfies readonly PageSpec[]

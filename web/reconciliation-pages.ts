import { form, list, type PageSpec, record } from './page-spec.ts'

/** Where the register and what is seen differ. */
export const reconciliationPages = [
  {
    id: 'reconciliation',
    path: '/reconciliation',
    title: 'differences.page',
    permission: 'assets.read',
    queries: ['differences.list'],
    states: list('/reconciliation'),
  },
  {
    id: 'reconciliation-rules',
    path: '/reconciliation/rules',
    title: 'differences.rules',
    permission: 'assets.read',
    queries: ['reconciliation-settings.show'],
    states: { ...form('/reconciliation/rules'), empty: 'not-found' },
  },
  {
    id: 'difference',
    path: '/reconciliation/$id',
    title: 'differences.one',
    permission: 'assets.read',
    queries: ['differences.show'],
    states: record('/reconciliation/{difference}'),
  },
] as const satisfies readonly PageSpec[]

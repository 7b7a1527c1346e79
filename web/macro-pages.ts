import { list, type PageSpec } from './page-spec.ts'

/** Macros and canned replies. */
export const macroPages = [
  {
    id: 'macros',
    path: '/settings/macros',
    title: 'macros.title',
    permission: 'tickets.work',
    queries: ['macros.list'],
    states: list('/settings/macros'),
  },
] as const satisfies readonly PageSpec[]

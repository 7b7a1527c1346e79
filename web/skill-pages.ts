import { list, type PageSpec } from './page-spec.ts'

/** What people can do that others cannot. */
export const skillPages = [
  {
    id: 'skills',
    path: '/settings/skills',
    title: 'skills.title',
    permission: 'people.write',
    queries: ['skills.list'],
    states: list('/settings/skills'),
  },
] as const satisfies readonly PageSpec[]

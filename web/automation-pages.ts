import { form, list, type PageSpec, record } from './page-spec.ts'

/** Rules for tickets. */
export const automationPages = [
  {
    id: 'rules',
    path: '/settings/rules',
    title: 'rules.title',
    permission: 'tickets.configure',
    queries: ['ticket-rules.list'],
    states: list('/settings/rules'),
  },
  {
    id: 'rule-new',
    path: '/settings/rules/new',
    title: 'rules.new',
    permission: 'tickets.configure',
    queries: ['queues.list', 'categories.list'],
    states: form('/settings/rules/new'),
  },
  {
    id: 'rule',
    path: '/settings/rules/$id',
    title: 'rule.title',
    permission: 'tickets.configure',
    queries: ['ticket-rules.show'],
    states: record('/settings/rules/{rule}'),
  },
] as const satisfies readonly PageSpec[]

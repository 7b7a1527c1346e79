import { list, type PageSpec, record } from './page-spec.ts'

/** Pages of what is done with many tickets at once. */
export const ticketPages = [
  {
    id: 'bulk-edits',
    path: '/tickets/bulk-edits',
    title: 'bulkEdits.title',
    permission: 'tickets.work',
    queries: ['ticket-bulk-edits.list'],
    states: list('/tickets/bulk-edits'),
  },
  {
    id: 'bulk-edit',
    path: '/tickets/bulk-edits/$id',
    title: 'bulkEdit.title',
    permission: 'tickets.work',
    queries: ['ticket-bulk-edits.show', 'ticket-bulk-edits.rows'],
    states: record('/tickets/bulk-edits/{bulkEdit}'),
  },
] as const satisfies readonly PageSpec[]

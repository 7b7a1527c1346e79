import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type BulkEdit, ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'

const columns = (): Column<BulkEdit>[] => [
  { id: 'change', title: t('bulkEdit.change'), width: 'grow', main: true, render: (row) => row.change.join(' · ') },
  { id: 'status', title: t('column.state'), width: 110, render: (row) => t(`bulkEdit.status.${row.status}`) },
  { id: 'total', title: t('bulkEdits.total'), width: 90, align: 'right', render: (row) => number(row.total) },
  {
    id: 'done',
    title: t('bulkEdit.count.done'),
    width: 90,
    align: 'right',
    render: (row) => number(row.counts.done),
  },
  {
    id: 'refused',
    title: t('bulkEdit.count.refused'),
    width: 90,
    align: 'right',
    render: (row) => number(row.counts.refused),
  },
  {
    id: 'at',
    title: t('bulkEdit.asked'),
    width: 120,
    render: (row) => <Moment at={row.createdAt} as="nearby" />,
  },
]

/** The reader's bulk edits, newest first. */
export default function BulkEditsPage() {
  const navigate = useNavigate()
  const list = useAskPages(ticketBulkEdits.list, { limit: 50 })
  return (
    <ListPage
      title={t('bulkEdits.title')}
      crumbs={[{ title: t('queue.title'), to: paths.tickets }]}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.bulkEdit(row.id)}
      empty={{
        title: t('bulkEdits.empty'),
        help: t('bulkEdits.emptyHelp'),
        action: <Button onClick={() => void navigate({ to: paths.tickets })}>{t('bulkEdits.toQueue')}</Button>,
      }}
    />
  )
}

import { IconLock, IconPencil } from '@tabler/icons-react'
import type { TicketRow } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { ClockChip } from '../ui/ClockChip.tsx'
import type { Column } from '../ui/columns.ts'
import { Named } from '../ui/Initials.tsx'
import { Moment } from '../ui/Moment.tsx'
import classes from './columns.module.css'
import { useMyDrafts } from './my-drafts.ts'
import { kindWord, PriorityMark, StateMark } from './words.tsx'

/** Title with the last line of the conversation behind it. */
function Title({ row }: { row: TicketRow }) {
  const drafted = useMyDrafts().some((one) => one.ticket.id === row.id)
  return (
    <>
      <span className={classes['title']}>{row.title}</span>
      {drafted && <IconPencil size={13} className={classes['lock']} aria-label={t('drafts.mine')} />}
      {row.confidential && <IconLock size={13} className={classes['lock']} aria-label={t('ticket.confidential')} />}
      {row.lastNote !== null && (
        <span className={classes['excerpt']}>
          {row.lastNote.by === null ? row.lastNote.excerpt : `${row.lastNote.by}: ${row.lastNote.excerpt}`}
        </span>
      )}
    </>
  )
}

export const ticketColumns = (): Column<TicketRow>[] => [
  {
    id: 'priority',
    weight: 7,
    bare: true,
    title: t('column.priority'),
    width: 44,
    sort: { up: 'priority' },
    render: (row) => <PriorityMark priority={row.priority} short />,
  },
  {
    id: 'reference',
    weight: 5,
    title: t('column.reference'),
    width: 112,
    render: (row) => <span className="soft figures">{row.reference}</span>,
  },
  { id: 'title', title: t('column.title'), width: 'grow', main: true, render: (row) => <Title row={row} /> },
  {
    id: 'requester',
    weight: 2,
    title: t('column.requester'),
    width: 150,
    render: (row) => (row.requester === null ? null : <span className="cut">{row.requester.name}</span>),
  },
  { id: 'state', weight: 4, title: t('column.state'), width: 172, render: (row) => <StateMark state={row.state} /> },
  {
    id: 'due',
    weight: 6,
    title: t('column.due'),
    width: 192,
    sort: { up: 'due' },
    render: (row) => <ClockChip face={row.due} />,
  },
  {
    id: 'assignee',
    weight: 3,
    title: t('column.assignee'),
    width: 150,
    render: (row) =>
      row.assignee === null ? <span className="soft">{t('ticket.unowned')}</span> : <Named name={row.assignee.name} />,
  },
  {
    id: 'age',
    weight: 1.5,
    title: t('column.age'),
    width: 64,
    align: 'right',
    sort: { up: '-created', down: 'created' },
    render: (row) => <Moment at={row.createdAt} as="age" />,
  },
  { id: 'queue', title: t('column.queue'), width: 150, extra: true, render: (row) => row.queue.name },
  { id: 'category', title: t('column.category'), width: 150, extra: true, render: (row) => row.category?.name ?? null },
  { id: 'kind', title: t('column.kind'), width: 90, extra: true, render: (row) => kindWord(row.kind) },
  {
    id: 'updated',
    title: t('column.updated'),
    width: 110,
    extra: true,
    sort: { up: '-updated', down: 'updated' },
    render: (row) => <Moment at={row.updatedAt} />,
  },
]

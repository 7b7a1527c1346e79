import { Link } from '@tanstack/react-router'
import { type TicketTask, ticketTasks } from '../../contract/ticket-tasks.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { TaskVerbs, whoseTask } from './TicketTasks.tsx'

const columns = (): Column<TicketTask>[] => [
  {
    id: 'task',
    title: t('tasks.title.task'),
    width: 'grow',
    main: true,
    render: (task) => (
      <>
        {task.title} <span className="soft">{task.description}</span>
      </>
    ),
  },
  {
    id: 'ticket',
    title: t('tasks.ticket'),
    width: 260,
    // whose ticket one does not see shows its reference alone
    render: (task) =>
      task.ticket.title === '' ? (
        task.ticket.reference
      ) : (
        <Link to={paths.ticket(task.ticket.reference)}>
          {task.ticket.reference} {task.ticket.title}
        </Link>
      ),
  },
  { id: 'whose', title: t('tasks.whose'), width: 150, render: whoseTask },
  {
    id: 'due',
    title: t('tasks.due'),
    width: 110,
    render: (task) => (task.dueAt === null ? '' : <Moment at={task.dueAt} />),
  },
  { id: 'verbs', title: t('tasks.finish'), width: 320, bare: true, render: (task) => <TaskVerbs task={task} /> },
]

/** Open tasks of the reader and of their teams. */
export default function TasksPage() {
  const [address] = useAddress()
  const whose = address['whose'] === 'mine' ? 'mine' : 'teams'
  const list = useAskPages(ticketTasks.mine, { whose })
  return (
    <ListPage
      title={t('tasks.title')}
      tabs={
        <ViewTabs
          label={t('tasks.title')}
          current={whose}
          tabs={[
            { id: 'teams', title: t('tasks.teams'), to: paths.tasks },
            { id: 'mine', title: t('tasks.mine'), to: `${paths.tasks}?whose=mine` },
          ]}
        />
      }
      list={list}
      columns={columns()}
      empty={{ title: t('tasks.empty'), help: t('tasks.emptyHelp') }}
    />
  )
}

import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type TicketTask, ticketTasks } from '../../contract/ticket-tasks.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan } from '../platform/moments.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { later } from '../ui/later.tsx'
import { FailureNote } from '../ui/Form.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellFailed } from '../ui/told.ts'
import { SideSection } from './SideSection.tsx'

const TimeDialog = later(async () => (await import('./TimeDialog.tsx')).TimeDialog)

/** The tasks of a ticket as steps, with what can be done to each. */
export function TicketTasks({ ticket }: { ticket: Ticket }) {
  const asked = useAsk(ticketTasks.list, { id: ticket.id })
  const worker = useMay('tickets.work') && ticket.refusals['assign'] === null
  const last = asked.data?.items.at(-1)?.stage ?? 1
  return (
    <SideSection
      title={t('tasks.title')}
      asked={asked}
      add={
        worker
          ? { words: t('tasks.add'), form: (close) => <NewTask ticket={ticket.id} step={last} onClose={close} /> }
          : null
      }
    >
      {(items) =>
        items.length > 0 && (
          <ol style={{ margin: 0, paddingInlineStart: 20 }}>
            {items.map((task) => (
              <li key={task.id} tabIndex={-1} style={{ marginBottom: 8 }}>
                <TaskLine task={task} />
              </li>
            ))}
          </ol>
        )
      }
    </SideSection>
  )
}

/** Whose a task is, in words. */
export const whoseTask = (task: TicketTask): string => task.assignee?.name ?? task.team?.name ?? t('tasks.nobody')

function TaskLine({ task }: { task: TicketTask }) {
  return (
    <>
      <div>
        {task.title}{' '}
        <span className="label">
          {task.held ? t('tasks.held') : t(`tasks.state.${task.state}`)} · {whoseTask(task)}
          {task.dueAt !== null && (
            <>
              {' · '}
              <Moment at={task.dueAt} />
            </>
          )}
          {task.spentSeconds > 0 && ` · ${t('time.spentOn', { time: exactSpan(task.spentSeconds) })}`}
        </span>
      </div>
      {task.note !== '' && <div className="soft">{task.note}</div>}
      <TaskVerbs task={task} />
    </>
  )
}

/** Take it, done, leave it out: what the server allows. */
export function TaskVerbs({ task }: { task: TicketTask }) {
  const give = useAct(ticketTasks.give)
  const finish = useAct(ticketTasks.finish)
  const skip = useAct(ticketTasks.skip)
  const [why, say] = useState<string | null>(null)
  const [entering, enter] = useState(false)
  const failed = { onError: tellFailed }
  const name = <span className="unseen"> {task.title}</span>
  if (why !== null)
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault()
          skip.mutate({ id: task.id, reason: why }, { ...failed, onSuccess: () => say(null) })
        }}
      >
        <Group gap={6} align="end">
          <TextInput
            label={t('tasks.why')}
            required
            autoFocus
            maxLength={500}
            value={why}
            onChange={(event) => say(event.currentTarget.value)}
          />
          <Button type="submit" loading={skip.isPending} disabled={why.trim().length < 3}>
            {t('tasks.skip')}
          </Button>
          <Button variant="default" onClick={() => say(null)}>
            {t('cancel')}
          </Button>
        </Group>
      </form>
    )
  return (
    <Group gap={6}>
      {task.refusals['finish'] === null && (
        <Button
          size="compact-xs"
          loading={finish.isPending}
          onClick={(event) => {
            // the button goes with what it did; the focus stays at the task
            const line = event.currentTarget.closest('li')
            finish.mutate({ id: task.id }, { ...failed, onSuccess: () => line?.focus() })
          }}
        >
          {t('tasks.finish')}
          {name}
        </Button>
      )}
      {task.refusals['give'] === null && task.assignee === null && (
        <Button
          size="compact-xs"
          variant="default"
          loading={give.isPending}
          onClick={() => give.mutate({ id: task.id, owner: 'me' }, failed)}
        >
          {t('tasks.take')}
          {name}
        </Button>
      )}
      {task.refusals['skip'] === null && (
        <Button size="compact-xs" variant="subtle" onClick={() => say('')}>
          {t('tasks.skip')}
          {name}
        </Button>
      )}
      {task.refusals['spend'] === null && (
        <Button size="compact-xs" variant="subtle" onClick={() => enter(true)}>
          {t('time.enter')}
          {name}
        </Button>
      )}
      {entering && <TimeDialog on={{ task }} onClose={() => enter(false)} />}
    </Group>
  )
}

function NewTask({ ticket, step, onClose }: { ticket: string; step: number; onClose: () => void }) {
  const act = useAct(ticketTasks.add, { onDone: onClose })
  const [title, setTitle] = useState('')
  const [stage, setStage] = useState(step)
  const [hours, setHours] = useState<number | null>(8)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (title.trim() !== '') act.mutate({ id: ticket, title, stage, hours })
      }}
    >
      <TextInput
        label={t('tasks.title.task')}
        required
        autoFocus
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Group gap={6} grow>
        <NumberInput
          label={t('tasks.step')}
          min={1}
          max={50}
          value={stage}
          onChange={(n) => setStage(Number(n) || 1)}
        />
        <NumberInput
          label={t('tasks.hours')}
          min={0.25}
          max={2000}
          value={hours ?? ''}
          onChange={(n) => setHours(typeof n === 'number' ? n : null)}
        />
      </Group>
      <FailureNote error={act.error} />
      <Group gap={6} mt={6}>
        <Button type="submit" loading={act.isPending} disabled={title.trim() === ''}>
          {t('tasks.add')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  )
}

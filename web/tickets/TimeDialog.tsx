import type { Ref } from '../../contract/action.ts'
import { durationText } from '../../contract/duration.ts'
import type { TicketTask } from '../../contract/ticket-tasks.ts'
import { type TimeEntry, timeEntries, workKinds } from '../../contract/time-entries.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { today } from '../platform/moments.ts'
import { useAct } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { DurationField, durationFault } from './DurationField.tsx'

interface Props {
  /** What it was spent on: a ticket, with whom it is billed to and whether time of others can be entered; a task; or the entry that is corrected. */
  on: { ticket: string; billedTo: string; others: boolean } | { task: TicketTask } | { entry: TimeEntry }
  onClose: () => void
}

/** Enters time, or corrects it. */
export function TimeDialog({ on, onClose }: Props) {
  const add = useAct(timeEntries.add, { onDone: onClose })
  const addToTask = useAct(timeEntries.addToTask, { onDone: onClose })
  const edit = useAct(timeEntries.edit, { onDone: onClose })
  const me = useMe()
  const act = 'entry' in on ? edit : 'task' in on ? addToTask : add
  const own: Ref | null = me?.person ?? null
  const fields: FormField[] = [
    {
      name: 'duration',
      label: t('time.spent'),
      required: true,
      type: 'own',
      render: ({ value, set, error }) => (
        <DurationField
          data-autofocus
          label={t('time.spent')}
          required
          value={String(value)}
          onChange={set}
          error={error}
        />
      ),
    },
    { name: 'day', label: t('time.day'), type: 'day', required: true },
    ...('ticket' in on && on.others
      ? [
          {
            name: 'person',
            label: t('time.who'),
            required: true,
            type: 'own',
            render: ({ value, set, error }) => (
              <PersonField label={t('time.who')} required value={value as Ref | null} onChange={set} error={error} />
            ),
          } satisfies FormField,
        ]
      : []),
    {
      name: 'kind',
      label: t('time.column.kind'),
      type: 'choose',
      required: true,
      options: workKinds.map((value) => ({ value, label: t('time.kind', { kind: value }) })),
    },
    { name: 'words', label: t('time.column.words'), type: 'text' },
    { name: 'billable', label: t('time.billable.label'), type: 'check' },
    {
      name: 'billedTo',
      label: t('time.column.billed-to'),
      help: 'ticket' in on ? t('time.billedToDefault', { name: on.billedTo }) : t('time.billedToHelp'),
      type: 'line',
      off: (values) => values['billable'] !== true,
    },
  ]
  const start: Values =
    'entry' in on
      ? { ...on.entry, duration: durationText(on.entry.seconds) }
      : { duration: '', day: today(), person: own, kind: 'remote', words: '', billable: false, billedTo: '' }
  const submit = (values: Values, version: number | undefined): void => {
    const { person, words, billedTo, ...rest } = values
    if (durationFault(String(rest['duration'])) !== null) return
    const given = {
      ...rest,
      words: words ?? '',
      ...(billedTo === undefined ? {} : { billedTo: billedTo ?? '' }),
      ...(person === undefined || person === null ? {} : { person: (person as Ref).id }),
    }
    if ('entry' in on) edit.mutate({ ...given, id: on.entry.id, version } as never)
    else if ('task' in on) addToTask.mutate({ ...given, id: on.task.id } as never)
    else add.mutate({ ...given, id: on.ticket } as never)
  }
  return (
    <RecordForm
      title={
        'entry' in on ? t('time.correct') : 'task' in on ? t('time.enterOn', { what: on.task.title }) : t('time.enter')
      }
      verb={'entry' in on ? t('save') : t('time.enter')}
      fields={fields}
      start={start}
      version={'entry' in on ? on.entry.version : undefined}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}

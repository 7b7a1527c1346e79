import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer, Ref, Sent } from '../../contract/action.ts'
import { categories, queues } from '../../contract/queues.ts'
import { bulkStates, ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import { vendors } from '../../contract/vendors.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import type { FormField, Option, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { BulkPreview } from './BulkPreview.tsx'
import { changeOf } from './bulk-change.ts'
import type { TicketFilter } from './views.ts'
import { levelWord, stateWord } from './words.tsx'

type Which = { filter: TicketFilter } | { tickets: { id: string; version: number }[] }

const named = (items: readonly { id: string; name: string }[] | undefined): Option[] =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }))

const levels = (): Option[] => [1, 2, 3].map((level) => ({ value: String(level), label: levelWord(level) }))

/** What is to change, then how many it would touch; started only after that was seen. */
export function BulkDialog({ which, n, onClose }: { which: Which; n: string; onClose: () => void }) {
  const navigate = useNavigate()
  const [asked, ask] = useState<Sent<typeof ticketBulkEdits.start> | null>(null)
  const [seen, see] = useState<Answer<typeof ticketBulkEdits.preview> | null>(null)
  // what was typed is there again when one goes back from the preview
  const [typed, type] = useState<Values>({})
  const known = useAsk(queues.list, { active: true })
  const tree = useAsk(categories.list, {})
  const firms = useAsk(vendors.list, { limit: 200 })
  const preview = useAct(ticketBulkEdits.preview, { onDone: see })
  const start = useAct(ticketBulkEdits.start, { onDone: ({ id }) => void navigate({ to: paths.bulkEdit(id) }) })
  const fields: FormField[] = [
    { name: 'queue', label: t('filter.queue'), type: 'choose', options: named(known.data?.items) },
    {
      name: 'category',
      label: t('column.category'),
      type: 'choose',
      options: (tree.data?.items ?? []).filter((c) => c.active).map((c) => ({ value: c.id, label: c.path })),
    },
    {
      name: 'assignee',
      label: t('column.assignee'),
      type: 'own',
      off: (values) => values['nobody'] === true,
      render: ({ value, set, error }) => (
        <PersonField
          label={t('column.assignee')}
          value={(value as Ref | null | undefined) ?? null}
          onChange={set}
          error={error}
        />
      ),
    },
    { name: 'nobody', label: t('bulkEdit.nobody'), type: 'check' },
    { name: 'impact', label: t('ticket.field.impact'), type: 'choose', options: levels() },
    { name: 'urgency', label: t('ticket.field.urgency'), type: 'choose', options: levels() },
    {
      name: 'state',
      label: t('column.state'),
      type: 'choose',
      options: bulkStates.map((state) => ({ value: state, label: stateWord(state) })),
    },
    {
      name: 'vendor',
      label: t('bulkEdit.vendor'),
      type: 'choose',
      required: true,
      options: named(firms.data?.items.filter((firm) => firm.active)),
      off: (values) => values['state'] !== 'waiting_vendor',
    },
    {
      name: 'resolution',
      label: t('bulkEdit.resolution'),
      type: 'text',
      wide: true,
      off: (values) => values['state'] !== 'resolved',
    },
    { name: 'note', label: t('bulkEdit.note'), type: 'text', wide: true },
    {
      name: 'notePublic',
      label: t('bulkEdit.notePublic'),
      type: 'check',
      off: (values) => typeof values['note'] !== 'string' || values['note'].trim() === '',
    },
  ]
  if (asked !== null && seen !== null)
    return (
      <BulkPreview
        preview={seen}
        busy={start.isPending || start.isSuccess}
        error={start.error}
        onStart={() => start.mutate(asked)}
        onClose={() => {
          see(null)
          start.reset()
        }}
      />
    )
  return (
    <RecordForm
      title={'filter' in which ? t('bulkEdit.allTitle', { n }) : t('bulkEdit.chosen', { n: which.tickets.length })}
      help={t('bulkEdit.help')}
      verb={t('bulkEdit.look')}
      fields={fields}
      start={typed}
      busy={preview.isPending}
      error={preview.error}
      onSubmit={(values) => {
        const input = { ...which, change: changeOf(values) }
        type(values)
        ask(input)
        preview.mutate(input)
      }}
      onClose={onClose}
    />
  )
}

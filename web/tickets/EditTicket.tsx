import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { categories } from '../../contract/queues.ts'
import { tickets, type Ticket } from '../../contract/tickets.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { RichText } from '../ui/RichText.tsx'
import { kindWord } from './words.tsx'
import { useTicketWrite } from './writing.tsx'

/** Title, description and the fields that seldom change; another's change in between shows both versions. */
export function EditTicket({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const [form, setForm] = useState({
    title: ticket.title,
    description: ticket.description,
    kind: ticket.kind,
    category: ticket.category?.id ?? null,
    confidential: ticket.confidential,
    requester: ticket.requester,
  })
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }))
  const tree = useAsk(categories.list, {})
  const mayRead = useMay('people.read')
  const { write, dialog, busy } = useTicketWrite()
  const save = async (): Promise<void> => {
    const changed = {
      ...(form.title === ticket.title ? {} : { title: form.title }),
      ...(form.description === ticket.description ? {} : { description: form.description }),
      ...(form.kind === ticket.kind ? {} : { kind: form.kind }),
      ...(form.category === (ticket.category?.id ?? null) ? {} : { category: form.category }),
      ...(form.confidential === ticket.confidential ? {} : { confidential: form.confidential }),
      ...(form.requester?.id === ticket.requester?.id ? {} : { requester: form.requester?.id ?? null }),
    }
    if (
      Object.keys(changed).length === 0 ||
      (await write(tickets.edit, { id: ticket.id, version: ticket.version, ...changed })) !== null
    )
      onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('ticket.editTitle', { reference: ticket.reference })} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('column.title')}
            required
            data-autofocus
            value={form.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <div>
            <p className="label" style={{ margin: '0 0 4px' }}>
              {t('ticket.field.description')}
            </p>
            <RichText
              label={t('ticket.field.description')}
              value={form.description}
              onChange={(description) => set({ description })}
              onSubmit={() => void save()}
            />
          </div>
          <Group grow align="start">
            <Select
              label={t('column.kind')}
              data={(['incident', 'request'] as const).map((kind) => ({ value: kind, label: kindWord(kind) }))}
              value={form.kind}
              onChange={(kind) => set({ kind: kind ?? 'incident' })}
            />
            <Select
              label={t('column.category')}
              searchable
              clearable
              limit={60}
              data={(tree.data?.items ?? []).map((c) => ({ value: c.id, label: c.path }))}
              value={form.category}
              onChange={(category) => set({ category })}
            />
          </Group>
          {mayRead && (
            <PersonField
              label={t('column.requester')}
              value={form.requester}
              onChange={(requester) => set({ requester })}
            />
          )}
          <Checkbox
            size="xs"
            label={t('ticketNew.confidential')}
            checked={form.confidential}
            onChange={(event) => set({ confidential: event.currentTarget.checked })}
          />
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('save')}
          </Button>
        </Group>
      </form>
      {dialog}
    </Modal>
  )
}

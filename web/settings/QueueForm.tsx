import { Checkbox, Modal, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { teams } from '../../contract/people.ts'
import { queues, type Queue } from '../../contract/queues.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'

export function QueueForm({ queue, onClose }: { queue: Queue | null; onClose: () => void }) {
  const [form, setForm] = useState({
    name: queue?.name ?? '',
    description: queue?.description ?? '',
    teams: queue?.teams.map((team) => team.id) ?? [],
    isDefault: queue?.isDefault ?? false,
    active: queue?.active ?? true,
  })
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }))
  const known = useAsk(teams.list, { limit: 200 })
  const create = useAct(queues.create, { onDone: onClose })
  const edit = useAct(queues.edit, { onDone: onClose })
  const act = queue === null ? create : edit
  return (
    <Modal opened onClose={onClose} title={t(queue === null ? 'queues.add' : 'queues.edit')}>
      <Form
        onSubmit={() =>
          queue === null ? create.mutate(form) : edit.mutate({ id: queue.id, version: queue.version, ...form })
        }
        verb={t(queue === null ? 'queues.add' : 'save')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={form.name.trim() === ''}
      >
        <Stack gap="sm">
          <TextInput
            label={t('calendars.name')}
            required
            data-autofocus
            value={form.name}
            error={fieldError(act.error, 'name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t('queues.description')}
            autosize
            minRows={2}
            value={form.description}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
          <MultiSelect
            label={t('queues.teams')}
            searchable
            data={(known.data?.items ?? []).map((team) => ({ value: team.id, label: team.name }))}
            value={form.teams}
            onChange={(ids) => set({ teams: ids })}
          />
          <Checkbox
            size="xs"
            label={t('queues.isDefault')}
            checked={form.isDefault}
            onChange={(event) => set({ isDefault: event.currentTarget.checked })}
          />
          {queue !== null && (
            <Checkbox
              size="xs"
              label={t('queues.active')}
              checked={form.active}
              onChange={(event) => set({ active: event.currentTarget.checked })}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}

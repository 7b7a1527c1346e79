import { Checkbox, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { webhooks, type Webhook } from '../../contract/webhooks.ts'
import { roleOptions } from '../people/words.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { ShownSecret } from './ShownSecret.tsx'

/** Add a webhook, or change one. The secret of a new one is shown in place of the form. */
export function WebhookForm({ webhook, onClose }: { webhook: Webhook | null; onClose: () => void }) {
  const [form, setForm] = useState({
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    types: webhook?.types ?? ['ticket.*'],
    role: webhook?.role ?? 'coordinator',
    active: webhook?.active ?? true,
  })
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }))
  const known = useAsk(webhooks.eventTypes, {})
  const create = useAct(webhooks.create)
  const edit = useAct(webhooks.edit, { onDone: onClose })
  const act = webhook === null ? create : edit
  const kinds = [...new Set((known.data?.items ?? []).map((type) => `${type.split('.')[0]}.*`))]
  const { active, ...given } = form
  return (
    <Modal opened onClose={onClose} title={t(webhook === null ? 'webhooks.add' : 'webhooks.edit')}>
      {create.data !== undefined ? (
        <ShownSecret secret={create.data.secret} onClose={onClose} />
      ) : (
        <Form
          onSubmit={() =>
            webhook === null
              ? create.mutate(given)
              : edit.mutate({ id: webhook.id, version: webhook.version, ...given, active })
          }
          verb={t(webhook === null ? 'webhooks.add' : 'save')}
          busy={act.isPending}
          error={act.error}
          onCancel={onClose}
          disabled={form.name.trim() === '' || form.url.trim() === '' || form.types.length === 0}
        >
          <Stack gap="sm">
            <TextInput
              label={t('webhooks.name')}
              required
              data-autofocus
              value={form.name}
              error={fieldError(act.error, 'name')}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <TextInput
              label={t('webhooks.url')}
              description={t('webhooks.urlHelp')}
              type="url"
              required
              value={form.url}
              error={fieldError(act.error, 'url') === undefined ? undefined : act.error?.message}
              onChange={(event) => set({ url: event.currentTarget.value })}
            />
            <TagsInput
              label={t('webhooks.types')}
              description={t('webhooks.typesHelp')}
              required
              data={['*', ...kinds, ...(known.data?.items ?? [])]}
              value={form.types}
              error={fieldError(act.error, 'types')}
              onChange={(types) => set({ types })}
            />
            <Select
              label={t('webhooks.role')}
              description={t('webhooks.roleHelp')}
              data={roleOptions().filter(({ value }) => value !== 'requester')}
              allowDeselect={false}
              value={form.role}
              onChange={(role) => role !== null && role !== 'requester' && set({ role })}
            />
            {webhook !== null && (
              <Checkbox
                size="xs"
                label={t('webhooks.activeHelp')}
                checked={form.active}
                onChange={(event) => set({ active: event.currentTarget.checked })}
              />
            )}
          </Stack>
        </Form>
      )}
    </Modal>
  )
}

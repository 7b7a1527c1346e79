import { Checkbox, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { calendars } from '../../contract/calendars.ts'
import { vendors, type Vendor } from '../../contract/vendors.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text)

/** Record a vendor, or change one. The calendar is what its own clocks run on. */
export function VendorForm({ vendor, onClose }: { vendor: Vendor | null; onClose: () => void }) {
  const navigate = useNavigate()
  const [form, setForm] = useState({
    name: vendor?.name ?? '',
    email: vendor?.email ?? '',
    phone: vendor?.phone ?? '',
    note: vendor?.note ?? '',
    calendar: vendor?.calendar?.id ?? null,
    active: vendor?.active ?? true,
  })
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }))
  const known = useAsk(calendars.list, {})
  const create = useAct(vendors.create, { onDone: (made) => void navigate({ to: paths.vendor(made.id) }) })
  const edit = useAct(vendors.edit, { onDone: onClose })
  const act = vendor === null ? create : edit
  const submit = (): void => {
    const fields = {
      name: form.name,
      email: textOrNull(form.email),
      phone: textOrNull(form.phone),
      note: form.note,
      calendar: form.calendar,
      active: form.active,
    }
    if (vendor === null) create.mutate(fields)
    else edit.mutate({ id: vendor.id, version: vendor.version, ...fields })
  }
  return (
    <Modal opened onClose={onClose} title={t(vendor === null ? 'vendors.add' : 'vendors.edit')}>
      <Form
        onSubmit={submit}
        verb={t(vendor === null ? 'vendors.add' : 'save')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={form.name.trim() === ''}
      >
        <Stack gap="sm">
          <TextInput
            label={t('vendors.name')}
            required
            data-autofocus
            value={form.name}
            error={fieldError(act.error, 'name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('vendors.email')}
            type="email"
            value={form.email}
            error={fieldError(act.error, 'email')}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
          <TextInput
            label={t('vendors.phone')}
            value={form.phone}
            error={fieldError(act.error, 'phone')}
            onChange={(event) => set({ phone: event.currentTarget.value })}
          />
          <Select
            label={t('calendar.title')}
            description={t('vendors.calendarHelp')}
            clearable
            data={(known.data?.items ?? []).map((calendar) => ({ value: calendar.id, label: calendar.name }))}
            value={form.calendar}
            onChange={(calendar) => set({ calendar })}
          />
          <Textarea
            label={t('vendors.note')}
            autosize
            minRows={2}
            value={form.note}
            onChange={(event) => set({ note: event.currentTarget.value })}
          />
          {vendor !== null && (
            <Checkbox
              size="xs"
              label={t('vendors.activeHelp')}
              checked={form.active}
              onChange={(event) => set({ active: event.currentTarget.checked })}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}

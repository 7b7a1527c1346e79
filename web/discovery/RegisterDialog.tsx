import { Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { assetCategories } from '../../contract/asset-models.ts'
import { type Device, devices } from '../../contract/devices.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { Facts } from '../ui/Facts.tsx'
import { modelOf } from './words.tsx'

/** Makes a device an asset with what is seen of it; what is left empty is found or made. */
export function RegisterDialog({
  device,
  onClose,
  onDone,
}: {
  device: Device
  onClose: () => void
  onDone: (tag: string) => void
}) {
  const [name, setName] = useState(device.name)
  const [tag, setTag] = useState('')
  const [category, setCategory] = useState<string | null>(null)
  const categories = useAsk(assetCategories.list, {})
  const register = useAct(devices.register, {
    onDone: (answer) => {
      if (answer.asset !== null) onDone(answer.asset.tag)
    },
  })
  const submit = (): void =>
    register.mutate({
      id: device.id,
      version: device.version,
      ...(name.trim() === '' || name === device.name ? {} : { name: name.trim() }),
      ...(tag.trim() === '' ? {} : { tag: tag.trim() }),
      ...(category === null ? {} : { category }),
    })
  return (
    <Modal opened onClose={onClose} title={t('device.registerTitle')}>
      <Form
        onSubmit={submit}
        verb={t('device.register')}
        busy={register.isPending}
        error={register.error}
        onCancel={onClose}
      >
        <Stack gap="sm">
          <Facts
            entries={[
              [t('devices.model'), modelOf(device)],
              [t('devices.serial'), device.serial],
            ]}
          />
          <TextInput
            label={t('devices.name')}
            data-autofocus
            value={name}
            error={fieldError(register.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('device.tag')}
            description={t('device.tagHelp')}
            value={tag}
            error={fieldError(register.error, 'tag')}
            onChange={(event) => setTag(event.currentTarget.value)}
          />
          <Select
            label={t('device.category')}
            description={t('device.categoryHelp')}
            clearable
            searchable
            data={(categories.data?.items ?? [])
              .filter((one) => one.active && one.class === 'device')
              .map((one) => ({ value: one.id, label: one.name }))}
            value={category}
            onChange={setCategory}
          />
        </Stack>
      </Form>
    </Modal>
  )
}

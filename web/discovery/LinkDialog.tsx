import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Device, devices } from '../../contract/devices.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

/** Says which asset a device is. */
export function LinkDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const [asset, setAsset] = useState('')
  const link = useAct(devices.link, {
    onDone: () => {
      tellDone(t('device.linked'))
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('device.link')}>
      <Form
        onSubmit={() => link.mutate({ id: device.id, version: device.version, asset: asset.trim() })}
        verb={t('device.link')}
        busy={link.isPending}
        error={link.error}
        onCancel={onClose}
        disabled={asset.trim() === ''}
      >
        <TextInput
          label={t('device.linkAsset')}
          description={t('device.linkHelp')}
          placeholder="AST-1001"
          required
          data-autofocus
          value={asset}
          error={fieldError(link.error, 'asset')}
          onChange={(event) => setAsset(event.currentTarget.value)}
        />
      </Form>
    </Modal>
  )
}

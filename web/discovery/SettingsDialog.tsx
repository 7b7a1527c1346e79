import { Modal, NumberInput, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { type DiscoverySettings, discoverySettings } from '../../contract/discovery.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

/** How often agents report, and what becomes of what they find. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const asked = useAsk(discoverySettings.show, {})
  return (
    <Modal opened onClose={onClose} title={t('discovery.settings')}>
      <Asked question={asked}>{(settings) => <Fields settings={settings} onClose={onClose} />}</Asked>
    </Modal>
  )
}

function Fields({ settings, onClose }: { settings: DiscoverySettings; onClose: () => void }) {
  const [everyHours, setEveryHours] = useState<number | string>(settings.everyHours)
  const [keep, setKeep] = useState<number | string>(settings.keep)
  const [unknown, setUnknown] = useState(settings.unknown)
  const save = useAct(discoverySettings.save, {
    onDone: () => {
      tellDone(t('discovery.settingsSaved'))
      onClose()
    },
  })
  return (
    <Form
      onSubmit={() =>
        save.mutate({ version: settings.version, everyHours: Number(everyHours), keep: Number(keep), unknown })
      }
      verb={t('save')}
      busy={save.isPending}
      error={save.error}
      onCancel={onClose}
      disabled={everyHours === '' || keep === ''}
    >
      <Stack gap="sm">
        <NumberInput
          label={t('discovery.everyHours')}
          min={1}
          max={720}
          allowDecimal={false}
          value={everyHours}
          error={fieldError(save.error, 'everyHours')}
          onChange={setEveryHours}
        />
        <Select
          label={t('discovery.unknown')}
          data={(['wait', 'create'] as const).map((value) => ({ value, label: t(`discovery.unknown.${value}`) }))}
          value={unknown}
          allowDeselect={false}
          onChange={(next) => setUnknown(next ?? 'wait')}
        />
        <NumberInput
          label={t('discovery.keep')}
          description={t('discovery.keepHelp')}
          min={1}
          max={50}
          allowDecimal={false}
          value={keep}
          error={fieldError(save.error, 'keep')}
          onChange={setKeep}
        />
      </Stack>
    </Form>
  )
}

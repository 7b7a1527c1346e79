import { Checkbox, Select, TextInput } from '@mantine/core'
import type { Answer } from '../../contract/action.ts'
import type { imports } from '../../contract/imports.ts'
import { t } from '../platform/i18n.ts'
import { allZones } from '../platform/zones.ts'
import { fieldError } from '../ui/Form.tsx'
import type { Preview } from './mapping.ts'

export interface ChosenOptions {
  asOf: string
  zone: string
  shift: boolean
  dateOrder: '' | 'dmy' | 'mdy' | 'ymd'
  currency: string
}

interface Props {
  options: Answer<typeof imports.sources>['items'][number]['options']
  preview: Preview | undefined
  value: ChosenOptions
  error: unknown
  onChange: (change: Partial<ChosenOptions>) => void
}

/** What a source can be told about a file. */
export function FileOptions({ options, preview, value, error, onChange }: Props) {
  return (
    <>
      {options.includes('dateOrder') && (
        <Select
          label={t('importNew.dateOrder')}
          description={t(preview?.dateOrder === 'unknown' ? 'importNew.dateOrderUnknown' : 'importNew.dateOrderHelp')}
          allowDeselect={false}
          data={[
            { value: '', label: t('importNew.dateOrder.auto') },
            ...(['dmy', 'mdy', 'ymd'] as const).map((one) => ({ value: one, label: t(`importNew.dateOrder.${one}`) })),
          ]}
          value={value.dateOrder}
          onChange={(next) => onChange({ dateOrder: next ?? '' })}
        />
      )}
      {options.includes('currency') && (
        <TextInput
          label={t('importNew.currency')}
          description={t('importNew.currencyHelp')}
          maxLength={3}
          styles={{ wrapper: { maxWidth: 120 } }}
          value={value.currency}
          error={fieldError(error, 'currency')}
          onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() })}
        />
      )}
      {options.includes('asOf') && (
        <TextInput
          type="datetime-local"
          label={t('importNew.asOf')}
          description={t('importNew.asOfHelp')}
          value={value.asOf}
          error={fieldError(error, 'asOf')}
          onChange={(event) => onChange({ asOf: event.currentTarget.value })}
        />
      )}
      {options.includes('zone') && (
        <Select
          label={t('importNew.zone')}
          description={t('importNew.zoneHelp')}
          searchable
          limit={60}
          data={allZones()}
          value={value.zone}
          onChange={(next) => onChange({ zone: next ?? 'UTC' })}
        />
      )}
      {options.includes('shift') && (
        <Checkbox
          size="xs"
          label={t('importNew.shift')}
          description={t('importNew.shiftHelp')}
          checked={value.shift}
          onChange={(event) => onChange({ shift: event.currentTarget.checked })}
        />
      )}
    </>
  )
}

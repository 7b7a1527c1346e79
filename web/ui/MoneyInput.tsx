import { Group, NumberInput, TextInput } from '@mantine/core'
import { t } from '../platform/i18n.ts'
import { digitsOf } from '../platform/moments.ts'

export interface MoneyGiven {
  minor: number
  currency: string
}

/** An amount and its currency (ISO 4217). Kept in minor units: what is typed is rounded to the currency's own. */
export function MoneyInput({
  label,
  value,
  onChange,
  error,
}: {
  label: string
  value: MoneyGiven | null
  onChange: (money: MoneyGiven | null) => void
  error: string | undefined
}) {
  const currency = value?.currency ?? 'EUR'
  const unit = 10 ** digitsOf(currency)
  return (
    <Group gap={6} wrap="nowrap" align="end">
      <NumberInput
        label={label}
        hideControls
        min={0}
        decimalScale={digitsOf(currency)}
        style={{ flex: 1 }}
        value={value === null ? '' : value.minor / unit}
        error={error}
        onChange={(given) => onChange(typeof given === 'number' ? { minor: Math.round(given * unit), currency } : null)}
      />
      <TextInput
        w={70}
        aria-label={t('money.currency')}
        maxLength={3}
        value={currency}
        onChange={(event) => {
          const wanted = event.currentTarget.value.toUpperCase()
          onChange({ minor: value?.minor ?? 0, currency: wanted })
        }}
      />
    </Group>
  )
}

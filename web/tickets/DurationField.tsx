import { TextInput, type TextInputProps } from '@mantine/core'
import { durationOf } from '../../contract/duration.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan } from '../platform/moments.ts'

/** What is wrong with a typed duration, in words; null where it is fine, or nothing is typed yet. */
export function durationFault(text: string): string | null {
  const found = durationOf(text)
  return typeof found === 'number' || found === 'empty' ? null : t(`time.duration-${found}`, { text: text.trim() })
}

/** How it was understood; null where it was not. */
export function durationUnderstood(text: string): string | null {
  const found = durationOf(text)
  return typeof found === 'number' ? exactSpan(found) : null
}

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string
  onChange: (text: string) => void
}

/** A duration as people write it: `1h 30m`, `1:30`, `90m`, `1.5h`. Shows what was understood. */
export function DurationField({ value, onChange, error, ...rest }: Props) {
  const understood = durationUnderstood(value)
  return (
    <TextInput
      {...rest}
      placeholder={t('time.placeholder')}
      value={value}
      maxLength={40}
      autoComplete="off"
      error={durationFault(value) ?? error}
      description={understood === null ? t('time.durationHelp') : t('time.understood', { time: understood })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

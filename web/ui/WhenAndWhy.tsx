import { Stack, Textarea, TextInput } from '@mantine/core'
import { t } from '../platform/i18n.ts'
import { DayInput } from './DayInput.tsx'
import { fieldError } from './Form.tsx'

export interface WhenAndWhyGiven {
  /** A date, null while none is understood. */
  on: string | null
  /** Local time, HH:MM; may be empty where the day is enough. */
  time: string
  reason: string
}

interface Props {
  /** `field`: the field of the action, for what the server says of it. */
  day: { label: string; field: string }
  time: { label: string; help?: string }
  value: WhenAndWhyGiven
  onChange: (value: WhenAndWhyGiven) => void
  error: unknown
}

export const isWhenAndWhy = (given: WhenAndWhyGiven): given is WhenAndWhyGiven & { on: string } =>
  given.on !== null && given.reason.trim().length >= 3

/** A moment and a reason. */
export function WhenAndWhy({ day, time, value, onChange, error }: Props) {
  return (
    <Stack gap="sm">
      <DayInput
        label={day.label}
        required
        value={value.on}
        onChange={(on) => onChange({ ...value, on })}
        error={fieldError(error, day.field)}
      />
      <TextInput
        type="time"
        label={time.label}
        description={time.help}
        value={value.time}
        onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
      />
      <Textarea
        label={t('byHand.reason')}
        required
        autosize
        value={value.reason}
        error={fieldError(error, 'reason')}
        onChange={(event) => onChange({ ...value, reason: event.currentTarget.value })}
      />
    </Stack>
  )
}

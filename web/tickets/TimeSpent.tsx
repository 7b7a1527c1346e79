import { Checkbox, Group, TextInput } from '@mantine/core'
import { t } from '../platform/i18n.ts'
import { durationFault, durationUnderstood } from './DurationField.tsx'
import type { TimeTaken } from './time-taken.ts'

interface Props {
  value: TimeTaken
  onChange: (time: TimeTaken) => void
  onSubmit: () => void
}

/** The time an answer took, entered as it is sent. */
export function TimeSpent({ value, onChange, onSubmit }: Props) {
  const understood = durationUnderstood(value.duration)
  return (
    <Group gap={10} align="flex-start">
      <TextInput
        size="xs"
        w={150}
        aria-label={t('time.spent')}
        placeholder={t('time.spentPlaceholder')}
        maxLength={40}
        autoComplete="off"
        value={value.duration}
        error={durationFault(value.duration)}
        onChange={({ currentTarget: { value: text } }) =>
          onChange({ ...value, duration: text.trim() === '' ? '' : text, isFit: durationFault(text) === null })
        }
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit()
        }}
      />
      {understood !== null && (
        <>
          <Checkbox
            size="xs"
            mt={7}
            label={t('time.billable.label')}
            checked={value.billable}
            onChange={(event) => onChange({ ...value, billable: event.currentTarget.checked })}
          />
          <span className="label" style={{ marginBlockStart: 7 }} role="status">
            {t('time.understood', { time: understood })}
          </span>
        </>
      )}
    </Group>
  )
}

import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { understoodDay } from './understoodDay.ts'

interface Props {
  label: string
  value: string | null
  onChange: (day: string | null) => void
  required?: boolean
  error?: string | undefined
  description?: string
}

/** A date as people say it: `next friday`, `in 3 days`, `2026-12-24`, `24.12.`. Shows what was understood. */
export function DayInput({ label, value, onChange, required = false, error, description }: Props) {
  const [text, setText] = useState(value ?? '')
  const [today] = useState(() => new Date())
  const understood = understoodDay(text, today)
  const unclear = text.trim() !== '' && understood === null
  return (
    <TextInput
      label={label}
      required={required}
      value={text}
      error={unclear ? t('day.unclear') : error}
      placeholder={t('day.placeholder')}
      description={
        understood !== null && understood !== text ? t('day.understood', { day: plainDay(understood) }) : description
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const day = understoodDay(event.currentTarget.value, today)
        if (day !== null || event.currentTarget.value.trim() === '') onChange(day)
      }}
      onBlur={() => {
        if (understood !== null) setText(understood)
      }}
    />
  )
}

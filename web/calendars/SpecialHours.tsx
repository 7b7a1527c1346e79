import { ActionIcon, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { SpecialHours as Special } from '../../contract/calendars.ts'
import { t } from '../platform/i18n.ts'
import { DayInput } from '../ui/DayInput.tsx'
import classes from './Calendar.module.css'
import { SpanList } from './WeekGrid.tsx'

/** Hours that replace everything else on their date. */
export function SpecialHours({
  special,
  onChange,
}: {
  special: readonly Special[]
  onChange: (special: Special[]) => void
}) {
  const set = (index: number, change: Partial<Special>): void =>
    onChange(special.map((one, i) => (i === index ? { ...one, ...change } : one)))
  if (special.length === 0) return <p className="soft">{t('calendars.noSpecial')}</p>
  return (
    <div className={classes['rows']}>
      {special.map((one, index) => (
        <div key={index} className={classes['entry']}>
          <DayInput
            label={t('calendars.date')}
            value={one.date}
            onChange={(date) => date !== null && set(index, { date })}
          />
          <TextInput
            className={classes['grow'] ?? ''}
            label={t('calendars.holidayName')}
            value={one.name ?? ''}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <SpanList spans={one.spans} label={one.date} onChange={(spans) => set(index, { spans })} />
          <ActionIcon
            mb={4}
            aria-label={t('calendars.removeSpecial')}
            onClick={() => onChange(special.filter((_, i) => i !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
    </div>
  )
}

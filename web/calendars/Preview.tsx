import { NumberInput, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { calendarArithmetic, type CalendarDefinition } from '../../contract/calendars.ts'
import { ask } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { absolute, exactSpan, nearby } from '../platform/moments.ts'
import { useNow } from '../platform/now.ts'
import { sentenceOf } from '../platform/failures.ts'
import classes from './Calendar.module.css'

const localNow = (): string => {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What a promise on this calendar would be, computed by the server as it is typed. Nothing is stored. */
export function Preview({ definition }: { definition: CalendarDefinition }) {
  const [start, setStart] = useState(localNow)
  const [amount, setAmount] = useState(8)
  const [unit, setUnit] = useState<'hours' | 'workingDays'>('hours')
  const now = useNow()
  const at = new Date(start)
  const input = {
    calendar: definition,
    start: Number.isNaN(at.getTime()) ? now.toISOString() : at.toISOString(),
    ...(unit === 'hours' ? { seconds: Math.round(amount * 3600) } : { workingDays: Math.round(amount) }),
  }
  const [asked] = useDebouncedValue(input, 250)
  const preview = useQuery({
    queryKey: ['calendars.preview', asked],
    queryFn: async ({ signal }) => await ask(calendarArithmetic.previewCalendar, asked, signal),
    placeholderData: (before) => before,
    retry: false,
  })
  return (
    <aside className={classes['preview']} aria-label={t('preview.title')}>
      <h2>{t('preview.title')}</h2>
      <TextInput
        size="xs"
        type="datetime-local"
        label={t('preview.start')}
        value={start}
        onChange={(event) => setStart(event.currentTarget.value)}
      />
      <div className={classes['spans']}>
        <NumberInput
          size="xs"
          w={90}
          label={t('preview.target')}
          min={0}
          max={2000}
          value={amount}
          onChange={(value) => setAmount(Number(value) || 0)}
          hideControls
        />
        <Select
          size="xs"
          w={170}
          label={t('preview.unit')}
          data={[
            { value: 'hours', label: t('preview.hours') },
            { value: 'workingDays', label: t('preview.days') },
          ]}
          value={unit}
          onChange={(next) => setUnit(next === 'workingDays' ? 'workingDays' : 'hours')}
        />
      </div>
      <div aria-live="polite">
        {preview.error !== null ? (
          <p className="soft">{sentenceOf(preview.error)}</p>
        ) : preview.data === undefined ? null : (
          <>
            <p className={classes['due']}>{t('preview.due', { at: absolute(preview.data.due) })}</p>
            <ol>
              {preview.data.spans.slice(0, 12).map((span) => (
                <li key={span.from} className="figures">
                  {t('preview.span', {
                    from: nearby(span.from, now),
                    to: nearby(span.to, now),
                    span: exactSpan(span.seconds),
                  })}
                </li>
              ))}
            </ol>
            <details>
              <summary className="label">{t('preview.words')}</summary>
              <ol>
                {preview.data.explanation.map((sentence, index) => (
                  <li key={index}>{sentence}</li>
                ))}
              </ol>
            </details>
          </>
        )}
      </div>
    </aside>
  )
}

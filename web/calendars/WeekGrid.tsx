import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { weekdays, type Span, type Week, type Weekday } from '../../contract/calendars.ts'
import { t } from '../platform/i18n.ts'
import classes from './Calendar.module.css'

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
/** The span ends on the next date. */
export const runsOver = (span: Span): boolean =>
  span.to !== '24:00' && span.to !== '00:00' && minutesOf(span.to) <= minutesOf(span.from)

/** What of the day is open, as a picture: own spans, and what reaches in from the night before. */
function DayBar({ own, before }: { own: readonly Span[]; before: readonly Span[] }) {
  const parts = [
    ...own.map((span) => ({
      from: minutesOf(span.from),
      to: runsOver(span) || span.to === '00:00' ? 1440 : minutesOf(span.to),
    })),
    ...before.filter(runsOver).map((span) => ({ from: 0, to: minutesOf(span.to) })),
  ]
  return (
    <div className={classes['bar']} aria-hidden>
      {parts.map((part, index) => (
        <span
          key={index}
          style={{ left: `${part.from / 14.4}%`, width: `${Math.max(0, part.to - part.from) / 14.4}%` }}
        />
      ))}
      {[6, 12, 18].map((hour) => (
        <i key={hour} style={{ left: `${hour / 0.24}%` }} />
      ))}
    </div>
  )
}

export function SpanList({
  spans,
  label,
  onChange,
}: {
  spans: readonly Span[]
  label: string
  onChange: (spans: Span[]) => void
}) {
  const set = (index: number, change: Partial<Span>): void =>
    onChange(spans.map((span, i) => (i === index ? { ...span, ...change } : span)))
  const last = spans.at(-1)
  return (
    <div className={classes['spans']}>
      {spans.map((span, index) => (
        <span key={index} className={classes['span']}>
          <TextInput
            size="xs"
            className={classes['time'] ?? ''}
            aria-label={t('calendars.opens', { day: label })}
            value={span.from}
            maxLength={5}
            onChange={(event) => set(index, { from: event.currentTarget.value })}
          />
          –
          <TextInput
            size="xs"
            className={classes['time'] ?? ''}
            aria-label={t('calendars.closes', { day: label })}
            value={span.to}
            maxLength={5}
            onChange={(event) => set(index, { to: event.currentTarget.value })}
          />
          {runsOver(span) && <span className={classes['over']}>{t('calendars.nextDay')}</span>}
          <ActionIcon
            size={24}
            aria-label={t('calendars.removeSpan', { day: label })}
            onClick={() => onChange(spans.filter((_, i) => i !== index))}
          >
            <IconX size={13} />
          </ActionIcon>
        </span>
      ))}
      {spans.length === 0 && <span className="soft">{t('calendars.closed')}</span>}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() =>
          onChange([
            ...spans,
            last === undefined
              ? { from: '09:00', to: '17:00' }
              : { from: last.to === '24:00' ? '00:00' : last.to, to: '18:00' },
          ])
        }
      >
        {t('calendars.addSpan')}
        <span className="unseen"> {label}</span>
      </Button>
    </div>
  )
}

/** Seven days, each with its spans and its picture; Monday's can be put on the other working days. */
export function WeekGrid({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const set = (day: Weekday, spans: Span[]): void => onChange({ ...week, [day]: spans })
  return (
    <div className={classes['week']}>
      {weekdays.map((day, index) => {
        const name = t(`weekday.${day}`)
        const before = weekdays[(index + 6) % 7] ?? 'sun'
        return (
          <div key={day} className={classes['day']}>
            <span className={classes['name']}>{name}</span>
            <div className={classes['hours']}>
              <DayBar own={week[day] ?? []} before={week[before] ?? []} />
              <SpanList spans={week[day] ?? []} label={name} onChange={(spans) => set(day, spans)} />
            </div>
          </div>
        )
      })}
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() =>
            onChange({ ...week, tue: week.mon ?? [], wed: week.mon ?? [], thu: week.mon ?? [], fri: week.mon ?? [] })
          }
        >
          {t('calendars.copyMonday')}
        </Button>
      </div>
    </div>
  )
}

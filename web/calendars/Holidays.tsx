import { ActionIcon, Checkbox, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { calendars, type Holiday } from '../../contract/calendars.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { ErrorView } from '../ui/StateViews.tsx'
import classes from './Calendar.module.css'

/** The public holidays of a country and region; the list of the year shows what that means. */
export function CountryHolidays({
  country,
  region,
  onChange,
}: {
  country: string | null
  region: string | null
  onChange: (change: { country?: string | null; region?: string | null }) => void
}) {
  const known = useAsk(calendars.countries, {})
  const regions = known.data?.items.find((one) => one.code === country)?.regions ?? []
  const [year] = useState(() => new Date().getFullYear())
  const asked = useAsk(
    calendars.holidays,
    { country: country ?? '', year, ...(region === null || region === '' ? {} : { region }) },
    { enabled: country !== null, keep: true },
  )
  if (known.data === undefined && known.error !== null)
    return <ErrorView error={known.error} onRetry={() => void known.refetch()} />
  return (
    <>
      <div className={classes['entry']}>
        <Select
          className={classes['grow'] ?? ''}
          label={t('calendars.country')}
          searchable
          clearable
          limit={60}
          data={(known.data?.items ?? []).map((one) => ({ value: one.code, label: one.name }))}
          value={country}
          onChange={(next) => onChange({ country: next, region: null })}
        />
        <Select
          className={classes['grow'] ?? ''}
          label={t('calendars.region')}
          searchable
          clearable
          placeholder={t('calendars.wholeCountry')}
          data={regions.map((one) => ({ value: one.code, label: one.name }))}
          value={region}
          disabled={regions.length === 0}
          onChange={(next) => onChange({ region: next })}
        />
      </div>
      {country !== null &&
        asked.data !== undefined &&
        (asked.data.items.length === 0 ? (
          <p className="soft">{t('calendars.noPublic')}</p>
        ) : (
          <ul className={classes['days']} aria-label={t('calendars.ofYear', { year: String(year) })}>
            {asked.data.items.map((day) => (
              <li key={`${day.date}${day.name}`}>
                <span>{plainDay(day.date)}</span>
                <span>
                  {day.fromTime === null ? day.name : t('calendars.fromTimeOf', { name: day.name, time: day.fromTime })}
                </span>
              </li>
            ))}
          </ul>
        ))}
    </>
  )
}

/** Own closings: whole, half and several days, and yearly ones that may cross New Year. */
export function OwnHolidays({
  holidays,
  onChange,
}: {
  holidays: readonly Holiday[]
  onChange: (holidays: Holiday[]) => void
}) {
  const set = (index: number, change: Partial<Holiday>): void =>
    onChange(
      holidays.map((holiday, i) =>
        i === index
          ? (Object.fromEntries(
              Object.entries({ ...holiday, ...change }).filter(([, value]) => value !== undefined && value !== ''),
            ) as unknown as Holiday)
          : holiday,
      ),
    )
  if (holidays.length === 0) return <p className="soft">{t('calendars.noOwn')}</p>
  return (
    <div className={classes['rows']}>
      {holidays.map((holiday, index) => (
        <div key={index} className={classes['entry']}>
          <TextInput
            className={classes['grow'] ?? ''}
            label={t('calendars.holidayName')}
            value={holiday.name ?? ''}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <DayInput
            label={t('calendars.from')}
            value={holiday.from}
            onChange={(from) => from !== null && set(index, { from })}
          />
          <DayInput label={t('calendars.to')} value={holiday.to} onChange={(to) => to !== null && set(index, { to })} />
          <TextInput
            className={classes['time'] ?? ''}
            label={t('calendars.fromTime')}
            placeholder="00:00"
            maxLength={5}
            value={holiday.fromTime ?? ''}
            onChange={(event) => set(index, { fromTime: event.currentTarget.value })}
          />
          <TextInput
            className={classes['time'] ?? ''}
            label={t('calendars.toTime')}
            placeholder="24:00"
            maxLength={5}
            value={holiday.toTime ?? ''}
            onChange={(event) => set(index, { toTime: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            mb={8}
            label={t('calendars.yearly')}
            checked={holiday.yearly === true}
            onChange={(event) => set(index, event.currentTarget.checked ? { yearly: true } : { yearly: undefined })}
          />
          <ActionIcon
            mb={4}
            aria-label={t('calendars.removeHoliday')}
            onClick={() => onChange(holidays.filter((_, i) => i !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
    </div>
  )
}

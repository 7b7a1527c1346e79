import { Group, Select, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { CalendarDefinition, Holiday, SpecialHours as Special, Week } from '../../contract/calendars.ts'
import { t } from '../platform/i18n.ts'
import { allZones } from '../platform/zones.ts'
import { Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { Button } from '@mantine/core'
import classes from './Calendar.module.css'
import { CountryHolidays, OwnHolidays } from './Holidays.tsx'
import { Preview } from './Preview.tsx'
import { SpecialHours } from './SpecialHours.tsx'
import { WeekGrid } from './WeekGrid.tsx'

export interface CalendarDraft {
  name: string
  zone: string
  week: Week
  country: string | null
  region: string | null
  ownHolidays: Holiday[]
  specialHours: Special[]
}

interface Props {
  draft: CalendarDraft
  verb: string
  busy: boolean
  error: unknown
  refused?: string | null
  help?: string | undefined
  onSave: (draft: CalendarDraft) => void
  onCancel: () => void
  children?: ReactNode
}

/** Week, holidays and special hours on the left; what they mean for a promise on the right, at once. */
export function CalendarForm({
  draft: initial,
  verb,
  busy,
  error,
  refused = null,
  help,
  onSave,
  onCancel,
  children,
}: Props) {
  const [draft, setDraft] = useState(initial)
  const definition: CalendarDefinition = {
    zone: draft.zone,
    week: draft.week,
    holidays: draft.ownHolidays,
    specialHours: draft.specialHours,
  }
  const set = (change: Partial<CalendarDraft>): void => setDraft((before) => ({ ...before, ...change }))
  return (
    <div className={classes['columns']}>
      <div className={classes['form']}>
        <Form
          onSubmit={() => onSave(draft)}
          verb={verb}
          busy={busy}
          error={error}
          onCancel={onCancel}
          disabled={draft.name.trim() === '' || refused !== null}
        >
          {refused !== null && <p className="soft">{refused}</p>}
          <Group grow align="start" preventGrowOverflow={false}>
            <TextInput
              miw={200}
              label={t('calendars.name')}
              required
              value={draft.name}
              error={fieldError(error, 'name')}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <Select
              miw={200}
              label={t('calendars.zone')}
              searchable
              limit={60}
              data={allZones()}
              value={draft.zone}
              onChange={(zone) => set({ zone: zone ?? 'UTC' })}
              error={fieldError(error, 'zone')}
            />
          </Group>
          <Section title={t('calendars.week')}>
            <WeekGrid week={draft.week} onChange={(week) => set({ week })} />
          </Section>
          <Section title={t('calendars.publicHolidays')}>
            <CountryHolidays country={draft.country} region={draft.region} onChange={set} />
          </Section>
          <Section
            title={t('calendars.ownHolidays')}
            actions={
              <Button
                variant="default"
                onClick={() => set({ ownHolidays: [...draft.ownHolidays, { from: nextDay(), to: nextDay() }] })}
              >
                {t('calendars.addHoliday')}
              </Button>
            }
          >
            <OwnHolidays holidays={draft.ownHolidays} onChange={(ownHolidays) => set({ ownHolidays })} />
          </Section>
          <Section
            title={t('calendars.specialHours')}
            actions={
              <Button
                variant="default"
                onClick={() =>
                  set({
                    specialHours: [...draft.specialHours, { date: nextDay(), spans: [{ from: '09:00', to: '12:00' }] }],
                  })
                }
              >
                {t('calendars.addSpecial')}
              </Button>
            }
          >
            <SpecialHours special={draft.specialHours} onChange={(specialHours) => set({ specialHours })} />
          </Section>
          {help !== undefined && <p className="soft">{help}</p>}
        </Form>
        {children}
      </div>
      <Preview definition={definition} />
    </div>
  )
}

const nextDay = (): string => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)

import { Group, Select, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { CalendarDefinition } from '../../contract/calendars.ts'
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

export interface CalendarDraft { name: string; country: string | null; region: string | null; definition: CalendarDefinition }

interface Props { draft: CalendarDraft; verb: string; busy: boolean; error: unknown; refused?: string | null; help?: string | undefined; onSave: (draft: CalendarDraft) => void; onCancel: () => void; children?: ReactNode }

/** Week, holidays and special hours on the left; what they mean for a promise on the right, at once. */
export function CalendarForm({ draft: initial, verb, busy, error, refused = null, help, onSave, onCancel, children }: Props) {
  const [draft, setDraft] = useState(initial)
  const { definition } = draft
  const set = (change: Partial<CalendarDraft>): void => setDraft((before) => ({ ...before, ...change }))
  const define = (change: Partial<CalendarDefinition>): void => setDraft((before) => ({ ...before, definition: { ...before.definition, ...change } }))
  return (
    <div className={classes['columns']}>
      <div className={classes['form']}>
        <Form onSubmit={() => onSave(draft)} verb={verb} busy={busy} error={error} onCancel={onCancel} disabled={draft.name.trim() === '' || refused !== null}>
          {refused !== null && <p className="soft">{refused}</p>}
          <Group grow align="start" preventGrowOverflow={false}>
            <TextInput miw={200} label={t('calendars.name')} required value={draft.name} error={fieldError(error, 'name')} onChange={(event) => set({ name: event.currentTarget.value })} />
            <Select miw={200} label={t('calendars.zone')} searchable limit={60} data={allZones()} value={definition.zone} onChange={(zone) => define({ zone: zone ?? 'UTC' })} error={fieldError(error, 'definition.zone')} />
          </Group>
          <Section title={t('calendars.week')}><WeekGrid week={definition.week} onChange={(week) => define({ week })} /></Section>
          <Section title={t('calendars.publicHolidays')}><CountryHolidays country={draft.country} region={draft.region} onChange={set} /></Section>
          <Section
            title={t('calendars.ownHolidays')}
            actions={<Button variant="default" onClick={() => define({ holidays: [...(definition.holidays ?? []), { from: nextDay(), to: nextDay() }] })}>{t('calendars.addHoliday')}</Button>}
          >
            <OwnHolidays holidays={definition.holidays ?? []} onChange={(holidays) => define({ holidays })} />
          </Section>
          <Section
            title={t('calendars.specialHours')}
            actions={<Button variant="default" onClick={() => define({ specialHours: [...(definition.specialHours ?? []), { date: nextDay(), spans: [{ from: '09:00', to: '12:00' }] }] })}>{t('calendars.addSpecial')}</Button>}
          >
            <SpecialHours special={definition.specialHours ?? []} onChange={(specialHours) => define({ specialHours })} />
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

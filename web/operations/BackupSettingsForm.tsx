import { NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { backups, type BackupSettings } from '../../contract/operations.ts'
import { people, teams } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'
import classes from './System.module.css'

const hours = [1, 3, 6, 12, 24, 168]
const days = [1, 7, 30, 90]
const numberOrNull = (text: string | null): number | null => (text === null || text === 'never' ? null : Number(text))

/** When backups are made and tested, where they lie and how long. */
export function BackupSettingsForm({ settings }: { settings: BackupSettings }) {
  const may = useMay(backups.save.permission)
  const [form, setForm] = useState(settings)
  const set = (change: Partial<BackupSettings>): void => setForm((before) => ({ ...before, ...change }))
  const save = useAct(backups.save, { onDone: () => tellDone(t('mySettings.saved')) })
  const persons = useAsk(people.list, { limit: 200 }, { enabled: may })
  const groups = useAsk(teams.list, {}, { enabled: may })
  const owners = [
    {
      group: t('teams.title'),
      items: (groups.data?.items ?? []).map((one) => ({ value: `team:${one.id}`, label: one.name })),
    },
    {
      group: t('people.title'),
      items: (persons.data?.items ?? []).map((one) => ({ value: `person:${one.id}`, label: one.name })),
    },
  ]
  const { version, folder, everyHours, keepDays, keepWeeks, keepMonths, testEveryDays, testOwner } = form
  const every = (values: readonly number[], one: number | null): { value: string; label: string }[] =>
    [...new Set([...values, ...(one === null ? [] : [one])])].map((value) => ({
      value: String(value),
      label: values === hours ? t('backups.everyHours', { n: value }) : t('backups.everyDays', { n: value }),
    }))
  return (
    <Form
      onSubmit={() =>
        save.mutate({ version, folder, everyHours, keepDays, keepWeeks, keepMonths, testEveryDays, testOwner })
      }
      verb={t('save')}
      busy={save.isPending}
      error={save.error}
      disabled={!may}
    >
      {!may && <p className="soft">{t('refusal.permission')}</p>}
      <div className={classes['settings']}>
        <Select
          label={t('backups.every')}
          data={[{ value: 'never', label: t('backups.never') }, ...every(hours, everyHours)]}
          allowDeselect={false}
          value={everyHours === null ? 'never' : String(everyHours)}
          onChange={(next) => set({ everyHours: numberOrNull(next) })}
        />
        <Select
          label={t('backups.testEvery')}
          data={[{ value: 'never', label: t('backups.never') }, ...every(days, testEveryDays)]}
          allowDeselect={false}
          value={testEveryDays === null ? 'never' : String(testEveryDays)}
          onChange={(next) => set({ testEveryDays: numberOrNull(next) })}
        />
        <Select
          label={t('backups.testOwner')}
          description={t('backups.testOwnerHelp')}
          data={owners}
          searchable
          clearable
          value={testOwner === null ? null : `${testOwner.kind}:${testOwner.id}`}
          onChange={(next) => {
            const [kind, id] = next?.split(':') ?? []
            set({ testOwner: id !== undefined && (kind === 'person' || kind === 'team') ? { kind, id } : null })
          }}
        />
        <TextInput
          label={t('backups.folder')}
          description={t('backups.folderHelp', { folder: settings.folderUsed })}
          value={folder}
          error={fieldError(save.error, 'folder') === undefined ? undefined : save.error?.message}
          onChange={(event) => set({ folder: event.currentTarget.value })}
        />
        {(
          [
            ['keepDays', keepDays, 1, 366],
            ['keepWeeks', keepWeeks, 0, 104],
            ['keepMonths', keepMonths, 0, 120],
          ] as const
        ).map(([name, value, min, max]) => (
          <NumberInput
            key={name}
            label={t(`backups.${name}`)}
            min={min}
            max={max}
            value={value}
            error={fieldError(save.error, name)}
            onChange={(next) => set({ [name]: Number(next) || min })}
          />
        ))}
      </div>
      <p className="label">{t('backups.key', { path: settings.key })}</p>
    </Form>
  )
}

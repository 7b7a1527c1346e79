import { Checkbox, Group, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { notificationPreferences, type NotificationSettings } from '../../contract/notifications.ts'
import { t } from '../platform/i18n.ts'
import { readerZone } from '../platform/moments.ts'
import { useAct } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

const usualQuiet = { from: '22:00', until: '06:30' }
const usualDigest = '07:30'

/** Working hours, quiet time, the hour of the digest. */
export function TimesForm({ settings }: { settings: NotificationSettings }) {
  const [calendar, setCalendar] = useState(settings.ownCalendar ? (settings.calendar?.id ?? null) : null)
  const [quiet, setQuiet] = useState(settings.quiet)
  const [digestAt, setDigestAt] = useState(settings.digestAt)
  const save = useAct(notificationPreferences.save, { onDone: () => tellDone(t('mySettings.saved')) })
  return (
    <Form
      onSubmit={() => save.mutate({ version: settings.version, calendar, quiet, digestAt })}
      verb={t('save')}
      busy={save.isPending}
      error={save.error}
    >
      <Stack gap="sm" maw={420}>
        <Select
          label={t('myNotifications.calendar')}
          description={t('myNotifications.calendarHelp')}
          placeholder={t('myNotifications.calendarOf', { name: settings.calendar?.name ?? '' })}
          clearable
          data={settings.calendars.map(({ id, name }) => ({ value: id, label: name }))}
          value={calendar}
          error={fieldError(save.error, 'calendar')}
          onChange={setCalendar}
        />
        <Checkbox
          size="xs"
          label={t('myNotifications.quiet')}
          description={t('myNotifications.quietHelp', { zone: readerZone() })}
          checked={quiet !== null}
          onChange={(event) => setQuiet(event.currentTarget.checked ? usualQuiet : null)}
        />
        {quiet !== null && (
          <Group gap="sm" grow>
            <TextInput
              type="time"
              label={t('myNotifications.quietFrom')}
              value={quiet.from}
              error={fieldError(save.error, 'quiet.from')}
              onChange={(event) => setQuiet({ ...quiet, from: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t('myNotifications.quietUntil')}
              value={quiet.until}
              error={fieldError(save.error, 'quiet.until')}
              onChange={(event) => setQuiet({ ...quiet, until: event.currentTarget.value })}
            />
          </Group>
        )}
        <Checkbox
          size="xs"
          label={t('myNotifications.digest')}
          description={t('myNotifications.digestHelp')}
          checked={digestAt !== null}
          onChange={(event) => setDigestAt(event.currentTarget.checked ? usualDigest : null)}
        />
        {digestAt !== null && (
          <TextInput
            type="time"
            label={t('myNotifications.digestAt')}
            value={digestAt}
            error={fieldError(save.error, 'digestAt')}
            onChange={(event) => setDigestAt(event.currentTarget.value)}
          />
        )}
      </Stack>
    </Form>
  )
}

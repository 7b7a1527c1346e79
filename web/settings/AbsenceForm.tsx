import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { notificationPreferences, type NotificationSettings } from '../../contract/notifications.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'

/** When somebody is away, and who hears instead. Work that was promised stays with its owner until it is handed over. */
export function AbsenceForm({ settings }: { settings: NotificationSettings }) {
  const { absence } = settings
  const [firstDay, setFirstDay] = useState(absence?.firstDay ?? null)
  const [lastDay, setLastDay] = useState(absence?.lastDay ?? null)
  const [delegate, setDelegate] = useState(absence?.delegate ?? null)
  const mayChoose = useMay('people.read')
  const save = useAct(notificationPreferences.save, { onDone: () => tellDone(t('mySettings.saved')) })
  return (
    <>
      <p className="soft">{t('myNotifications.absenceHelp')}</p>
      <Form
        onSubmit={() =>
          firstDay !== null &&
          lastDay !== null &&
          save.mutate({
            version: settings.version,
            absence: { firstDay, lastDay, delegate: delegate?.id ?? null },
          })
        }
        verb={t('save')}
        busy={save.isPending}
        error={save.error}
        disabled={firstDay === null || lastDay === null}
      >
        <Stack gap="sm" maw={420}>
          <Group gap="sm" grow>
            <DayInput label={t('myNotifications.firstDay')} value={firstDay} onChange={setFirstDay} />
            <DayInput label={t('myNotifications.lastDay')} value={lastDay} onChange={setLastDay} />
          </Group>
          {mayChoose && (
            <PersonField
              label={t('myNotifications.delegate')}
              description={t('myNotifications.delegateHelp')}
              value={delegate}
              onChange={setDelegate}
              error={fieldError(save.error, 'absence')}
            />
          )}
        </Stack>
      </Form>
      {absence !== null && (
        <Button
          mt="xs"
          variant="default"
          onClick={() => save.mutate({ version: settings.version, absence: null }, { onError: tellFailed })}
        >
          {t('myNotifications.back')}
        </Button>
      )}
    </>
  )
}

import { Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Ref } from '../../contract/action.ts'
import { onCall, type Schedule } from '../../contract/on-call.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { readerZone } from '../platform/moments.ts'
import { localInstant } from '../platform/plain-text.ts'
import { useAct } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'

/** Somebody stands in for a while, whoever has the turn. */
export function OverrideDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const me = useMe()
  const [person, choose] = useState<Ref | null>(me?.person == null ? null : { id: me.person.id, name: me.person.name })
  const [from, setFrom] = useState<string | null>(null)
  const [fromTime, setFromTime] = useState('09:00')
  const [to, setTo] = useState<string | null>(null)
  const [toTime, setToTime] = useState('09:00')
  const [reason, setReason] = useState('')
  const add = useAct(onCall.addOverride, { onDone: onClose })
  return (
    <Modal opened onClose={onClose} title={t('onCall.standInTitle', { name: schedule.name })}>
      <Form
        onSubmit={() =>
          person !== null &&
          from !== null &&
          to !== null &&
          add.mutate({
            id: schedule.id,
            person: person.id,
            from: localInstant(from, fromTime, readerZone()),
            to: localInstant(to, toTime, readerZone()),
            reason,
          })
        }
        verb={t('onCall.standIn')}
        busy={add.isPending}
        error={add.error}
        onCancel={onClose}
        disabled={person === null || from === null || to === null}
      >
        <Stack gap="sm">
          <PersonField
            label={t('onCall.person')}
            required
            value={person}
            onChange={choose}
            error={fieldError(add.error, 'person')}
          />
          <Group grow align="start">
            <DayInput
              label={t('onCall.fromDay')}
              required
              value={from}
              onChange={setFrom}
              error={fieldError(add.error, 'from')}
            />
            <TextInput
              type="time"
              label={t('onCall.fromTime')}
              value={fromTime}
              onChange={(event) => setFromTime(event.currentTarget.value)}
            />
          </Group>
          <Group grow align="start">
            <DayInput
              label={t('onCall.toDay')}
              required
              value={to}
              onChange={setTo}
              error={fieldError(add.error, 'to')}
            />
            <TextInput
              type="time"
              label={t('onCall.toTime')}
              value={toTime}
              onChange={(event) => setToTime(event.currentTarget.value)}
            />
          </Group>
          <TextInput
            label={t('onCall.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
      </Form>
    </Modal>
  )
}

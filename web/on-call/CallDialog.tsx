import { Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { onCall, onCallPages } from '../../contract/on-call.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

/** Calls whoever is on call, about a record. */
export function CallDialog({
  about,
  onClose,
}: {
  about: { kind: 'ticket' | 'vendor' | 'person'; id: string; name: string }
  onClose: () => void
}) {
  const known = useAsk(onCall.list, { active: true })
  const [chosen, choose] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const schedules = known.data?.items ?? []
  const schedule = chosen ?? schedules[0]?.id ?? null
  const call = useAct(onCallPages.call, {
    onDone: (made) => {
      tellDone(t('onCall.called', { name: made.told.flatMap((step) => step.people).join(', ') || made.schedule.name }))
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('onCall.callTitle', { what: about.name })}>
      <Form
        onSubmit={() =>
          schedule !== null && call.mutate({ schedule, about: { kind: about.kind, id: about.id }, words })
        }
        verb={t('onCall.call')}
        busy={call.isPending}
        error={call.error ?? known.error}
        onCancel={onClose}
        disabled={schedule === null}
      >
        <Stack gap="sm">
          <p className="soft" style={{ margin: 0 }}>
            {known.data !== undefined && schedules.length === 0 ? t('onCall.emptyHelp') : t('onCall.callHelp')}
          </p>
          <Select
            label={t('onCall.schedule')}
            data={schedules.map((one) => ({
              value: one.id,
              label: `${one.name} · ${one.now?.person?.name ?? t('onCall.nobody')}`,
            }))}
            value={schedule}
            error={fieldError(call.error, 'schedule')}
            onChange={choose}
          />
          <TextInput
            label={t('onCall.words')}
            data-autofocus
            maxLength={300}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </Stack>
      </Form>
    </Modal>
  )
}

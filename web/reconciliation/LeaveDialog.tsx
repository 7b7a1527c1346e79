import { Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { differences } from '../../contract/reconciliation.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

/** Known, and left as it is: why, and until when if not for good. */
export function LeaveDialog({
  ids,
  onClose,
  onDone,
}: {
  ids: readonly string[]
  onClose: () => void
  onDone: () => void
}) {
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const leave = useAct(differences.leave, {
    onDone: ({ items }) => {
      tellDone(t('differences.leftMany', { n: items.length }))
      onDone()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('differences.leaveTitle', { n: ids.length })}>
      <Form
        onSubmit={() => leave.mutate({ ids: [...ids], reason: reason.trim(), ...(until === null ? {} : { until }) })}
        verb={t('differences.leaveVerb')}
        busy={leave.isPending}
        error={leave.error}
        onCancel={onClose}
        disabled={reason.trim().length < 3}
      >
        <Stack gap="sm">
          <Textarea
            label={t('byHand.reason')}
            required
            data-autofocus
            autosize
            minRows={2}
            value={reason}
            error={fieldError(leave.error, 'reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DayInput
            label={t('differences.until')}
            description={t('differences.untilHelp')}
            value={until}
            onChange={setUntil}
            error={fieldError(leave.error, 'until')}
          />
        </Stack>
      </Form>
    </Modal>
  )
}

import { Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { custodies, type Custody } from '../../contract/custody.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { thingWords } from '../ui/CustodyLines.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'
import classes from './Custody.module.css'

/** Accepts the terms by a typed name, or declines, saying why. */
export function AnswerDialog({ custody, accept, onClose }: { custody: Custody; accept: boolean; onClose: () => void }) {
  const [signature, sign] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct(custodies.answer, {
    onDone: () => {
      tellDone(t(accept ? 'myThings.accepted' : 'myThings.declined', { what: thingWords(custody) }))
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t(accept ? 'myThings.acceptTitle' : 'myThings.declineTitle', { what: thingWords(custody) })}
    >
      <Form
        onSubmit={() => act.mutate({ id: custody.id, accept, ...(accept ? { signature } : { reason }) })}
        verb={t(accept ? 'myThings.accept' : 'myThings.decline')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={accept ? signature.trim() === '' : reason.trim().length < 3}
      >
        <Stack gap="sm">
          <div className={classes['terms']} tabIndex={0} role="region" aria-label={t('myThings.terms')}>
            {custody.terms}
          </div>
          {accept ? (
            <TextInput
              label={t('myThings.sign')}
              description={t('myThings.signHelp')}
              required
              data-autofocus
              value={signature}
              error={fieldError(act.error, 'signature')}
              onChange={(event) => sign(event.currentTarget.value)}
            />
          ) : (
            <Textarea
              label={t('byHand.reason')}
              required
              data-autofocus
              autosize
              minRows={2}
              value={reason}
              error={fieldError(act.error, 'reason')}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}

import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { t } from '../platform/i18n.ts'
import { FailureNote } from './Form.tsx'

interface Props {
  opened: boolean
  title: string
  children?: ReactNode
  /** The verb on the button, never just "OK". */
  verb: string
  reason?: { label: string; required: boolean; minimum?: number }
  busy?: boolean
  error?: unknown
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** An act that is hard to take back, or needs a reason: says what will happen, then asks once. */
export function ConfirmAct({ opened, title, children, verb, reason, busy = false, error, onConfirm, onClose }: Props) {
  const [text, setText] = useState('')
  const missing = reason?.required === true && text.trim().length < (reason.minimum ?? 1)
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!missing) onConfirm(text.trim())
        }}
      >
        {children}
        {reason !== undefined && (
          <Textarea
            mt="xs"
            data-autofocus
            label={reason.label}
            required={reason.required}
            autosize
            minRows={2}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <FailureNote error={error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={missing}>
            {verb}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { useDraft } from '../platform/drafts.ts'
import { t } from '../platform/i18n.ts'
import { RichText } from '../ui/RichText.tsx'
import type { Acted } from './acted.ts'

/** How it was solved, told to the requester. Ctrl+enter sends. */
export function ResolveDialog({
  on,
  onResolve,
  onClose,
}: {
  on: readonly Acted[]
  onResolve: (resolution: string) => Promise<void>
  onClose: () => void
}) {
  const [text, keep, drop] = useDraft(`ticket:${on[0]?.id ?? ''}:resolution`, '')
  const [busy, setBusy] = useState(false)
  const send = async (): Promise<void> => {
    setBusy(true)
    await onResolve(text)
    drop()
    setBusy(false)
  }
  const what = on.length === 1 ? (on[0]?.reference ?? '') : t('acts.many', { n: on.length })
  return (
    <Modal opened onClose={onClose} title={t('resolve.title', { what })} size="lg" closeOnEscape>
      <p className="label" style={{ margin: '0 0 4px' }}>
        {t('resolve.label')}
      </p>
      <RichText
        label={t('resolve.label')}
        value={text}
        onChange={keep}
        onSubmit={() => void send()}
        onLeave={onClose}
        autoFocus
        minHeight={120}
      />
      <Group justify="space-between" mt="md">
        <span className="label">
          <kbd>ctrl</kbd> <kbd>enter</kbd> {t('resolve.verb')}
        </span>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button loading={busy} onClick={() => void send()}>
            {t('resolve.verb')}
          </Button>
        </Group>
      </Group>
    </Modal>
  )
}

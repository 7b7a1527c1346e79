import { Button, CopyButton, Group, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../platform/i18n.ts'

/** A secret or a link, the one time it is shown, with a button that copies it. */
export function ShownOnce({
  value,
  label,
  copy,
  onClose,
  children,
}: {
  value: string
  label: string
  copy?: string
  onClose: () => void
  children: ReactNode
}) {
  return (
    <>
      <p>{children}</p>
      <TextInput readOnly aria-label={label} value={value} onFocus={(event) => event.currentTarget.select()} />
      <Group justify="flex-end" mt="md">
        <CopyButton value={value}>
          {({ copied, copy: put }) => (
            <Button variant="default" onClick={put}>
              {copied ? t('state.copied') : (copy ?? t('keys.copy'))}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('invite.done')}</Button>
      </Group>
    </>
  )
}

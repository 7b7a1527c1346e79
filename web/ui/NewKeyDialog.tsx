import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { ConfirmAct } from './ConfirmAct.tsx'
import { ShownOnce } from './ShownOnce.tsx'

interface Props {
  title: string
  verb: string
  /** What making one does to the key before. */
  children: ReactNode
  /** The secret, once it is made. */
  secret: string | undefined
  label: string
  once: string
  act: { isPending: boolean; error: unknown; reset: () => void }
  onConfirm: () => void
  onClose: () => void
}

/** Asks, makes a new secret and shows it the one time; however it is closed, the next time it asks again. */
export function NewKeyDialog({ title, verb, children, secret, label, once, act, onConfirm, onClose }: Props) {
  const close = (): void => {
    act.reset()
    onClose()
  }
  return secret === undefined ? (
    <ConfirmAct
      opened
      title={title}
      verb={verb}
      busy={act.isPending}
      error={act.error}
      onConfirm={onConfirm}
      onClose={close}
    >
      <p>{children}</p>
    </ConfirmAct>
  ) : (
    <Modal opened onClose={close} title={title}>
      <ShownOnce value={secret} label={label} onClose={close}>
        {once}
      </ShownOnce>
    </Modal>
  )
}

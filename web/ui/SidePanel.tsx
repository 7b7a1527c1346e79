import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import classes from './SidePanel.module.css'

/** A peek beside the list. It does not take the focus: j and k go on working. Escape closes it. */
export function SidePanel({
  title,
  onClose,
  children,
  actions,
}: {
  title: string
  onClose: () => void
  children: ReactNode
  actions?: ReactNode
}) {
  useKeys(t('keys.panel'), [{ keys: 'escape', label: t('close'), run: onClose }])
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => {
    body.current?.scrollTo(0, 0)
  }, [title])
  return (
    <aside className={classes['panel']} aria-label={title}>
      <div className={classes['head']}>
        <span className={classes['title']}>{title}</span>
        {actions}
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={classes['body']} ref={body} tabIndex={0} role="region" aria-label={title}>
        {children}
      </div>
    </aside>
  )
}

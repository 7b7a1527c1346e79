import { UnstyledButton } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { t } from '../platform/i18n.ts'
import classes from './ChangedChip.module.css'

/** Others changed something: said politely, shown when asked for. Nothing moves before. */
export function ChangedChip({ here, elsewhere, onShow }: { here: number; elsewhere: number; onShow: () => void }) {
  const n = here + elsewhere
  return (
    <span role="status">
      {n > 0 && (
        <UnstyledButton className={classes['chip']} onClick={onShow}>
          <IconRefresh size={13} aria-hidden />{' '}
          {here > 0 ? t('changed.here', { n: here }) : t('changed.elsewhere', { n: elsewhere })}
        </UnstyledButton>
      )}
    </span>
  )
}

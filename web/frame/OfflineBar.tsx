import { useNetwork } from '@mantine/hooks'
import { IconCloudOff } from '@tabler/icons-react'
import { t } from '../platform/i18n.ts'
import classes from './Frame.module.css'

/** The network is away: what is kept meanwhile. */
export function OfflineBar() {
  const { online } = useNetwork()
  return (
    <div role="status">
      {online ? null : (
        <div className={classes['offline']}>
          <IconCloudOff size={15} aria-hidden /> {t('frame.offline')}
        </div>
      )}
    </div>
  )
}

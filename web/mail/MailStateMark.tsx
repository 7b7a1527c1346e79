import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconClock,
  IconMinus,
  IconPlayerStop,
  IconSend,
} from '@tabler/icons-react'
import type { MailRow } from '../../contract/mail.ts'
import { t } from '../platform/i18n.ts'
import classes from './Mail.module.css'

const icons = {
  queued: IconClock,
  sending: IconSend,
  sent: IconCheck,
  skipped: IconMinus,
  failed: IconAlertTriangle,
  withdrawn: IconPlayerStop,
}

/** The state in a word and a sign; a mail that was sent and came back says so. */
export function MailStateMark({ mail }: { mail: Pick<MailRow, 'state' | 'bouncedAt'> }) {
  const back = mail.state === 'sent' && mail.bouncedAt !== null
  const Icon = back ? IconArrowBackUp : icons[mail.state]
  return (
    <span className={classes['mark']}>
      <Icon size={15} aria-hidden />
      {t(back ? 'mail.state.cameBack' : `mail.state.${mail.state}`)}
    </span>
  )
}

import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconMinus,
  IconParking,
  IconPlayerPause,
  IconShieldQuestion,
} from '@tabler/icons-react'
import type { IncomingState } from '../../contract/incoming-mails.ts'
import type { MailboxRow } from '../../contract/mailboxes.ts'
import classes from './Mailboxes.module.css'
import { standingOf, standingWord, stateWord } from './words.ts'

const states = {
  received: IconClock,
  taken: IconCheck,
  parked: IconParking,
  quarantined: IconShieldQuestion,
  refused: IconBan,
  ignored: IconMinus,
}

/** What became of a message, in a word and a sign. */
export function IncomingMark({ state }: { state: IncomingState }) {
  const Icon = states[state]
  return (
    <span className={classes['mark']}>
      <Icon size={15} aria-hidden />
      {stateWord(state)}
    </span>
  )
}

const standings = { working: IconCheck, failing: IconAlertTriangle, resting: IconPlayerPause }

/** Whether a mailbox works, in a word and a sign. */
export function MailboxMark({ box }: { box: Pick<MailboxRow, 'active' | 'problem'> }) {
  const Icon = standings[standingOf(box)]
  return (
    <span className={classes['mark']}>
      <Icon size={15} aria-hidden />
      {standingWord(box)}
    </span>
  )
}

import { Group, Modal } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { mail, type MailRow } from '../../contract/mail.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Facts } from '../ui/Facts.tsx'
import { FailureNote } from '../ui/Form.tsx'
import { Moment } from '../ui/Moment.tsx'
import classes from './Mail.module.css'
import { MailStateMark } from './MailStateMark.tsx'
import { mailKindWord } from './words.ts'

/** What became of one mail, and what can be done about it. */
export function MailDetails({ mail: given, onClose }: { mail: MailRow; onClose: () => void }) {
  const [row, setRow] = useState(given)
  const retry = useAct(mail.retry, { onDone: setRow })
  const giveUp = useAct(mail.giveUp, { onDone: setRow })
  const at = (moment: string | null) => (moment === null ? null : <Moment key={moment} at={moment} />)
  return (
    <Modal opened onClose={onClose} title={t('mail.one', { name: row.to.name })}>
      <Facts
        entries={[
          [
            t('mail.to'),
            row.to.id === null ? (
              row.to.name
            ) : (
              <Link key="to" to={paths.person(row.to.id)}>
                {row.to.name}
              </Link>
            ),
          ],
          [t('mail.address'), row.address],
          [t('mail.kind'), mailKindWord(row.kind)],
          [t('mail.state'), <MailStateMark key="state" mail={row} />],
          [t('mail.why'), row.why],
          [
            t('mail.reply'),
            row.reply === null ? null : (
              <span key="reply" className={classes['reply']}>
                {row.reply}
              </span>
            ),
          ],
          [t('mail.attempts'), String(row.attempts)],
          [t('mail.made'), at(row.createdAt)],
          [t('mail.next'), at(row.nextAt)],
          [t('mail.done'), at(row.doneAt)],
          [t('mail.cameBack'), at(row.bouncedAt)],
        ]}
      />
      <FailureNote error={retry.error ?? giveUp.error} />
      <Group mt="md" gap="xs">
        <ActionButton
          action={mail.retry}
          refusals={row.refusals}
          loading={retry.isPending}
          onClick={() => retry.mutate({ id: row.id })}
        >
          {t('mail.retry')}
        </ActionButton>
        <ActionButton
          action={mail.giveUp}
          refusals={row.refusals}
          variant="default"
          loading={giveUp.isPending}
          onClick={() => giveUp.mutate({ id: row.id })}
        >
          {t('mail.giveUp')}
        </ActionButton>
      </Group>
    </Modal>
  )
}

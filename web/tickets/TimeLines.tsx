import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type TimeEntry, timeEntries } from '../../contract/time-entries.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan, plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { TimeDialog } from './TimeDialog.tsx'
import classes from './TimeLines.module.css'

/** Time entries, one below the other, with what can be done to each; each names its ticket, unless that is the one of the page (`of`). */
export function TimeLines({ entries, of }: { entries: readonly TimeEntry[]; of?: string }) {
  return (
    <ul className={classes['lines']}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <TimeLine entry={entry} withTicket={of === undefined || entry.ticket?.id !== of} />
        </li>
      ))}
    </ul>
  )
}

function TimeLine({ entry, withTicket }: { entry: TimeEntry; withTicket: boolean }) {
  const [doing, set] = useState<'edit' | 'withdraw' | null>(null)
  const close = (): void => set(null)
  const withdraw = useAct(timeEntries.withdraw, { onDone: close })
  const time = exactSpan(entry.seconds)
  const about = <span className="unseen"> {t('time.of', { time, name: entry.person.name })}</span>
  const more = [
    ...(entry.kind === 'remote' ? [] : [t('time.kind', { kind: entry.kind })]),
    ...(entry.billable ? [t('time.billedTo', { name: entry.billedTo })] : []),
    ...(entry.enteredBy === entry.person.name ? [] : [t('time.enteredBy', { name: entry.enteredBy })]),
  ]
  return (
    <>
      <div>
        <strong>{time}</strong> {entry.person.name} <span className="label">{plainDay(entry.day)}</span>
      </div>
      {withTicket && (
        <div>
          {entry.ticket === null ? (
            <span className="soft">{t('time.unseenTicket')}</span>
          ) : (
            <Link to={paths.ticket(entry.ticket.reference)}>
              {entry.ticket.reference} {entry.ticket.title}
            </Link>
          )}
        </div>
      )}
      {entry.task !== null && <div className="label">{t('time.onTask', { title: entry.task.title })}</div>}
      {entry.words !== '' && <div className={classes['words']}>{entry.words}</div>}
      {more.length > 0 && <div className="label">{more.join(' · ')}</div>}
      {entry.refusals['edit'] === null && (
        <Group gap={4}>
          <Button size="compact-xs" variant="subtle" onClick={() => set('edit')}>
            {t('time.correct')}
            {about}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => set('withdraw')}>
            {t('time.withdraw')}
            {about}
          </Button>
        </Group>
      )}
      {doing === 'edit' && <TimeDialog on={{ entry }} onClose={close} />}
      <ConfirmAct
        opened={doing === 'withdraw'}
        title={t('time.withdrawTitle', { time, name: entry.person.name })}
        verb={t('time.withdraw')}
        busy={withdraw.isPending}
        error={withdraw.error}
        onConfirm={() => withdraw.mutate({ id: entry.id, version: entry.version })}
        onClose={close}
      >
        {t('time.withdrawHelp')}
      </ConfirmAct>
    </>
  )
}

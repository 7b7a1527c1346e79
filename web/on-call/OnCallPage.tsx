import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { onCall, onCallPages, type Schedule } from '../../contract/on-call.ts'
import { t } from '../platform/i18n.ts'
import { nearby } from '../platform/moments.ts'
import { useNow } from '../platform/now.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { Section } from '../ui/Facts.tsx'
import { Named } from '../ui/Initials.tsx'
import { later } from '../ui/later.tsx'
import { ListPage, wholeList } from '../ui/ListPage.tsx'
import { Calls } from './Calls.tsx'
import classes from './OnCall.module.css'

const ScheduleDialog = later(async () => (await import('./ScheduleDialog.tsx')).ScheduleDialog)

const longestMs = 3_600_000

/** Nothing is recorded when a shift begins: the list is asked again at that moment. Milliseconds. */
function untilNextShift(answer: { items: Schedule[] } | undefined): number {
  const ends = (answer?.items ?? []).flatMap((row) => (row.now === null ? [] : [Date.parse(row.now.to) - Date.now()]))
  return Math.max(1_000, Math.min(longestMs, ...ends))
}

/** Who is on call now, who is next, and the calls that wait for somebody. */
export default function OnCallPage() {
  const list = useAsk(onCall.list, {}, { everyWhile: untilNextShift })
  const calls = useAsk(onCallPages.list, { open: true, limit: 20 })
  const now = useNow()
  const [making, make] = useState(false)
  const until = (at: string) => t('onCall.until', { at: nearby(at, now) })
  const columns: Column<Schedule>[] = [
    {
      id: 'name',
      title: t('onCall.name'),
      width: 'grow',
      main: true,
      render: (row) => (
        <>
          <b style={{ fontWeight: 500 }}>{row.name}</b> {!row.active && <span className="soft">{t('onCall.off')}</span>}
        </>
      ),
    },
    { id: 'team', title: t('onCall.team'), width: 170, render: (row) => row.team.name },
    {
      id: 'now',
      title: t('onCall.now'),
      width: 260,
      weight: 3,
      render: (row) =>
        row.now?.person == null ? (
          <span className="soft">{t('onCall.nobody')}</span>
        ) : (
          <span className={classes['pair']}>
            <Named name={row.now.person.name} />
            <span className="soft">{until(row.now.to)}</span>
          </span>
        ),
    },
    {
      id: 'next',
      title: t('onCall.next'),
      width: 230,
      weight: 2,
      render: (row) =>
        row.next?.person == null ? null : (
          <span className={classes['pair']}>
            <span>{row.next.person.name}</span>
            <span className="soft">{t('onCall.from', { at: nearby(row.next.from, now) })}</span>
          </span>
        ),
    },
  ]
  const button = (
    <ActionButton action={onCall.create} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => make(true)}>
      {t('onCall.make')}
    </ActionButton>
  )
  const waiting = calls.data?.items ?? []
  return (
    <>
      <ListPage
        title={t('onCall.title')}
        figure={waiting.length === 0 ? undefined : t('onCall.waiting', { n: waiting.length })}
        tabs={
          waiting.length === 0 ? undefined : (
            <div style={{ padding: '0 var(--gap)' }}>
              <Section title={t('onCall.calls')}>
                <Calls calls={waiting} />
              </Section>
            </div>
          )
        }
        list={wholeList(list)}
        columns={columns}
        addressOf={(row) => paths.onCallSchedule(row.id)}
        actions={button}
        empty={{ title: t('onCall.empty'), help: t('onCall.emptyHelp'), action: button }}
      />
      {making && <ScheduleDialog schedule={null} onClose={() => make(false)} />}
    </>
  )
}

import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { tickets, type Ticket } from '../../contract/tickets.ts'
import { PersonChoice } from '../people/PersonChoice.tsx'
import { TicketRules } from './TicketRules.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useMay, useMe } from '../platform/session.ts'
import { Named } from '../ui/Initials.tsx'
import { later } from '../ui/later.tsx'
import { Moment } from '../ui/Moment.tsx'
import { AboutRequester } from './AboutRequester.tsx'
import type { TicketActs } from './acts.tsx'
import { Clocks } from './Clocks.tsx'
import { TicketAlerts } from './TicketAlerts.tsx'
import { TicketApprovals } from './TicketApprovals.tsx'
import { TicketMark } from './TicketMark.tsx'
import { TicketTasks } from './TicketTasks.tsx'
import { MailPeople } from './MailPeople.tsx'
import { Family } from './Family.tsx'
import { Gathered } from './Gathered.tsx'
import { MajorIncident } from './MajorIncident.tsx'
import { TicketItems } from './TicketItems.tsx'
import classes from './TicketPage.module.css'
import { kindWord, levelWord, PriorityMark, StateMark } from './words.tsx'
import { useTicketWrite } from './writing.tsx'

const TicketTime = later(async () => (await import('./TicketTime.tsx')).TicketTime)

/** Clocks first, then people and fields; what can be changed is a button. */
export function TicketSide({ ticket, acts }: { ticket: Ticket; acts: TicketActs }) {
  const worker = useMay('tickets.work')
  const overseer = useMay('tickets.all')
  const mayRead = useMay('people.read')
  const set = (which: 'assign' | 'state' | 'priority', shown: ReactNode, what: string): ReactNode =>
    worker ? (
      <button type="button" className={classes['set']} onClick={() => acts.open(which, [ticket])}>
        {shown}
        <span className="unseen"> · {what}</span>
      </button>
    ) : (
      shown
    )
  const person = (p: { id: string; name: string } | null): ReactNode =>
    p === null ? (
      <span className="soft">–</span>
    ) : mayRead ? (
      <Link to={paths.person(p.id)}>
        <Named name={p.name} />
      </Link>
    ) : (
      <Named name={p.name} />
    )
  const facts: [string, ReactNode][] = [
    [t('column.state'), set('state', <StateMark state={ticket.state} />, t('stateChoice.title'))],
    [
      t('column.assignee'),
      set(
        'assign',
        ticket.assignee === null ? <span>{t('ticket.unowned')}</span> : <Named name={ticket.assignee.name} />,
        t('assign.title'),
      ),
    ],
    [t('column.queue'), set('assign', ticket.queue.name, t('assign.title'))],
    [t('column.priority'), set('priority', <PriorityMark priority={ticket.priority} />, t('priorityChoice.title'))],
    [
      t('ticket.field.impact'),
      t('ticket.impactUrgency', { impact: levelWord(ticket.impact), urgency: levelWord(ticket.urgency) }),
    ],
    [t('column.requester'), person(ticket.requester)],
    [t('column.kind'), kindWord(ticket.kind)],
    [
      t('column.category'),
      ticket.category?.name ?? (
        <span key="none" className="soft">
          –
        </span>
      ),
    ],
    ...(ticket.vendor === null
      ? []
      : [
          [
            t('ticket.vendor'),
            <Link key="v" to={paths.vendor(ticket.vendor.id)}>
              {ticket.vendor.name}
            </Link>,
          ] as [string, ReactNode],
        ]),
    ...(ticket.waitingSince === null
      ? []
      : [[t('ticket.waitingSince'), <Moment key="w" at={ticket.waitingSince} />] as [string, ReactNode]]),
    ...(ticket.confidential ? [[t('ticket.confidential'), t('yes')] as [string, ReactNode]] : []),
    [t('ticket.created'), <Moment key="c" at={ticket.createdAt} as="nearby" />],
    [t('column.updated'), <Moment key="u" at={ticket.updatedAt} />],
    ...(ticket.reopenCount > 0
      ? [[t('ticket.reopened'), t('ticket.times', { n: ticket.reopenCount })] as [string, ReactNode]]
      : []),
    ...(ticket.reopenUntil !== null
      ? [[t('ticket.reopenUntil'), <Moment key="r" at={ticket.reopenUntil} as="nearby" />] as [string, ReactNode]]
      : []),
  ]
  return (
    <aside className={classes['side']} aria-label={t('ticket.side')} tabIndex={0}>
      <section className={classes['section']}>
        <h2>{t('ticket.clocks')}</h2>
        <Clocks ticket={ticket} />
      </section>
      <MajorIncident ticket={ticket} />
      <section className={classes['section']}>
        <h2>{t('ticket.facts')}</h2>
        <dl className={classes['facts']}>
          {facts.map(([name, value]) => (
            <div key={name} className={classes['fact']}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <TicketMark ticket={ticket} className={classes['section']} />
      <Gathered ticket={ticket} />
      <Family ticket={ticket} />
      <TicketItems ticket={ticket} />
      {ticket.source === 'monitoring' && <TicketAlerts ticket={ticket.id} className={classes['section']} />}
      <TicketApprovals ticket={ticket} />
      <TicketTasks ticket={ticket} />
      {(worker || overseer) && <TicketTime ticket={ticket.id} />}
      {worker && ticket.requester !== null && <AboutRequester ticket={ticket} requester={ticket.requester} />}
      <Watchers ticket={ticket} />
      {worker && <MailPeople ticket={ticket} />}
      {worker && <TicketRules ticket={ticket.id} className={classes['section']} />}
      {ticket.imported !== null && (
        <section className={classes['section']}>
          <details>
            <summary className="label">{t('ticket.imported')}</summary>
            <dl className={classes['imported']}>
              {Object.entries(ticket.imported).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        </section>
      )}
    </aside>
  )
}

function Watchers({ ticket }: { ticket: Ticket }) {
  const me = useMe()
  const mayRead = useMay('people.read')
  const { write, dialog } = useTicketWrite()
  const [adding, add] = useState(false)
  const watching = ticket.watchers.some((watcher) => watcher.id === me?.person?.id)
  return (
    <section className={classes['section']}>
      <h2>
        {t('ticket.watchers')}
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => void write(watching ? tickets.unwatch : tickets.watch, { id: ticket.id, person: 'me' })}
        >
          {t(watching ? 'watch.stop' : 'watch.start')}
        </Button>
      </h2>
      <ul className={classes['people']}>
        {ticket.watchers.map((watcher) => (
          <li key={watcher.id}>
            <Named name={watcher.name} />
            <ActionIcon
              size={24}
              aria-label={t('watch.remove', { name: watcher.name })}
              onClick={() => void write(tickets.unwatch, { id: ticket.id, person: watcher.id })}
            >
              <IconX size={13} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {mayRead && (
        <Button size="compact-xs" variant="subtle" onClick={() => add(true)}>
          {t('watch.add')}
        </Button>
      )}
      {adding && (
        <PersonChoice
          title={t('watch.add')}
          onClose={() => add(false)}
          onChoose={(id) => {
            add(false)
            void write(tickets.watch, { id: ticket.id, person: id })
          }}
        />
      )}
      {dialog}
    </section>
  )
}

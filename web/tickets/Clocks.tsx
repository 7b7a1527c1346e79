import { Button } from '@mantine/core'
import { IconCheck, IconCircleFilled, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Ticket, TicketClock } from '../../contract/tickets.ts'
import { ExplainDrawer, MakeDialog, WaiveDialog } from '../commitments/later.ts'
import { Link } from '@tanstack/react-router'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { exactSpan } from '../platform/moments.ts'
import { useMay } from '../platform/session.ts'
import { ClockChip, clockKind } from '../ui/ClockChip.tsx'
import { Moment } from '../ui/Moment.tsx'
import classes from './Clocks.module.css'

/** The promises of a ticket: what is due, to whom, whose it is, and why. */
export function Clocks({ ticket }: { ticket: Ticket }) {
  const [why, explain] = useState<TicketClock | null>(null)
  const [waived, waive] = useState<TicketClock | null>(null)
  const mayWaive = useMay('commitments.write')
  const [making, make] = useState(false)
  const mayMake = useMay('commitments.make') && ticket.merged === null
  return (
    <>
      {ticket.clocks.length === 0 && (
        <p className="soft" style={{ margin: 0 }}>
          {t('clocks.none')}
        </p>
      )}
      <ul className={classes['clocks']}>
        {ticket.clocks.map((clock) => (
          <li key={clock.commitment} className={classes['clock']}>
            <div className={classes['line']}>
              <span className={classes['kind']}>
                {clock.title === null ? (
                  clockKind(clock.kind)
                ) : (
                  <Link to={paths.commitment(clock.commitment)}>{clock.title}</Link>
                )}
              </span>
              <State clock={clock} />
            </div>
            <div className={classes['detail']}>
              <span className={classes['target']}>{targetOf(clock)}</span>
              <Button size="compact-xs" variant="subtle" onClick={() => explain(clock)}>
                {t('clocks.why')}
                <span className="unseen"> {clockKind(clock.kind)}</span>
              </Button>
              {mayWaive && (clock.phase === 'running' || clock.phase === 'paused') && (
                <Button size="compact-xs" variant="subtle" color="gray" onClick={() => waive(clock)}>
                  {t('clocks.waive')}
                  <span className="unseen"> {clockKind(clock.kind)}</span>
                </Button>
              )}
            </div>
          </li>
        ))}
        {why !== null && (
          <ExplainDrawer
            commitment={why.commitment}
            title={`${ticket.reference} · ${clockKind(why.kind)}`}
            onClose={() => explain(null)}
          />
        )}
        {waived !== null && (
          <WaiveDialog
            commitment={waived.commitment}
            title={`${ticket.reference} · ${clockKind(waived.kind)}`}
            onClose={() => waive(null)}
          />
        )}
      </ul>
      {mayMake && (
        <Button size="compact-xs" variant="subtle" onClick={() => make(true)}>
          {t('clocks.make')}
        </Button>
      )}
      {making && (
        <MakeDialog
          about={{ kind: 'ticket', id: ticket.id, name: `${ticket.reference} ${ticket.title}` }}
          onClose={() => make(false)}
        />
      )}
    </>
  )
}

function targetOf(clock: TicketClock): string {
  const length =
    clock.targetDays !== null
      ? t('clocks.workingDays', { n: clock.targetDays })
      : clock.targetSeconds !== null
        ? t('clocks.workingTime', { span: exactSpan(clock.targetSeconds) })
        : ''
  const owner = clock.owner.fallback ? t('clocks.fallback', { name: clock.owner.name }) : clock.owner.name
  return [length, clock.serviceLevel?.name, owner].filter((part) => part !== undefined && part !== '').join(' · ')
}

function State({ clock }: { clock: TicketClock }) {
  if (clock.phase === 'running' || clock.phase === 'paused') return <ClockChip face={clock} />
  const kept = clock.breachedAt === null
  if (clock.phase === 'stopped')
    return (
      <span className={classes['state']} data-late={!kept}>
        {kept ? <IconCheck size={14} aria-hidden /> : <IconCircleFilled size={10} aria-hidden />}
        {t(kept ? 'clocks.kept' : 'clocks.keptLate')}
        {clock.stoppedAt !== null && (
          <span className="soft">
            <Moment at={clock.stoppedAt} as="nearby" />
          </span>
        )}
      </span>
    )
  return (
    <span className={classes['state']} data-late={!kept}>
      <IconX size={14} aria-hidden />
      {t(clock.phase === 'waived' ? 'clocks.waived' : 'clocks.cancelled')}
      {!kept && ` · ${t('clock.late')}`}
    </span>
  )
}

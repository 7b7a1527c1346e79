import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { tickets } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { Asked } from '../ui/Asked.tsx'
import { SidePanel } from '../ui/SidePanel.tsx'
import { Clocks } from './Clocks.tsx'
import { Composer, type Voice } from './Composer.tsx'
import { Conversation } from './Conversation.tsx'
import classes from './TicketPeek.module.css'
import { PriorityMark, StateMark } from './words.tsx'

interface Props {
  reference: string
  voice: Voice | null
  onVoice: (voice: Voice | null) => void
  onClose: () => void
  onAnswered?: () => void
  begin?: string
}

/** A ticket beside the list: what it is, its clocks, what was said last, and an answer without leaving. */
export function TicketPeek({ reference, voice, onVoice, onClose, onAnswered, begin }: Props) {
  const asked = useAsk(tickets.show, { id: reference })
  const timeline = useAskPages(tickets.timeline, { id: reference, limit: 30 })
  const worker = useMay('tickets.work')
  return (
    <SidePanel
      title={reference}
      onClose={onClose}
      actions={
        <Link to={paths.ticket(reference)} className="label">
          {t('peek.open')}
        </Link>
      }
    >
      <Asked question={asked}>
        {(ticket) => (
          <div className={classes['peek']}>
            <div className={classes['top']}>
              <h2 className={classes['title']}>{ticket.title}</h2>
              <div className={classes['facts']}>
                <StateMark state={ticket.state} />
                <PriorityMark priority={ticket.priority} />
                <span>{ticket.assignee?.name ?? t('ticket.unowned')}</span>
                <span className="soft">{ticket.queue.name}</span>
              </div>
              <Clocks ticket={ticket} />
            </div>
            <Conversation ticket={ticket} timeline={timeline} />
            {voice === null ? (
              <div className={classes['foot']}>
                <Button variant="default" onClick={() => onVoice('reply')}>
                  {t('composer.reply')}
                </Button>
                {worker && (
                  <Button variant="default" onClick={() => onVoice('note')}>
                    {t('composer.note')}
                  </Button>
                )}
              </div>
            ) : (
              <div className={classes['composer']}>
                <Composer
                  ticket={ticket}
                  voice={voice}
                  onVoice={onVoice}
                  onLeave={() => onVoice(null)}
                  {...(begin === undefined ? {} : { begin })}
                  onDone={() => {
                    onVoice(null)
                    onAnswered?.()
                  }}
                />
              </div>
            )}
          </div>
        )}
      </Asked>
    </SidePanel>
  )
}

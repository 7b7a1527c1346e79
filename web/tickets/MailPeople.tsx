import { IconX } from '@tabler/icons-react'
import type { Ticket } from '../../contract/tickets.ts'
import { ticketMail } from '../../contract/ticket-mail.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from './TicketPage.module.css'

/** Where replies go by mail: whoever answers sees who will read it, and can leave out an address that nobody here knows. */
export function MailPeople({ ticket }: { ticket: Ticket }) {
  const asked = useAsk(ticketMail.show, { id: ticket.id })
  const leave = useAct(ticketMail.leaveOut)
  const facts = asked.data
  if (facts === undefined || (!facts.answered && facts.outside.length === 0)) return null
  const outside = new Set(facts.outside.map((one) => one.address))
  return (
    <section className={classes['section']}>
      <h2>{t('ticket.byMail')}</h2>
      <p className="label" style={{ margin: '0 0 4px' }}>
        {facts.from === null ? t('ticket.repliesTo') : t('ticket.repliesFrom', { address: facts.from })}
      </p>
      <ul className={classes['files']}>
        {facts.to.map((one) => (
          <li key={one.address}>
            <span title={one.address}>{one.name || one.address}</span>{' '}
            {outside.has(one.address) && (
              <ActionButton
                action={ticketMail.leaveOut}
                size="compact-xs"
                variant="subtle"
                onClick={() => leave.mutate({ id: ticket.id, address: one.address }, { onError: tellFailed })}
              >
                <IconX size={12} aria-hidden />
                <span className="unseen">{t('ticket.leaveOut', { address: one.address })}</span>
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

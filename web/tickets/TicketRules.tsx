import { ticketRules } from '../../contract/ticket-rules.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { FiringLines } from './FiringLines.tsx'

/** Which rules did something with a ticket, and why; nothing where none did. */
export function TicketRules({ ticket, className }: { ticket: string; className: string | undefined }) {
  const asked = useAsk(ticketRules.ofTicket, { id: ticket })
  if (asked.data === undefined || asked.data.items.length === 0) return null
  return (
    <section className={className}>
      <h2>{t('rules.ofTicket')}</h2>
      <FiringLines firings={asked.data.items} names="rule" />
    </section>
  )
}

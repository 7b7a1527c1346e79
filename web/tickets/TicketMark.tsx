import { ratings } from '../../contract/ratings.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { Moment } from '../ui/Moment.tsx'

/** How the requester found it, in a mark and their words; nothing where they have not said. */
export function TicketMark({ ticket, className }: { ticket: Ticket; className: string | undefined }) {
  const { data } = useAsk(ratings.show, { id: ticket.id }, { enabled: ticket.resolvedAt !== null })
  if (data === undefined || data.score === null) return null
  return (
    <section className={className}>
      <h2>{t('ticket.mark')}</h2>
      <div>
        {t('ticket.markOf', { score: data.score })}
        {data.at !== null && (
          <span className="label">
            {' · '}
            {data.by?.name} · <Moment at={data.at} />
          </span>
        )}
      </div>
      {data.words !== '' && <p style={{ margin: '4px 0 0', overflowWrap: 'anywhere' }}>{data.words}</p>}
    </section>
  )
}

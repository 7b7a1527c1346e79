import { type TicketRow, tickets } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { FoundChoice } from '../ui/FoundChoice.tsx'

/** An open ticket by key: type words or a reference, arrow, enter. `but` is left out. */
export function TicketChoice({
  title,
  but,
  onChoose,
  onClose,
}: {
  title: string
  but: string
  onChoose: (ticket: TicketRow) => void
  onClose: () => void
}) {
  return (
    <FoundChoice
      title={title}
      action={tickets.list}
      input={(words) => ({ open: true, limit: 20, ...(words === '' ? {} : { q: words }) })}
      items={(answer) => answer.items.filter((one) => one.id !== but)}
      option={(one) => ({
        id: one.id,
        title: `${one.reference} ${one.title}`,
        detail: [one.requester?.name, one.queue.name, t(`ticket.state.${one.state}`)].filter(Boolean).join(' · '),
      })}
      onChoose={onChoose}
      onClose={onClose}
    />
  )
}

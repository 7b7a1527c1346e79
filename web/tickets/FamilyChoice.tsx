import { ticketParents } from '../../contract/ticket-parents.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { TicketChoice } from './TicketChoice.tsx'
import { useTicketWrite } from './writing.tsx'

/** Finds the parent of a ticket, or a child for it, and makes it so. */
export function FamilyChoice({
  ticket,
  which,
  onClose,
}: {
  ticket: Ticket
  which: 'parent' | 'child'
  onClose: () => void
}) {
  const { write, dialog, busy } = useTicketWrite()
  const set = async (other: string): Promise<void> => {
    const [child, parent] = which === 'parent' ? [ticket.id, other] : [other, ticket.id]
    if ((await write(ticketParents.set, { id: child, parent })) !== null) onClose()
  }
  return (
    <>
      {!busy && (
        <TicketChoice
          title={t(which === 'parent' ? 'family.chooseParent' : 'family.chooseChild')}
          but={ticket.id}
          onChoose={(one) => void set(one.id)}
          onClose={onClose}
        />
      )}
      {dialog}
    </>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import type { Ticket, TicketRow } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { canUndo } from '../platform/undo.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { tellDone } from '../ui/told.ts'
import { TicketChoice } from './TicketChoice.tsx'
import { useTicketWrite } from './writing.tsx'

/** Choose the ticket that goes on, read what will happen, merge. Ends on the page of the one that goes on. */
export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const [into, choose] = useState<TicketRow | null>(null)
  const { write, dialog, busy } = useTicketWrite()
  const navigate = useNavigate()
  if (into === null)
    return <TicketChoice title={t('merge.choose')} but={ticket.id} onChoose={choose} onClose={onClose} />
  const names = { loser: ticket.reference, survivor: into.reference }
  const merge = async (): Promise<void> => {
    const done = await write(ticketMerges.merge, { id: ticket.id, version: ticket.version, into: into.id })
    if (done === null) return
    tellDone(t('merge.done', names))
    canUndo(t('merge.merging', names), () => void write(ticketMerges.takeApart, { id: ticket.id }))
    onClose()
    await navigate({ to: paths.ticket(into.reference) })
  }
  const name = ticket.requester?.name ?? 'none'
  return (
    <>
      <ConfirmAct
        opened
        title={t('merge.title', names)}
        verb={t('merge.verb')}
        busy={busy}
        onConfirm={() => void merge()}
        onClose={onClose}
      >
        <p style={{ marginTop: 0 }}>
          <b>{into.title}</b>
        </p>
        <ul style={{ margin: 0, paddingInlineStart: 20 }}>
          <li>{t('merge.words', names)}</li>
          <li>{t('merge.clocks', names)}</li>
          <li>{into.confidential ? t('merge.nobodyLetIn', names) : t('merge.people', { ...names, name })}</li>
          <li>{t('merge.undo', names)}</li>
        </ul>
      </ConfirmAct>
      {dialog}
    </>
  )
}

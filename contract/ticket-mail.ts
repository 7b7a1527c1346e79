import { z } from 'zod'
import { command, email, query } from './action.ts'
import { ticketKey } from './tickets.ts'

/** How a ticket is led by mail: from where it is answered, and who takes part without being known here. */
export const ticketMailFacts = z.object({
  /** Replies go out as mails. */
  answered: z.boolean(),
  /** The address they are sent from; null where there is no mailbox. */
  from: z.string().nullable(),
  /** Where a reply would go now, those who are known here included. */
  to: z.array(z.object({ name: z.string(), address: z.string() })),
  outside: z.array(z.object({ name: z.string(), address: z.string() })),
})
export type TicketMailFacts = z.output<typeof ticketMailFacts>

export const ticketMail = {
  show: query({
    name: 'ticket-mail.show',
    path: '/tickets/{id}/mail',
    permission: 'tickets.work',
    summary: 'Where replies of a ticket go by mail, and who takes part by address alone.',
    input: z.object({ id: ticketKey }),
    output: ticketMailFacts,
  }),
  leaveOut: command({
    name: 'ticket-mail.leave-out',
    method: 'DELETE',
    path: '/tickets/{id}/mail/participants/{address}',
    permission: 'tickets.work',
    summary: 'Let an address take part no more: it gets no replies, and its mails are those of an outsider.',
    input: z.object({ id: ticketKey, address: email }),
    output: ticketMailFacts,
  }),
}

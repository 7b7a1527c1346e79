import { z } from 'zod'
import { basedOn, command } from './action.ts'
import { ticket, ticketKey } from './tickets.ts'

export const ticketMerges = {
  merge: command({
    name: 'ticket-merges.merge',
    method: 'PUT',
    path: '/tickets/{id}/merge',
    permission: 'tickets.work',
    summary: 'Let the conversation of a ticket go on in another one. Nothing is lost; it can be taken apart again.',
    input: z.object({
      id: ticketKey,
      version: basedOn,
      into: ticketKey.meta({ description: 'Id or reference of the ticket that goes on' }),
    }),
    output: ticket,
  }),
  takeApart: command({
    name: 'ticket-merges.take-apart',
    method: 'PUT',
    path: '/tickets/{id}/take-apart',
    permission: 'tickets.work',
    summary: 'Take a merged ticket out again: state, clocks and people are as they were before.',
    input: z.object({ id: ticketKey, version: basedOn }),
    output: ticket,
  }),
}

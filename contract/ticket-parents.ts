import { z } from 'zod'
import { basedOn, command } from './action.ts'
import { ticket, ticketKey } from './tickets.ts'

export const ticketParents = {
  set: command({
    name: 'ticket-parents.set',
    method: 'PUT',
    path: '/tickets/{id}/parent',
    permission: 'tickets.work',
    summary: 'Make a ticket a child of another one, or of none. Each stays its own, with its own clocks.',
    input: z.object({
      id: ticketKey,
      version: basedOn,
      parent: ticketKey.nullable().meta({ description: 'Id or reference; `null`: of none' }),
    }),
    output: ticket,
  }),
}

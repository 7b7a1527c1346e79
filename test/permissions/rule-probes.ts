import { ticketRules } from '../../contract/ticket-rules.ts'
import { among } from './among.ts'
import type { Probe } from './probes.ts'

/** One good request to each action about rules for tickets. */
export const ruleProbes: Record<string, Probe> = {
  'ticket-rules.list': ({ client }) => client(ticketRules.list, {}),
  'ticket-rules.show': async ({ client, ground }) => client(ticketRules.show, { id: await ground.ruled.rule() }),
  'ticket-rules.create': ({ client, fresh }) =>
    client(ticketRules.create, { name: fresh, event: 'opened', effects: [{ do: 'urgency', value: '1' }] }),
  'ticket-rules.edit': async ({ client, ground, fresh }) =>
    client(ticketRules.edit, { id: await ground.ruled.rule(), name: fresh }),
  'ticket-rules.move': async ({ client, ground }) =>
    client(ticketRules.move, { id: await ground.ruled.rule(), position: 1 }),
  'ticket-rules.remove': async ({ client, ground }) => client(ticketRules.remove, { id: await ground.ruled.rule() }),
  'ticket-rules.try': ({ client }) => client(ticketRules.tryOut, { newest: 5 }),
  'ticket-rules.firings': async ({ client, ground }) => client(ticketRules.firings, { id: await ground.ruled.rule() }),
  'ticket-rules.of-ticket': async ({ client, ticket, ground }) => {
    const firing = await ground.ruled.firing(ticket.id)
    return among((await client(ticketRules.ofTicket, { id: ticket.id })).items, firing)
  },
  'ticket-rules.undo': async ({ client, ticket, ground }) =>
    client(ticketRules.undo, { id: await ground.ruled.firing(ticket.id) }),
}

import { portal } from '../../contract/portal.ts'
import { ratings } from '../../contract/ratings.ts'
import { tickets } from '../../contract/tickets.ts'
import { among } from './among.ts'
import type { Probe } from './probes.ts'

/** One good request to each action of the portal, and about what requesters say of how they were served. */
export const portalProbes: Record<string, Probe> = {
  'portal.home': ({ client }) => client(portal.home, {}),
  'portal.requests': ({ client }) => client(portal.requests, {}),
  'portal.search': ({ client }) => client(portal.search, { q: 'laptop' }),
  'ratings.show': ({ client, ticket }) => client(ratings.show, { id: ticket.id }),
  'ratings.rate': async ({ client, ticket, ground }) => {
    await ground.insider(tickets.resolve, { id: ticket.id })
    return client(ratings.rate, { id: ticket.id, score: 4 })
  },
  'ratings.marks': async ({ client, ticket, ground }) => {
    await ground.insider(tickets.resolve, { id: ticket.id })
    await ground.mark(ticket.id)
    const today = new Date().toISOString().slice(0, 10)
    const { items } = await client(ratings.marks, { from: today, to: today, limit: 200 })
    among(
      items.map((item) => item.ticket),
      ticket.id,
    )
  },
  'ratings.report': ({ client }) => client(ratings.report, { from: '2026-01-05', to: '2026-03-30' }),
}

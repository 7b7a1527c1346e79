import type { Client } from '../../contract/client.ts'
import { ticketRules } from '../../contract/ticket-rules.ts'
import { claimFiring, settleFiring } from '../../server/automation/firings-store.ts'
import { newId } from '../../server/platform/identifiers.ts'
import type { TestServer } from '../support/server.ts'

/** Rules and what they did, for the permission tests; each call makes one of its own. */
export interface Ruled {
  rule(): Promise<string>
  /** A rule changed the urgency of the ticket from low to what it has. */
  firing(ticket: string): Promise<string>
}

export function prepareRules(server: TestServer, insider: Client): Ruled {
  const rule = async () =>
    (
      await insider(ticketRules.create, {
        name: newId(),
        event: 'opened',
        conditions: [{ field: 'text', any: ['ordinary'] }],
        effects: [{ do: 'urgency', value: '2' }],
      })
    ).id
  return {
    rule,
    async firing(ticket) {
      const at = new Date().toISOString()
      const [id, by] = [newId(), await rule()]
      const { organisation, db } = server
      await claimFiring(db, { id, organisation, rule: by, name: 'Rule', ticket, cause: id, at, conditions: [] })
      const done = { do: 'urgency' as const, value: '2', before: '3', after: '2', refused: null }
      await settleFiring(db, { id, rule: by, at, done: [done] })
      return id
    },
  }
}

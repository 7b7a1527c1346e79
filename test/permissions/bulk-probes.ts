import type { Client } from '../../contract/client.ts'
import { ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import type { Ground } from './ground.ts'
import type { Cell, Probe } from './probes.ts'

/** A bulk edit of one ticket that was nobody's, made by a reader; answers its id. */
export const bulkOf = async (ground: Ground, client: Client): Promise<string> => {
  const ticket = await ground.ticketFor('ownTeam', ground.asker)
  return (await client(ticketBulkEdits.start, { tickets: [{ id: ticket.id }], change: { urgency: ticket.urgency } })).id
}
const others = new WeakMap<Ground, Promise<string>>()
/** Somebody else's: one for all that ask. */
function another({ ground }: Cell): Promise<string> {
  const made = others.get(ground) ?? bulkOf(ground, ground.server.client)
  others.set(ground, made)
  return made
}
const asked = async ({ ground, reader }: Cell) => ({
  tickets: [{ id: (await ground.ticketFor('ownTeam', reader)).id }],
  change: { urgency: 1 },
})

/** One good request to each action about bulk edits. */
export const bulkProbes: Record<string, Probe> = {
  'ticket-bulk-edits.preview': async (cell) => cell.client(ticketBulkEdits.preview, await asked(cell)),
  'ticket-bulk-edits.start': async (cell) => cell.client(ticketBulkEdits.start, await asked(cell)),
  'ticket-bulk-edits.list': ({ client }) => client(ticketBulkEdits.list, {}),
  'ticket-bulk-edits.show': async (cell) => cell.client(ticketBulkEdits.show, { id: await another(cell) }),
  'ticket-bulk-edits.show#own': async (cell) =>
    cell.client(ticketBulkEdits.show, { id: await bulkOf(cell.ground, cell.client) }),
  'ticket-bulk-edits.rows': async (cell) => cell.client(ticketBulkEdits.rows, { id: await another(cell) }),
  'ticket-bulk-edits.stop': async (cell) => cell.client(ticketBulkEdits.stop, { id: await another(cell) }),
  'ticket-bulk-edits.stop#own': async (cell) =>
    cell.client(ticketBulkEdits.stop, { id: await bulkOf(cell.ground, cell.client) }),
}

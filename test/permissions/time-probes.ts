import { ticketTasks } from '../../contract/ticket-tasks.ts'
import { timeEntries } from '../../contract/time-entries.ts'
import { among } from './among.ts'
import type { Cell, Probe } from './probes.ts'

const duration = '1m'
const day = new Date().toISOString().slice(0, 10)
/** Time on the ticket, of whoever makes what is tried, or of a person. */
const entered = async ({ ground, ticket }: Cell, person?: string) =>
  (await ground.insider(timeEntries.add, { id: ticket.id, duration, ...(person === undefined ? {} : { person }) })).id

/** One good request to each action about time entries. */
export const timeProbes: Record<string, Probe> = {
  'time-entries.of-ticket': ({ client, ticket }) => client(timeEntries.ofTicket, { id: ticket.id }),
  'time-entries.list': async (cell) => {
    const id = await entered(cell)
    among((await cell.client(timeEntries.list, { from: day, to: day, limit: 200 })).items, id)
  },
  'time-entries.report': ({ client }) => client(timeEntries.report, { from: day, to: day }),
  'time-entries.add': ({ client, ticket }) => client(timeEntries.add, { id: ticket.id, duration }),
  'time-entries.add#of another': ({ client, ticket, ground }) =>
    client(timeEntries.add, { id: ticket.id, duration, person: ground.server.id }),
  'time-entries.add-to-task': async ({ client, ticket, ground }) => {
    const owner = { kind: 'person' as const, id: ground.server.id }
    const { items } = await ground.insider(ticketTasks.add, { id: ticket.id, title: 'Some task', owner })
    return client(timeEntries.addToTask, { id: items[0]!.id, duration })
  },
  'time-entries.edit': async (cell) => cell.client(timeEntries.edit, { id: await entered(cell), duration: '2m' }),
  'time-entries.edit#own': async (cell) =>
    cell.client(timeEntries.edit, { id: await entered(cell, cell.reader.id), duration: '2m' }),
  'time-entries.withdraw': async (cell) => cell.client(timeEntries.withdraw, { id: await entered(cell) }),
  'time-entries.withdraw#own': async (cell) =>
    cell.client(timeEntries.withdraw, { id: await entered(cell, cell.reader.id) }),
}

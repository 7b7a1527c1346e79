import { ApiError } from '../../contract/client.ts'
import { majorIncidents } from '../../contract/major-incidents.ts'
import type { Cell, Probe } from './probes.ts'

const given = (person: string) => ({
  headline: 'Mail is down',
  commander: person,
  communications: person,
  everyone: false,
  words: 'It has been down since eight.',
})
/** A major incident of the ticket of the situation, told to nobody else. */
const declared = ({ ground, ticket }: Cell) =>
  ground.insider(majorIncidents.declare, { id: ticket.id, ...given(ground.asker.id) })
const demandListed = (items: readonly { id: string }[], id: string): void => {
  if (!items.some((one) => one.id === id))
    throw new ApiError(404, { code: 'left-out', message: 'left out of the list', requestId: '' })
}

/** One good request to each action about major incidents. */
export const incidentProbes: Record<string, Probe> = {
  'major-incidents.live': ({ client }) => client(majorIncidents.live, {}),
  'major-incidents.read': async (cell) => cell.client(majorIncidents.read, { id: (await declared(cell)).id }),
  'major-incidents.list': async (cell) => {
    const { id } = await declared(cell)
    demandListed((await cell.client(majorIncidents.list, { limit: 200 })).items, id)
  },
  'major-incidents.of': ({ client, ticket }) => client(majorIncidents.of, { id: ticket.id }),
  'major-incidents.declare': ({ client, ticket, ground }) =>
    client(majorIncidents.declare, { id: ticket.id, ...given(ground.asker.id) }),
  'major-incidents.edit': async (cell) =>
    cell.client(majorIncidents.edit, { id: (await declared(cell)).id, headline: 'All mail is down' }),
  'major-incidents.update': async (cell) =>
    cell.client(majorIncidents.update, { id: (await declared(cell)).id, words: 'A disk is full.' }),
  'major-incidents.end': async (cell) =>
    cell.client(majorIncidents.end, { id: (await declared(cell)).id, words: 'It runs again.' }),
  'major-incidents.report': async (cell) => {
    const { id } = await declared(cell)
    await cell.ground.insider(majorIncidents.end, { id, words: 'It runs again.' })
    return cell.client(majorIncidents.saveReport, { id, report: 'A disk was full.' })
  },
}

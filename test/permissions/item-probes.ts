import { modelFailures } from '../../contract/model-failures.ts'
import { assetCosts, ticketItems } from '../../contract/ticket-items.ts'
import type { Cell, Probe } from './probes.ts'

/** A ticket about an asset that the reader has. */
const linked = async ({ ground, ticket, reader }: Cell) => {
  const asset = await ground.register.givenAsset(reader.id)
  const { items } = await ground.insider(ticketItems.link, { id: ticket.id, item: asset })
  return { id: ticket.id, link: items.find((one) => one.item.id === asset)!.id }
}

/** How it is tried to say what a ticket is about. */
export const itemProbes: Record<string, Probe> = {
  'ticket-items.list': ({ client, ticket }) => client(ticketItems.list, { id: ticket.id }),
  'ticket-items.link': async ({ client, ticket, ground, reader }) =>
    client(ticketItems.link, { id: ticket.id, item: await ground.register.givenAsset(reader.id) }),
  'ticket-items.change': async (cell) =>
    cell.client(ticketItems.change, { ...(await linked(cell)), cost: { minor: 100, currency: 'EUR' } }),
  'ticket-items.unlink': async (cell) => cell.client(ticketItems.unlink, await linked(cell)),
  'model-failures.list': ({ client }) => client(modelFailures.list, {}),
  'asset-costs.show': ({ client, ground }) => client(assetCosts.show, { id: ground.register.asset }),
}

import { catalogue, catalogueSetup } from '../../contract/catalogue.ts'
import { ticketTasks } from '../../contract/ticket-tasks.ts'
import type { Ground } from './ground.ts'
import type { Cell, Probe } from './probes.ts'

let made = 0
const definition = (ground: Ground) => ({
  name: `Service ${made++}`,
  fields: [{ key: 'why', label: 'Why', type: 'text' as const }],
  tasks: [{ title: 'Do it', owner: { kind: 'person' as const, id: ground.asker.id } }],
})
const categoryOf = async (ground: Ground) =>
  (await ground.insider(catalogueSetup.createCategory, { name: `Category ${made++}` })).id
/** A service that everybody may order. */
export async function serviceOf(ground: Ground): Promise<string> {
  const { id } = await ground.insider(catalogueSetup.create, {
    category: await categoryOf(ground),
    definition: definition(ground),
  })
  await ground.insider(catalogueSetup.publish, { id })
  return id
}
/** What the reader ordered, or somebody else. */
const orderOf = async ({ ground }: Cell, by: Cell['client']) =>
  (await by(catalogue.order, { id: await serviceOf(ground) })).ticket.id
const ofAsker = (cell: Cell) => orderOf(cell, cell.ground.asker.client)
const taskOf = async ({ ground, ticket, fresh }: Cell, owner: string) =>
  (
    await ground.insider(ticketTasks.add, { id: ticket.id, title: fresh, owner: { kind: 'person', id: owner } })
  ).items.at(-1)!.id
const ofServer = (cell: Cell) => taskOf(cell, cell.ground.server.id)

/** One good request to each action about the catalogue and about tasks. */
export const catalogueProbes: Record<string, Probe> = {
  'catalogue.list': ({ client }) => client(catalogue.list, {}),
  'catalogue.show': async ({ client, ground }) => client(catalogue.show, { id: await serviceOf(ground) }),
  'catalogue.people': ({ client }) => client(catalogue.people, { q: 'Asker' }),
  'order-drafts.save': async ({ client, ground }) =>
    client(catalogue.saveDraft, { id: await serviceOf(ground), answers: {} }),
  'order-drafts.discard': async ({ client, ground }) => client(catalogue.discardDraft, { id: await serviceOf(ground) }),
  'orders.place': async ({ client, ground }) => client(catalogue.order, { id: await serviceOf(ground) }),
  'orders.show': async (cell) => cell.client(catalogue.showOrder, { id: await ofAsker(cell) }),
  'orders.change': async (cell) =>
    cell.client(catalogue.changeOrder, { id: await ofAsker(cell), answers: { why: 'because' } }),
  'orders.withdraw': async (cell) => cell.client(catalogue.withdrawOrder, { id: await ofAsker(cell) }),
  'catalogue-setup.list': ({ client }) => client(catalogueSetup.list, {}),
  'catalogue-setup.show': async ({ client, ground }) => client(catalogueSetup.show, { id: await serviceOf(ground) }),
  'catalogue-setup.create': async ({ client, ground }) =>
    client(catalogueSetup.create, { category: await categoryOf(ground), definition: definition(ground) }),
  'catalogue-setup.save': async ({ client, ground }) =>
    client(catalogueSetup.save, { id: await serviceOf(ground), definition: definition(ground) }),
  'catalogue-setup.try': async ({ client, ground }) =>
    client(catalogueSetup.try, { id: await serviceOf(ground), answers: {} }),
  'catalogue-setup.publish': async ({ client, ground }) => {
    const id = await serviceOf(ground)
    await ground.insider(catalogueSetup.save, { id, definition: definition(ground) })
    return client(catalogueSetup.publish, { id })
  },
  'catalogue-setup.retire': async ({ client, ground }) =>
    client(catalogueSetup.retire, { id: await serviceOf(ground) }),
  'catalogue-categories.list': ({ client }) => client(catalogueSetup.categories, {}),
  'catalogue-categories.create': ({ client, fresh }) => client(catalogueSetup.createCategory, { name: fresh }),
  'catalogue-categories.edit': async ({ client, ground, fresh }) =>
    client(catalogueSetup.editCategory, { id: await categoryOf(ground), name: fresh }),
  'ticket-tasks.list': ({ client, ticket }) => client(ticketTasks.list, { id: ticket.id }),
  'ticket-tasks.mine': ({ client }) => client(ticketTasks.mine, {}),
  'ticket-tasks.add': ({ client, ticket, fresh }) => client(ticketTasks.add, { id: ticket.id, title: fresh }),
  'ticket-tasks.give': async (cell) =>
    cell.client(ticketTasks.give, {
      id: await ofServer(cell),
      owner: { kind: 'person', id: cell.ground.asker.id },
    }),
  'ticket-tasks.finish': async (cell) => cell.client(ticketTasks.finish, { id: await ofServer(cell) }),
  'ticket-tasks.finish#own': async (cell) =>
    cell.client(ticketTasks.finish, { id: await taskOf(cell, cell.reader.id) }),
  'ticket-tasks.skip': async (cell) =>
    cell.client(ticketTasks.skip, { id: await ofServer(cell), reason: 'not needed' }),
}

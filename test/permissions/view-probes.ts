import { savedViews } from '../../contract/saved-views.ts'
import type { Cell, Probe } from './probes.ts'

/** A view of somebody else's, shared with everybody in IT. */
const shared = async ({ ground, fresh }: Cell) =>
  (
    await ground.insider(savedViews.save, {
      list: 'tickets',
      name: fresh,
      filter: { open: 'true' },
      shared: 'everyone',
    })
  ).id
const own = async ({ client, fresh }: Cell) =>
  (await client(savedViews.save, { list: 'tickets', name: fresh, filter: { open: 'true' } })).id

/** One good request to each action about saved views. */
export const viewProbes: Record<string, Probe> = {
  'saved-views.list': ({ client }) => client(savedViews.list, {}),
  'saved-views.save': ({ client, fresh }) =>
    client(savedViews.save, { list: 'tickets', name: fresh, filter: { open: 'true' } }),
  'saved-views.save#shared': ({ client, fresh }) =>
    client(savedViews.save, { list: 'tickets', name: fresh, filter: {}, shared: 'everyone' }),
  'saved-views.edit': async (cell) =>
    cell.client(savedViews.edit, { id: await shared(cell), name: `${cell.fresh} again` }),
  'saved-views.edit#own': async (cell) =>
    cell.client(savedViews.edit, { id: await own(cell), name: `${cell.fresh} again` }),
  'saved-views.remove': async (cell) => cell.client(savedViews.remove, { id: await shared(cell) }),
  'saved-views.remove#own': async (cell) => cell.client(savedViews.remove, { id: await own(cell) }),
  'saved-views.arrange': ({ client, fresh }) =>
    client(savedViews.arrange, { list: 'tickets', tabs: [fresh.slice(0, 50)], opensWith: null }),
}

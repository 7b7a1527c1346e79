import { macros } from '../../contract/macros.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { among } from './among.ts'
import type { Ground } from './ground.ts'
import type { Probe } from './probes.ts'

/** A macro that everybody has. */
export const macroOf = async (ground: Ground): Promise<string> =>
  (await ground.insider(macros.create, { name: newId(), scope: 'all', body: 'Hello' })).id

/** One good request to each action about macros. */
export const macroProbes: Record<string, Probe> = {
  'macros.list': async ({ client, ground }) => {
    const id = await macroOf(ground)
    return among((await client(macros.list, { limit: 200 })).items, id)
  },
  'macros.create': ({ client, fresh }) => client(macros.create, { name: fresh, body: 'Hello' }),
  'macros.create#for everybody': ({ client, fresh }) =>
    client(macros.create, { name: fresh, scope: 'all', body: 'Hello' }),
  'macros.edit': async ({ client, ground, fresh }) => client(macros.edit, { id: await macroOf(ground), name: fresh }),
  'macros.remove': async ({ client, ground }) => client(macros.remove, { id: await macroOf(ground) }),
  'macros.fill': async ({ client, ticket, ground }) =>
    client(macros.fill, { ticket: ticket.id, id: await macroOf(ground) }),
  'macros.preview': ({ client, ticket }) => client(macros.preview, { ticket: ticket.id, body: 'Hello' }),
}

import { z } from 'zod'
import { id, instant, listOf, page, query } from './action.ts'

export const actorKind = z.enum(['person', 'apiKey', 'job', 'integration', 'automation', 'system'])
/** An entry of the append-only log. `before` and `after` hold the fields that changed. */
export const event = z.object({
  id: z.string(),
  type: z.string(),
  at: instant,
  actor: z.object({ kind: actorKind, id: id.nullable(), name: z.string() }),
  subject: z.object({ kind: z.string(), id }),
  requestId: z.string().nullable(),
  cause: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  erased: z.boolean(),
})
export const events = {
  list: query({
    name: 'events.list',
    path: '/events',
    permission: 'events.read',
    summary: 'The log of every act, newest first.',
    input: z.object({ subject: id.optional(), actor: id.optional(), type: z.string().max(80).optional(), ...page }),
    output: listOf(event),
  }),
}

import { z } from 'zod'
import { command, id, instant, line, listOf, page, query } from './action.ts'

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
  /** The event stays and so does its seal; what it said before and after is gone. */
  erase: command({
    name: 'events.erase',
    method: 'POST',
    path: '/events/{id}/erase',
    permission: 'events.erase',
    summary: 'Erase what an event says of a person; the log still proves that it was there.',
    input: z.object({ id, reason: line(500) }),
    output: z.object({ id, erased: z.boolean() }),
  }),
}

/** A sentence about the log: what was found, or what is worth knowing. */
const finding = z.object({ code: z.string(), sentence: z.string() })

export const audit = {
  status: query({
    name: 'audit.status',
    path: '/audit',
    permission: 'events.read',
    summary: 'How far the log is sealed, and what its last verification found.',
    input: z.object({}),
    output: z.object({
      /** Null while nothing is sealed. */
      sealedUpTo: instant.nullable(),
      seals: z.int(),
      events: z.int(),
      verified: z
        .object({
          at: instant,
          clean: z.boolean(),
          events: z.int(),
          unsealed: z.int(),
          findings: z.array(finding),
        })
        .nullable(),
    }),
  }),
  verify: command({
    name: 'audit.verify',
    method: 'POST',
    path: '/audit/verify',
    permission: 'events.read',
    summary: 'Verify the whole log in the background.',
    input: z.object({}),
    output: z.object({ started: z.boolean() }),
  }),
}

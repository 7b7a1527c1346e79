import { z } from 'zod'
import { command, id, instant, listOf, page, query } from './action.ts'
import { edits, secretOf, severity, watched } from './monitoring.ts'

export const heartbeat = z.object({
  id,
  version: z.int(),
  name: z.string(),
  everySeconds: z.int(),
  graceSeconds: z.int(),
  severity,
  asset: z.object({ id, tag: z.string(), name: z.string() }).nullable(),
  active: z.boolean(),
  tokenPrefix: z.string(),
  lastAt: instant.nullable(),
  dueAt: instant.nullable(),
  state: z.enum(['waiting', 'alive', 'missed', 'resting']),
})
export type Heartbeat = z.output<typeof heartbeat>
const givenHeartbeat = {
  ...watched,
  everySeconds: z
    .int()
    .min(60)
    .max(32 * 86_400),
  graceSeconds: z
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(3600),
}

export const heartbeats = {
  list: query({
    name: 'heartbeats.list',
    path: '/heartbeats',
    permission: 'monitoring.read',
    summary: 'What must report from time to time.',
    input: z.object({ ...page }),
    output: listOf(heartbeat),
  }),
  create: command({
    name: 'heartbeats.create',
    method: 'POST',
    path: '/heartbeats',
    permission: 'monitoring.manage',
    summary: 'Expect something to report; answers the address to call, once.',
    input: z.object(givenHeartbeat),
    output: secretOf(heartbeat),
    answersSecret: true,
  }),
  edit: command({
    name: 'heartbeats.edit',
    method: 'PATCH',
    path: '/heartbeats/{id}',
    permission: 'monitoring.manage',
    summary: 'Change what is expected, or let it rest.',
    input: edits(givenHeartbeat),
    output: heartbeat,
  }),
  remove: command({
    name: 'heartbeats.remove',
    method: 'DELETE',
    path: '/heartbeats/{id}',
    permission: 'monitoring.manage',
    summary: 'Expect it no more.',
    input: z.object({ id }),
    output: z.object({ removed: z.boolean() }),
  }),
}

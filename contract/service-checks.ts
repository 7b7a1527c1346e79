import { z } from 'zod'
import { command, id, instant, listOf, page, query, refusals } from './action.ts'
import { edits, severity, watched } from './monitoring.ts'

export const serviceCheck = z.object({
  id,
  version: z.int(),
  name: z.string(),
  kind: z.enum(['http', 'tcp', 'certificate']),
  target: z.string(),
  everySeconds: z.int(),
  timeoutSeconds: z.int(),
  failuresNeeded: z.int(),
  expectedText: z.string().nullable(),
  warnDays: z.int().nullable(),
  severity,
  asset: z.object({ id, tag: z.string(), name: z.string() }).nullable(),
  active: z.boolean(),
  checkedAt: instant.nullable(),
  nextAt: instant.nullable(),
  failures: z.int(),
  /** How the last check went, in words. */
  result: z.object({ ok: z.boolean(), words: z.string(), tookMs: z.int() }).nullable(),
  refusals,
})
export type ServiceCheck = z.output<typeof serviceCheck>
const givenCheck = {
  ...watched,
  kind: z.enum(['http', 'tcp', 'certificate']),
  target: z.string().trim().min(1).max(1000),
  everySeconds: z
    .int()
    .min(30)
    .max(7 * 86_400)
    .default(300),
  timeoutSeconds: z.int().min(1).max(30).default(10),
  failuresNeeded: z.int().min(1).max(20).default(2),
  expectedText: z.string().max(500).nullable().default(null),
  warnDays: z.int().min(0).max(365).nullable().default(null),
}

export const serviceChecks = {
  list: query({
    name: 'service-checks.list',
    path: '/service-checks',
    permission: 'monitoring.read',
    summary: 'What Linchpin checks itself.',
    input: z.object({ ...page }),
    output: listOf(serviceCheck),
  }),
  create: command({
    name: 'service-checks.create',
    method: 'POST',
    path: '/service-checks',
    permission: 'monitoring.manage',
    summary: 'Check an address, a port or a certificate from time to time.',
    input: z.object(givenCheck),
    output: serviceCheck,
  }),
  edit: command({
    name: 'service-checks.edit',
    method: 'PATCH',
    path: '/service-checks/{id}',
    permission: 'monitoring.manage',
    summary: 'Change a check, or let it rest.',
    input: edits(givenCheck),
    output: serviceCheck,
  }),
  now: command({
    name: 'service-checks.now',
    method: 'POST',
    path: '/service-checks/{id}/now',
    permission: 'monitoring.manage',
    summary: 'Check at once.',
    input: z.object({ id }),
    output: serviceCheck,
  }),
  remove: command({
    name: 'service-checks.remove',
    method: 'DELETE',
    path: '/service-checks/{id}',
    permission: 'monitoring.manage',
    summary: 'Check it no more.',
    input: z.object({ id }),
    output: z.object({ removed: z.boolean() }),
  }),
}

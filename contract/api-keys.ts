import { z } from 'zod'
import { command, id, instant, line, listOf, page, query } from './action.ts'
import { role } from './people.ts'

/** An API key; `key` itself is answered once, when it is made. */
export const apiKey = z.object({
  id,
  name: z.string(),
  role,
  prefix: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
})
export const keys = {
  list: query({
    name: 'keys.list',
    path: '/keys',
    permission: 'keys.manage',
    summary: 'API keys, never their secret.',
    input: z.object({ ...page }),
    output: listOf(apiKey),
  }),
  create: command({
    name: 'keys.create',
    answersSecret: true,
    method: 'POST',
    path: '/keys',
    permission: 'keys.manage',
    summary: 'Make an API key; the answer is the only place that shows it.',
    input: z.object({ name: line(80), role, expiresAt: instant.nullable().optional() }),
    output: apiKey.extend({ key: z.string() }),
  }),
  revoke: command({
    name: 'keys.revoke',
    method: 'DELETE',
    path: '/keys/{id}',
    permission: 'keys.manage',
    summary: 'Revoke an API key at once.',
    input: z.object({ id }),
    output: apiKey,
  }),
}

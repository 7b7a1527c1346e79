import { z } from 'zod'
import { id, query } from './action.ts'

export const hit = z.object({
  kind: z.enum(['ticket', 'asset', 'person', 'vendor', 'queue', 'asset_audit']),
  id,
  reference: z.string(),
  title: z.string(),
  detail: z.string(),
})
export type Hit = z.output<typeof hit>
export const search = {
  everything: query({
    name: 'search.everything',
    path: '/search',
    permission: 'tickets.read',
    summary: 'Records the reader may see that contain the words, best first.',
    input: z.object({
      q: z.string().trim().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    output: z.object({ items: z.array(hit) }),
  }),
}

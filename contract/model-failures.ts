import { z } from 'zod'
import { id, query, ref } from './action.ts'

const side = z.object({
  /** Incidents about it, each device and ticket once. */
  failures: z.int(),
  /** Time in service within the period, in years of one device. */
  deviceYears: z.number(),
  /** Failures per device and year; null without time in service. */
  rate: z.number().nullable(),
})

export const modelFailure = z.object({
  model: ref,
  manufacturer: ref.nullable(),
  category: ref,
  devices: z.int(),
  own: side,
  /** All other models of its category together. */
  peers: side,
  /** How many times as often as its peers; null where they never failed. */
  ratio: z.number().nullable(),
  /** Chance that a model no worse than its peers fails as often (exact test of two Poisson rates, one-sided). */
  chance: z.number().nullable(),
  /** `more`: it fails more often, and chance does not explain it. `few`: too few figures to tell. */
  verdict: z.enum(['more', 'as_peers', 'few']),
})
export type ModelFailure = z.output<typeof modelFailure>

export const modelFailures = {
  list: query({
    name: 'model-failures.list',
    path: '/reports/model-failures',
    permission: 'reports.read',
    summary:
      'How often the devices of each model fail, beside the other models of its category. Counts tickets the reader sees.',
    input: z.object({ months: z.coerce.number().int().min(1).max(60).default(12), category: id.optional() }),
    output: z.object({ from: z.iso.date(), to: z.iso.date(), items: z.array(modelFailure) }),
  }),
}

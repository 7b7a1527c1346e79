import { z } from 'zod'

/** An amount in minor units (cents) of a currency (ISO 4217). */
export const money = z.object({ minor: z.int().min(0).max(1e14), currency: z.string().regex(/^[A-Z]{3}$/) })
export type Money = z.output<typeof money>

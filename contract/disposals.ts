import { z } from 'zod'
import { givenDate, line, plainDate } from './action.ts'
import { money } from './money.ts'

/** Where a thing went at the end. */
export const disposalMethods = ['sold', 'donated', 'recycled', 'destroyed', 'returned'] as const
/** How a medium was sanitised (NIST SP 800-88 Rev. 1, section 2.5). */
export const sanitisations = ['clear', 'purge', 'destroy'] as const
export const mediumKinds = ['magnetic', 'flash', 'optical', 'paper', 'other'] as const
/** What was done to it (NIST SP 800-88 Rev. 1, appendix A). */
export const mediumMethods = [
  'overwrite',
  'block_erase',
  'cryptographic_erase',
  'degauss',
  'shred',
  'pulverise',
  'incinerate',
] as const

/** One medium of a disposed asset, as its certificate lists it (NIST SP 800-88 Rev. 1, appendix G). */
export const sanitisedMedium = z.object({
  kind: z.enum(mediumKinds),
  serial: line(120),
  sanitisation: z.enum(sanitisations),
  method: z.enum(mediumMethods),
  /** Program or machine, with its version. */
  tool: line(120),
  verification: z.enum(['full', 'sample']),
  performedBy: line(120),
  verifiedBy: line(120),
  verifiedOn: plainDate,
})
export type SanitisedMedium = z.output<typeof sanitisedMedium>

export const disposal = z.object({
  /** Number of the certificate: `DSP-1001`. */
  certificate: z.string(),
  method: z.enum(disposalMethods),
  recipient: z.string().nullable(),
  on: plainDate,
  proceeds: money.nullable(),
  cost: money.nullable(),
  /** Book value of that day; null where it is not known. */
  book: money.nullable(),
  /** Gain (positive) or loss (negative) in minor units of the book value's currency. */
  gainMinor: z.int().nullable(),
  media: z.array(sanitisedMedium),
  /** What was said where there were no media. */
  noMedia: z.boolean(),
  by: z.string(),
})
export type Disposal = z.output<typeof disposal>

export const disposalGiven = {
  method: z.enum(disposalMethods),
  recipient: line(200).nullable().default(null),
  on: givenDate,
  proceeds: money.nullable().default(null),
  cost: money.nullable().default(null),
  reason: z.string().trim().min(3).max(500),
  media: z.array(sanitisedMedium).max(100).default([]),
  noMedia: z.boolean().default(false).meta({ description: 'It never held a medium with data' }),
}

import { z } from 'zod'
import { id, listOf, page, plainDate, query } from './action.ts'
import { programName } from './installed-software.ts'

/** Until when a release is supported, as it was published. */
export const support = z.object({
  product: z.string(),
  cycle: z.string(),
  /** What people call it: `Windows 11 23H2 (Home, Pro)`. */
  label: z.string(),
  isOver: z.boolean(),
  /** The last day of support; null where none was published. */
  until: plainDate.nullable(),
  /** The last day of support that is paid for, or kept by others. */
  extendedUntil: plainDate.nullable(),
  /** Who published it, and as of when. */
  source: z.string(),
  asOf: plainDate,
})
export type Support = z.output<typeof support>

const programId = z.coerce.number().int().min(1).max(2_147_483_647)

export const lifeCycles = {
  ofDevice: query({
    name: 'life-cycles.of-device',
    path: '/devices/{id}/support',
    permission: 'assets.read',
    summary: 'Until when the operating system of a device is supported, and which of its programs are not any more.',
    input: z.object({ id }),
    output: z.object({ system: support.nullable(), programs: z.array(support) }),
  }),
  ofProgram: query({
    name: 'life-cycles.of-program',
    path: '/programs/{id}/support',
    permission: 'discovery.read',
    summary: 'Until when the versions of a program are supported, where their release is known for certain.',
    input: z.object({ id: programId }),
    output: z.object({ items: z.array(support.extend({ versions: z.array(z.string()), devices: z.int() })) }),
  }),
  outOfSupport: query({
    name: 'life-cycles.out-of-support',
    path: '/programs-out-of-support',
    permission: 'discovery.read',
    summary: 'Programs that are installed in a release that is out of support, the one on most devices first.',
    input: z.object({ q: z.string().max(200).optional(), ...page }),
    output: listOf(programName.extend({ devicesOutOfSupport: z.int() })),
  }),
}

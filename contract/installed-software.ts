import { z } from 'zod'
import { id, instant, listOf, page, plainDate, query, queryBoolean } from './action.ts'
import { assetKey } from './assets.ts'
import { program } from './inventories.ts'

/** A program as agents see it on a device. While it is there, `lastSeenAt` is when an agent last said so. */
export const installedProgram = program.extend({
  /** Of the name; the same on every device. */
  program: z.int(),
  installedOn: plainDate.nullable(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  goneAt: instant.nullable(),
})
export type InstalledProgram = z.output<typeof installedProgram>

/** A program by name and publisher, whatever version. */
export const programName = z.object({
  id: z.int(),
  name: z.string(),
  publisher: z.string(),
  /** That have it now. */
  devices: z.int(),
})
export type ProgramName = z.output<typeof programName>

const asked = {
  q: z.string().max(200).optional(),
  gone: queryBoolean.default(false).meta({ description: 'What was installed, instead of what is' }),
  ...page,
}
const programId = z.coerce.number().int().min(1).max(2_147_483_647)

export const installedSoftware = {
  ofAsset: query({
    name: 'installed-software.of-asset',
    path: '/assets/{id}/software',
    permission: 'assets.read',
    summary: 'What is installed on an asset as its agents see it, by name.',
    input: z.object({ id: assetKey, ...asked }),
    output: listOf(installedProgram),
  }),
  ofDevice: query({
    name: 'installed-software.of-device',
    path: '/devices/{id}/software',
    permission: 'discovery.read',
    summary: 'What is installed on a device as its agents see it, by name.',
    input: z.object({ id, ...asked }),
    output: listOf(installedProgram),
  }),
}

export const programs = {
  list: query({
    name: 'programs.list',
    path: '/programs',
    permission: 'discovery.read',
    summary: 'Programs that are installed anywhere, by name, with the number of devices.',
    input: z.object({ q: z.string().max(200).optional(), ...page }),
    output: listOf(programName),
  }),
  show: query({
    name: 'programs.show',
    path: '/programs/{id}',
    permission: 'discovery.read',
    summary: 'One program with its versions and on how many devices each is.',
    input: z.object({ id: programId }),
    output: programName.extend({ versions: z.array(z.object({ version: z.string(), devices: z.int() })) }),
  }),
  devices: query({
    name: 'programs.devices',
    path: '/programs/{id}/devices',
    permission: 'discovery.read',
    summary: 'Who has a program: devices with the versions they have.',
    input: z.object({ id: programId, version: z.string().max(100).optional(), ...page }),
    output: listOf(
      z.object({
        id,
        name: z.string(),
        asset: z.object({ id, tag: z.string(), name: z.string() }).nullable(),
        versions: z.array(z.string()),
        lastSeenAt: instant,
      }),
    ),
  }),
}

import { z } from 'zod'
import { basedOn, command, id, line, query, queryBoolean, ref, refusals } from './action.ts'

/** From the outside in; a stock room is a room in which things wait. */
export const locationKinds = ['site', 'building', 'floor', 'room', 'stock_room'] as const
export const locationKind = z.enum(locationKinds)

export const location = z.object({
  id,
  version: z.int(),
  kind: locationKind,
  name: z.string(),
  /** The names from the top down: `Berlin / Head office / 3.14`. */
  fullName: z.string(),
  parent: id.nullable(),
  depth: z.int(),
  street: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  region: z.string().nullable(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().nullable(),
  /** Whom to ask there. */
  contact: ref.nullable(),
  note: z.string(),
  active: z.boolean(),
  refusals,
})
export type Location = z.output<typeof location>

const given = {
  kind: locationKind,
  name: line(120),
  parent: id.nullable(),
  street: line(200).nullable(),
  postalCode: line(20).nullable(),
  city: line(120).nullable(),
  region: line(120).nullable(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters')
    .nullable(),
  contact: id.nullable(),
  note: z.string().trim().max(2000),
  active: z.boolean(),
}

export const locations = {
  list: query({
    name: 'locations.list',
    path: '/locations',
    permission: 'assets.read',
    summary: 'The tree of locations, each before what is inside it.',
    input: z.object({ active: queryBoolean.optional(), q: z.string().max(200).optional() }),
    output: z.object({ items: z.array(location) }),
  }),
  show: query({
    name: 'locations.show',
    path: '/locations/{id}',
    permission: 'assets.read',
    summary: 'One location.',
    input: z.object({ id }),
    output: location,
  }),
  create: command({
    name: 'locations.create',
    method: 'POST',
    path: '/locations',
    permission: 'assets.configure',
    summary: 'Add a site, or a place inside another.',
    input: z.object(given).partial().extend({ kind: given.kind, name: given.name }),
    output: location,
  }),
  edit: command({
    name: 'locations.edit',
    method: 'PATCH',
    path: '/locations/{id}',
    permission: 'assets.configure',
    summary: 'Change a location, or move it with everything inside it.',
    input: z.object(given).partial().extend({ id, version: basedOn }),
    output: location,
  }),
}

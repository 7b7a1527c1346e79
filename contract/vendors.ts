import { z } from 'zod'
import { basedOn, command, id, instant, line, listOf, page, query, ref, refusals } from './action.ts'

export const vendor = z.object({
  id,
  version: z.int(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  note: z.string(),
  calendar: ref.nullable(),
  active: z.boolean(),
  createdAt: instant,
  refusals,
})
export type Vendor = z.output<typeof vendor>
const fields = {
  name: line(120),
  email: z.email().max(254).nullable(),
  phone: line(40).nullable(),
  note: z.string().max(5000),
  calendar: id.nullable(),
  active: z.boolean(),
}

export const vendors = {
  list: query({
    name: 'vendors.list',
    path: '/vendors',
    permission: 'vendors.read',
    summary: 'Vendors, by name.',
    input: z.object({ q: z.string().max(200).optional(), ...page }),
    output: listOf(vendor),
  }),
  show: query({
    name: 'vendors.show',
    path: '/vendors/{id}',
    permission: 'vendors.read',
    summary: 'One vendor.',
    input: z.object({ id }),
    output: vendor,
  }),
  create: command({
    name: 'vendors.create',
    method: 'POST',
    path: '/vendors',
    permission: 'vendors.write',
    summary: 'Record a vendor.',
    input: z.object(fields).partial().extend({ name: fields.name }),
    output: vendor,
  }),
  edit: command({
    name: 'vendors.edit',
    method: 'PATCH',
    path: '/vendors/{id}',
    permission: 'vendors.write',
    summary: 'Change a vendor.',
    input: z.object(fields).partial().extend({ id, version: basedOn }),
    output: vendor,
  }),
}

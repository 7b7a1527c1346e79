import { z } from 'zod'
import { basedOn, command, id, line, query, queryBoolean, ref, refusals } from './action.ts'

/** What one thing is to another; the first named needs the second, save that a whole needs its parts. */
export const relationKinds = ['runs_on', 'connected_to', 'part_of', 'depends_on'] as const
export const relationKind = z.enum(relationKinds)
export const nodeKind = z.enum(['asset', 'service'])
export const node = z.object({ kind: nodeKind, id, reference: z.string(), name: z.string() })
export type RelationNode = z.output<typeof node>
export const relation = z.object({ id, kind: relationKind, from: node, to: node })
export type Relation = z.output<typeof relation>

export const service = z.object({
  id,
  version: z.int(),
  name: z.string(),
  description: z.string(),
  /** Who uses it. */
  teams: z.array(ref),
  active: z.boolean(),
  refusals,
})
export type Service = z.output<typeof service>
const serviceGiven = {
  name: line(120),
  description: z.string().trim().max(2000),
  teams: z.array(id).max(100),
  active: z.boolean(),
}
const end = z.object({ kind: nodeKind, id })

export const services = {
  list: query({
    name: 'services.list',
    path: '/services',
    permission: 'assets.read',
    summary: 'Services and who uses them, by name.',
    input: z.object({ active: queryBoolean.optional() }),
    output: z.object({ items: z.array(service) }),
  }),
  create: command({
    name: 'services.create',
    method: 'POST',
    path: '/services',
    permission: 'assets.configure',
    summary: 'Add a service.',
    input: z.object(serviceGiven).partial().extend({ name: serviceGiven.name }),
    output: service,
  }),
  edit: command({
    name: 'services.edit',
    method: 'PATCH',
    path: '/services/{id}',
    permission: 'assets.configure',
    summary: 'Change a service, or who uses it.',
    input: z.object(serviceGiven).partial().extend({ id, version: basedOn }),
    output: service,
  }),
}

export const relations = {
  list: query({
    name: 'relations.list',
    path: '/assets/{id}/relations',
    permission: 'assets.read',
    summary: 'What an asset is to others, and others to it.',
    input: z.object({ id: z.string().min(1).max(60) }),
    output: z.object({ items: z.array(relation) }),
  }),
  impact: query({
    name: 'relations.impact',
    path: '/assets/{id}/impact',
    permission: 'assets.read',
    summary: 'What an outage of an asset takes along, nearest first, and whose work it is.',
    input: z.object({ id: z.string().min(1).max(60) }),
    output: z.object({
      /** The asset itself first, at distance 0. */
      nodes: z.array(node.extend({ distance: z.int() })),
      edges: z.array(z.object({ kind: relationKind, affected: id, cause: id })),
      teams: z.array(ref),
      holders: z.array(ref),
      /** There is more than is shown. */
      capped: z.boolean(),
    }),
  }),
  relate: command({
    name: 'relations.relate',
    method: 'POST',
    path: '/relations',
    permission: 'assets.write',
    summary: 'Say what one asset or service is to another.',
    input: z.object({ kind: relationKind, from: end, to: end }),
    output: relation,
  }),
  remove: command({
    name: 'relations.remove',
    method: 'DELETE',
    path: '/relations/{id}',
    permission: 'assets.write',
    summary: 'Take a relation back.',
    input: z.object({ id }),
    output: z.object({ id }),
  }),
}

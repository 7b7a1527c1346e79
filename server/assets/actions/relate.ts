import type { Input, Output } from '../../../contract/action.ts'
import type { Relation, relations, Service, services } from '../../../contract/relations.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { assetByKey } from '../assets-store.ts'
import {
  allServices,
  deleteRelation,
  insertRelation,
  lockService,
  nodesById,
  relationById,
  relationsOf,
  saveService,
  type StoredRelation,
  type StoredService,
  whoseWork,
} from '../relations-store.ts'
import { type Need, needOf, whyNotRelate } from '../rules/impact.ts'

/** More than this is no picture any more. */
const mostNodes = 300

async function demandAsset(ctx: Ctx, key: string): Promise<string> {
  const found = await assetByKey(ctx.tx, ctx.actor, key)
  if (found === undefined) throw notFound('asset')
  return found.id
}

async function shownRelations(ctx: Ctx, list: readonly StoredRelation[]): Promise<Relation[]> {
  const nodes = await nodesById(
    ctx.tx,
    ctx.actor.organisation,
    list.flatMap((r) => [r.from.id, r.to.id]),
  )
  return list.flatMap((r): Relation[] => {
    const [from, to] = [nodes.get(r.from.id), nodes.get(r.to.id)]
    return from === undefined || to === undefined ? [] : [{ id: r.id, kind: r.kind, from, to }]
  })
}

export async function listRelations(
  ctx: Ctx,
  input: Input<typeof relations.list>,
): Promise<Output<typeof relations.list>> {
  const id = await demandAsset(ctx, input.id)
  return { items: await shownRelations(ctx, await relationsOf(ctx.tx, ctx.actor.organisation, [id])) }
}

/** What an outage takes along, found ring by ring; a circle is walked once. */
export async function showImpact(
  ctx: Ctx,
  input: Input<typeof relations.impact>,
): Promise<Output<typeof relations.impact>> {
  const start = await demandAsset(ctx, input.id)
  const { organisation } = ctx.actor
  const distances = new Map([[start, 0]])
  const needs = new Map<string, Need>()
  let capped = false
  for (let ring = [start], distance = 1; ring.length > 0; distance++) {
    const next: string[] = []
    for (const r of await relationsOf(ctx.tx, organisation, ring)) {
      const need = needOf({ kind: r.kind, from: r.from.id, to: r.to.id })
      if (!ring.includes(need.cause)) continue
      if (!distances.has(need.affected)) {
        if (distances.size >= mostNodes) {
          capped = true
          continue
        }
        distances.set(need.affected, distance)
        next.push(need.affected)
      }
      needs.set(r.id, need)
    }
    ring = next
  }
  const nodes = await nodesById(ctx.tx, organisation, [...distances.keys()])
  const { teams, holders } = await whoseWork(ctx.tx, [...distances.keys()])
  return {
    nodes: [...distances].flatMap(([id, distance]) => (nodes.has(id) ? [{ ...nodes.get(id)!, distance }] : [])),
    edges: [...needs.values()],
    teams,
    holders,
    capped,
  }
}

export async function relate(
  ctx: Ctx,
  input: Input<typeof relations.relate>,
): Promise<Output<typeof relations.relate>> {
  refuse(whyNotRelate(input.kind, input.from, input.to))
  const nodes = await nodesById(ctx.tx, ctx.actor.organisation, [input.from.id, input.to.id])
  for (const end of [input.from, input.to]) if (nodes.get(end.id)?.kind !== end.kind) throw notFound(end.kind)
  const made = { id: newId(), ...input }
  const [from, to] = [nodes.get(input.from.id)!, nodes.get(input.to.id)!]
  if (!(await insertRelation(ctx.tx, ctx.actor.organisation, made))) refuse({ code: 'relations.there-already' })
  ctx.record({
    type: 'asset.related',
    subject: input.from,
    after: { relation: made.id, kind: input.kind, from: from.reference, to: to.reference },
  })
  return { id: made.id, kind: input.kind, from, to }
}

export async function unrelate(
  ctx: Ctx,
  input: Input<typeof relations.remove>,
): Promise<Output<typeof relations.remove>> {
  const found = await relationById(ctx.tx, ctx.actor.organisation, input.id)
  if (found === undefined) throw notFound('relation')
  const [shown] = await shownRelations(ctx, [found])
  await deleteRelation(ctx.tx, found.id)
  ctx.record({
    type: 'asset.unrelated',
    subject: found.from,
    before: { relation: found.id, kind: found.kind, from: shown?.from.reference, to: shown?.to.reference },
  })
  return { id: found.id }
}

const shownService = (s: StoredService): Service => ({ ...s, refusals: {} })

export async function listServices(
  ctx: Ctx,
  input: Input<typeof services.list>,
): Promise<Output<typeof services.list>> {
  return { items: (await allServices(ctx.tx, ctx.actor.organisation, input.active)).map(shownService) }
}
const serviceById = async (ctx: Ctx, id: string): Promise<StoredService | undefined> =>
  (await allServices(ctx.tx, ctx.actor.organisation)).find((s) => s.id === id)

export async function createService(
  ctx: Ctx,
  input: Input<typeof services.create>,
): Promise<Output<typeof services.create>> {
  const id = newId()
  const made = {
    name: input.name,
    description: input.description ?? '',
    active: input.active ?? true,
    teams: input.teams ?? [],
  }
  await saveService(ctx.tx, ctx.actor.organisation, id, made)
  ctx.record({ type: 'service.created', subject: { kind: 'service', id }, after: made })
  return shownService((await serviceById(ctx, id))!)
}

export async function editService(ctx: Ctx, input: Input<typeof services.edit>): Promise<Output<typeof services.edit>> {
  await lockService(ctx.tx, input.id)
  const before = await serviceById(ctx, input.id)
  if (before === undefined) throw notFound('service')
  if (input.version !== undefined && input.version !== before.version) throw stale(shownService(before), input)
  const was = {
    name: before.name,
    description: before.description,
    active: before.active,
    teams: before.teams.map((t) => t.id),
  }
  const after = {
    name: input.name ?? was.name,
    description: input.description ?? was.description,
    active: input.active ?? was.active,
    teams: input.teams ?? was.teams,
  }
  const change = changes(was, after)
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    await saveService(ctx.tx, ctx.actor.organisation, input.id, after)
    ctx.record({ type: 'service.changed', subject: { kind: 'service', id: input.id }, ...change })
  }
  return shownService((await serviceById(ctx, input.id))!)
}

import type { Hit } from '../../contract/search.ts'
import { search } from '../../contract/search.ts'
import { may } from '../../contract/permissions.ts'
import type { Ctx } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { type Route, serve } from '../platform/mount.ts'
import { findAudits } from '../asset-audits/public.ts'
import { findAssets } from '../assets/public.ts'
import { findTickets } from '../tickets/public.ts'
import { likeOf } from '../platform/like-of.ts'

/** Tickets by words or reference, assets by any of their names, audits, people, vendors and queues by name: what a palette jumps to. */
async function everything(ctx: Ctx, q: string, limit: number): Promise<Hit[]> {
  const hits: Hit[] = (await findTickets(ctx.tx, ctx.actor, q, limit)).map((t) => ({
    kind: 'ticket' as const,
    id: t.id,
    reference: t.reference,
    title: t.title,
    detail: t.queue_name,
  }))
  const things = (await findAssets(ctx.tx, ctx.actor, q, 8)).map((a): Hit => ({
    kind: 'asset',
    id: a.id,
    reference: a.tag,
    title: a.name === '' ? (a.model_name ?? '') : a.name,
    detail: a.holder_name ?? '',
  }))
  const audits = (await findAudits(ctx.tx, ctx.actor, q, 5)).map((u): Hit => ({
    kind: 'asset_audit',
    id: u.id,
    reference: u.reference,
    title: u.name,
    detail: u.owner_name,
  }))
  const like = likeOf(q)
  const named = async (kind: Hit['kind'], source: ReturnType<typeof sql>) =>
    (
      await sql<{
        id: string
        name: string
        detail: string | null
      }>`select x.id, x.name, x.detail from (${source}) x where lower(x.name) like ${like} order by length(x.name), x.name limit 5`.execute(
        ctx.tx,
      )
    ).rows.map((row): Hit => ({ kind, id: row.id, reference: row.name, title: row.name, detail: row.detail ?? '' }))
  const { organisation } = ctx.actor
  const others = [
    ...(may(ctx.actor.role, 'people.read')
      ? await named(
          'person',
          sql`select id, name, department as detail from persons where organisation_id = ${organisation} and active`,
        )
      : []),
    ...(may(ctx.actor.role, 'vendors.read')
      ? await named(
          'vendor',
          sql`select id, name, email as detail from vendors where organisation_id = ${organisation} and active`,
        )
      : []),
    ...(may(ctx.actor.role, 'tickets.work')
      ? await named(
          'queue',
          sql`select id, name, description as detail from queues where organisation_id = ${organisation} and active`,
        )
      : []),
  ]
  return [...hits, ...things, ...audits, ...others].slice(0, limit + 15)
}

export const searchRoutes: Route[] = [
  serve(search.everything, async (ctx, input) => ({ items: await everything(ctx, input.q, input.limit) })),
]

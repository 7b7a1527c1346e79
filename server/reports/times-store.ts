import type { Grouping } from '../../contract/reports.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { type BucketRow, groups, ofPeriod, onlyOwn, type Period, seen, seenFact, zero } from './promises-store.ts'
import { coverOf } from './rules/spans.ts'

/** Groupings whose histograms are kept by span; the others' are kept by week. */
export type SpanGrouping = Exclude<Grouping, 'level' | 'week'>

const keyOfFact: Record<SpanGrouping, ReturnType<typeof sql>> = {
  technician: sql`coalesce(f.technician_id, ${zero}::uuid)`,
  category: sql`coalesce(f.category_id, ${zero}::uuid)`,
  vendor: sql`f.vendor_id`,
  team: sql`q.team_id`,
}
const teams = sql`join queue_teams q on q.queue_id =`

/** Histograms of working time by row: spans whose sums hold from the sums, all other days from the facts. */
export async function bucketsBySpan(db: Db, actor: Actor, by: SpanGrouping, p: Period): Promise<BucketRow[]> {
  const { rows: known } = await sql<{ span: string }>`
    select span from promise_spans where organisation_id = ${actor.organisation} and not stale and span between ${p.from}::date and ${p.to}::date`.execute(
    db,
  )
  const { spans, rest } = coverOf(
    p,
    known.map((row) => row.span),
  )
  const { dimension, perQueue } = groups[by]
  const { rows: summed } = await sql<{ key: string; kind: string; histogram: string }>`
    select ${by === 'team' ? sql`q.team_id` : sql`f.value`}::text as key, f.kind, f.histogram
    from promise_span_times f ${by === 'team' ? sql`${teams} f.scope` : sql``}
    where ${seen(actor, perQueue)} and f.span = any(${spans}::date[]) and f.dimension = ${dimension}
      ${p.kind === undefined ? sql`` : sql`and f.kind = ${p.kind}`} ${onlyOwn(actor, by, sql`f.value`)}`.execute(db)
  const { rows } = await sql<BucketRow & { key: string }>`
    select x.key::text as key, x.kind, x.bucket, x.n from (select ${keyOfFact[by]} as key, f.kind, f.bucket, count(*)::int as n
    from unnest(${rest.map((days) => days.from)}::date[], ${rest.map((days) => days.to)}::date[]) as g(from_day, to_day)
      -- the fence keeps the planner at the index: it does not know how short the days around the spans are
      cross join lateral (
        select * from promise_facts part where part.organisation_id = ${actor.organisation} and part.at >= g.from_day and part.at < g.to_day offset 0) f
      ${by === 'team' ? sql`${teams} f.queue_id` : sql``}
    where ${seenFact(actor)} and ${ofPeriod(p)} and f.bucket is not null and f.kind in ('first_response', 'resolution') and ${keyOfFact[by]} is not null
      ${onlyOwn(actor, by, sql`f.technician_id`)}
    group by 1, 2, 3) x`.execute(db)
  const sums = new Map<string, number[]>()
  const of = (key: string, kind: string): number[] => {
    const name = `${kind} ${key === zero ? 'none' : key}`
    let known = sums.get(name)
    if (known === undefined) sums.set(name, (known = []))
    return known
  }
  for (const { key, kind, bucket, n } of rows) of(key, kind)[bucket] = n
  for (const { key, kind, histogram } of summed) {
    const sum = of(key, kind)
    const part = JSON.parse(histogram) as Record<number, number>
    for (const bucket in part) sum[bucket] = (sum[bucket] ?? 0) + part[bucket]!
  }
  return [...sums].flatMap(([name, counts]) => {
    const [kind = '', key = ''] = name.split(' ')
    return counts.flatMap((n, bucket) => ({ key, kind, bucket, n }))
  })
}

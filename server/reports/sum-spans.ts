import { type Db, sql } from '../platform/db.ts'
import { weeksOfSpan } from './rules/spans.ts'

const zero = sql`'00000000-0000-0000-0000-000000000000'::uuid`
/** A span that changes again and again is summed no more often than this (seconds). */
const restSeconds = 60

/**
 * Sums the histograms of one span anew that is over and stale, the latest first. To be called under the lock of whoever counts, so that no
 * fact comes in meanwhile. Answers whether there was one; what a crash interrupts is still stale.
 */
export async function sumSpan(tx: Db): Promise<boolean> {
  const { rows } = await sql<{ organisation_id: string; span: string }>`
    select organisation_id, span from promise_spans
    where stale and span + ${7 * weeksOfSpan}::int <= current_date and (summed_at is null or summed_at < now() - make_interval(secs => ${restSeconds}))
    order by span desc limit 1`.execute(tx)
  const one = rows[0]
  if (one === undefined) return false
  const { organisation_id: organisation, span } = one
  await sql`delete from promise_span_times where organisation_id = ${organisation} and span = ${span}::date`.execute(tx)
  await sql`
    insert into promise_span_times (organisation_id, span, dimension, scope, confidential, value, kind, histogram)
    select ${organisation}, ${span}::date, dimension, scope, confidential, value, kind, json_object_agg(bucket, n)::text from (
      select d.dimension, s.scope, s.confidential, d.value, f.kind, f.bucket, count(*) as n
      from promise_facts f
        cross join lateral (select f.queue_id as scope, f.confidential union all select ${zero}, false where not f.confidential) s
        cross join lateral (values ('total', case when s.scope <> ${zero} then ${zero} end), ('technician', coalesce(f.technician_id, ${zero})), ('category', coalesce(f.category_id, ${zero})), ('vendor', f.vendor_id)) d(dimension, value)
      where f.organisation_id = ${organisation} and f.at >= ${span}::date and f.at < ${span}::date + ${7 * weeksOfSpan}::int
        and f.bucket is not null and f.kind in ('first_response', 'resolution') and d.value is not null
      group by 1, 2, 3, 4, 5, 6) x
    group by dimension, scope, confidential, value, kind
    -- what is read together lies together
    order by dimension, scope, confidential, value, kind`.execute(tx)
  await sql`update promise_spans set stale = false, summed_at = now() where organisation_id = ${organisation} and span = ${span}::date`.execute(
    tx,
  )
  return true
}

import { insideLocation } from '../locations/public.ts'
import { type Db, sql } from '../platform/db.ts'
import type { Tally } from './rules/accuracy.ts'

export interface AccuracyFilter {
  from?: string | undefined
  to?: string | undefined
  location?: string | undefined
}

const chosen = (organisation: string, f: AccuracyFilter, whole: boolean) => sql`
  r.organisation_id = ${organisation} and r.whole = ${whole} ${f.from === undefined ? sql`` : sql`and r.closed_on >= ${f.from}::date`}
  ${f.to === undefined ? sql`` : sql`and r.closed_on <= ${f.to}::date`} ${f.location === undefined ? sql`` : sql`and r.location_id = any(${insideLocation(organisation, f.location)})`}`
const sums = sql`sum(r.found)::int as found, sum(r.missing)::int as missing, sum(r.elsewhere)::int as elsewhere, sum(r.fresh)::int as fresh`

/** By month of closing, oldest first; of one place with everything inside it where one is named. */
export async function accuracyByMonth(
  db: Db,
  organisation: string,
  f: AccuracyFilter,
): Promise<(Tally & { month: string; kind: 'audit' | 'attestation'; closed: number })[]> {
  return (
    await sql<Tally & { month: string; kind: 'audit' | 'attestation'; closed: number }>`
      select to_char(r.closed_on, 'YYYY-MM') as month, r.kind, count(distinct r.source_id)::int as closed, ${sums} from register_accuracy r
      where ${chosen(organisation, f, f.location === undefined)} group by 1, 2 order by 1, 2`.execute(db)
  ).rows
}

/** By place, the least true first; at most so many. Null: nobody said where. */
export async function accuracyByPlace(
  db: Db,
  organisation: string,
  f: AccuracyFilter,
  limit: number,
): Promise<(Tally & { location_id: string | null; location_name: string | null })[]> {
  return (
    await sql<Tally & { location_id: string | null; location_name: string | null }>`
      select x.*, l.full_name as location_name from (select r.location_id, ${sums} from register_accuracy r where ${chosen(organisation, f, false)} group by 1) x
        left join locations l on l.id = x.location_id
      order by x.found::float8 / nullif(x.found + x.missing + x.elsewhere + x.fresh, 0), x.missing desc, l.full_name limit ${limit}`.execute(
      db,
    )
  ).rows
}

/** Keeps what a campaign found of the whole register it asked about. */
export async function keepAccuracy(
  db: Db,
  organisation: string,
  source: { kind: 'attestation'; id: string; closedOn: string } & Tally,
): Promise<void> {
  await sql`
    insert into register_accuracy (organisation_id, kind, source_id, whole, location_id, closed_on, found, missing, elsewhere, fresh)
    values (${organisation}, ${source.kind}, ${source.id}, true, null, ${source.closedOn}::date, ${source.found}, ${source.missing}, ${source.elsewhere}, ${source.fresh})`.execute(
    db,
  )
}

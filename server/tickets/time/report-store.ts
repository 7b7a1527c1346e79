import type { timeGroupings, TimeSum } from '../../../contract/time-entries.ts'
import type { Actor } from '../../platform/ctx.ts'
import { cursorOf, type Db, readCursor, sql } from '../../platform/db.ts'
import { Problem } from '../../platform/errors.ts'
import { soughtTime, summed, type TimeAsked } from './time-store.ts'
import { insideTime, visibleTime } from './visible-time.ts'

export interface TimeGroup extends TimeSum {
  month: string
  key: string
  name: string
}

/** What entries are gathered by: its key as text, and its name. */
const groups = (actor: Actor) => ({
  person: { key: sql`p.id::text`, name: sql`p.name`, join: sql`join persons p on p.id = e.person_id` },
  billed_to: { key: sql`lower(e.billed_to)`, name: sql`e.billed_to`, join: sql`` },
  // where a ticket lies that one does not see is not told by one's own entries
  queue: {
    key: sql`case when ${insideTime(actor)} then q.id::text else '' end`,
    name: sql`case when ${insideTime(actor)} then q.name else '' end`,
    join: sql`join queues q on q.id = t.queue_id`,
  },
})

/** Sums by month, latest first, and in it by name; of the entries the actor sees. With the first page the sum of all, from the one reading of them. */
export async function timeGroupsPage(
  db: Db,
  actor: Actor,
  by: (typeof timeGroupings)[number],
  asked: TimeAsked,
  limit: number,
  after: string | undefined,
): Promise<{ rows: TimeGroup[]; next: string | null; sum: TimeSum | null }> {
  const from = readCursor(after, 3)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const { key, name: called, join } = groups(actor)[by]
  const whole = sql`(sum(seconds) over ())::bigint as of_seconds, (sum("billableSeconds") over ())::bigint as of_billable, (sum(entries) over ())::bigint as of_entries`
  const { rows } = await sql<
    TimeGroup & { place: string; of_seconds: number; of_billable: number; of_entries: number }
  >`
    select *, lower(name) as place${from === null ? sql`, ${whole}` : sql``} from (
      select to_char(e.day, 'YYYY-MM') as month, ${key} as key, min(${called}) as name, ${summed}
      from ticket_time_entries e join tickets t on t.id = e.ticket_id ${join}
      where ${visibleTime(actor)} and ${soughtTime(actor, asked)} group by 1, 2) g
    ${from === null ? sql`` : sql`where month < ${from[0]} or (month = ${from[0]} and (lower(name), key) > (${from[1]}, ${from[2]}))`}
    order by month desc, lower(name), key limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  const [first] = rows
  return {
    sum:
      from !== null
        ? null
        : {
            seconds: first?.of_seconds ?? 0,
            billableSeconds: first?.of_billable ?? 0,
            entries: first?.of_entries ?? 0,
          },
    rows: rows.slice(0, limit).map(({ month, key, name, seconds, billableSeconds, entries }) => ({
      month,
      key,
      name,
      seconds,
      billableSeconds,
      entries,
    })),
    next: rows.length > limit && last !== undefined ? cursorOf([last.month, last.place, last.key]) : null,
  }
}

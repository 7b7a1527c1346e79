import type { Vendor } from '../../contract/vendors.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { likeOf } from '../platform/like-of.ts'

interface StoredVendor {
  id: string
  version: number
  name: string
  email: string | null
  phone: string | null
  note: string
  calendar_id: string | null
  calendar_name: string | null
  active: boolean
  created_at: string
}
const whole = sql`select v.*, c.name as calendar_name from vendors v left join calendars c on c.id = v.calendar_id`

export const shownVendor = (v: StoredVendor): Vendor => ({
  id: v.id,
  version: v.version,
  name: v.name,
  email: v.email,
  phone: v.phone,
  note: v.note,
  calendar: v.calendar_id === null ? null : { id: v.calendar_id, name: v.calendar_name ?? '' },
  active: v.active,
  createdAt: v.created_at,
  refusals: {},
})

export async function vendorById(
  db: Db,
  organisation: string,
  id: string,
  lock = false,
): Promise<StoredVendor | undefined> {
  if (lock) await sql`select 1 from vendors where id = ${id} for update`.execute(db)
  return (await sql<StoredVendor>`${whole} where v.id = ${id} and v.organisation_id = ${organisation}`.execute(db))
    .rows[0]
}

export async function vendorPage(
  db: Db,
  organisation: string,
  q: string | undefined,
  limit: number,
  after: string | undefined,
) {
  const from = readCursor(after, 2)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  const like = likeOf(q ?? '')
  const { rows } = await sql<StoredVendor>`
    ${whole} where v.organisation_id = ${organisation} and lower(v.name) like ${like} ${from === null ? sql`` : sql`and (lower(v.name), v.id) > (lower(${from[0]}), ${from[1]}::uuid)`}
    order by lower(v.name), v.id limit ${limit + 1}`.execute(db)
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  }
}

export async function saveVendor(
  db: Db,
  id: string,
  organisation: string,
  v: {
    name: string
    email: string | null
    phone: string | null
    note: string
    calendar: string | null
    active: boolean
  },
): Promise<void> {
  await sql`insert into vendors (id, organisation_id, name, email, phone, note, calendar_id, active) values (${id}, ${organisation}, ${v.name}, ${v.email}, ${v.phone}, ${v.note}, ${v.calendar}, ${v.active})
    on conflict (id) do update set name = excluded.name, email = excluded.email, phone = excluded.phone, note = excluded.note, calendar_id = excluded.calendar_id, active = excluded.active,
      version = vendors.version + 1, updated_at = now()`.execute(db)
}

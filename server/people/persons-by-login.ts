import { type Db, sql } from '../platform/db.ts'

/**
 * The one person each login belongs to, by e-mail address, by what stands before its @, or by username. Where two persons could be meant, one of them gone or
 * not, nobody is. Logins and addresses in lower case; active persons alone are answered.
 */
export async function personsByLogins(
  db: Db,
  organisation: string,
  asked: readonly { login: string; address: string | null }[],
): Promise<Map<string, { id: string; name: string }>> {
  if (asked.length === 0) return new Map()
  const keys = asked.map((one) => one.address ?? one.login)
  const { rows } = await sql<{ key: string; id: string; name: string; active: boolean }>`
    select distinct g.key, p.id, p.name, p.active from unnest(${keys}::text[]) as g(key)
    join lateral (
      select e.person_id as id from person_emails e where (position('@' in g.key) > 0 and e.email = g.key) or (position('@' in g.key) = 0 and split_part(e.email, '@', 1) = g.key)
      union select u.id from persons u where u.organisation_id = ${organisation} and lower(u.username) = g.key) found on true
    join persons p on p.id = found.id where p.organisation_id = ${organisation}`.execute(db)
  const found = new Map<string, { id: string; name: string }>()
  for (const [key, persons] of Map.groupBy(rows, (row) => row.key))
    if (persons.length === 1 && persons[0]!.active) found.set(key, { id: persons[0]!.id, name: persons[0]!.name })
  return found
}

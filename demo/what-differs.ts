import { assets } from '../contract/assets.ts'
import type { Opened } from '../server/main.ts'
import type { Actor } from '../server/platform/ctx.ts'
import { sql } from '../server/platform/db.ts'
import { addressOf } from './company.ts'
import type { Cast } from './load-demo.ts'

export interface Seen {
  device: string
  asset: string
}
interface Holder {
  id: string
  login: string
}

/** People who have computers, with the names they sign in by. */
export const holdersOf = (cast: Cast): Holder[] =>
  [...cast.actors.values()].flatMap((actor) =>
    actor.person === null || actor.role !== 'requester'
      ? []
      : [{ id: actor.person, login: addressOf(actor.name).split('@')[0]! }],
  )

/** On the fifth machine somebody else works than its holder. */
const borrowed = 4
export const userOf = (holders: readonly Holder[], n: number): { user?: string } => {
  const holder = holders[(n === borrowed ? n + 3 : n) % holders.length]
  return holder === undefined ? {} : { user: `HALVORSEN\\${holder.login}` }
}

/** What makes the register and the agents differ: days that went by, a laptop that was lost and reports, a name that somebody wrote. */
export async function whatDiffers(
  opened: Opened,
  coordinator: Actor,
  seen: readonly Seen[],
  reports: { lost: () => Promise<void> },
): Promise<void> {
  const { db } = opened.platform.database
  const days = (n: number) => sql`now() - make_interval(days => ${n})`
  await sql`update assets set held_since = ${days(60)} where id = any(${seen.map((one) => one.asset)}::uuid[])`.execute(
    db,
  )
  await sql`update devices set first_seen_at = ${days(6)} where state = 'waiting'`.execute(db)
  await sql`
    insert into device_users (device_id, login, since) select d.id, lower(split_part(s.content -> 0 ->> 'lastUser', '\\', 2)), ${days(20)}
    from devices d join agents a on a.device_id = d.id join seen_sections s on s.agent_id = a.id and s.section = 'hardware'
    where d.id = ${seen[borrowed]!.device} on conflict (device_id) do update set since = excluded.since`.execute(db)
  for (const at of [9, 12])
    await sql`update agents set last_seen_at = ${days(38 + at)}, changed_at = ${days(40 + at)}, first_seen_at = ${days(90)} where device_id = ${seen[at]!.device}`.execute(
      db,
    )
  await opened.act(coordinator, assets.edit, { id: seen[8]!.asset, name: 'Reception, left desk' })
  await opened.act(coordinator, assets.changeState, {
    id: seen[6]!.asset,
    state: 'lost',
    reason: 'Left on the ferry to Kiel',
  })
  await reports.lost()
}

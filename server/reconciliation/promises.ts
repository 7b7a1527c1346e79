import { keepMoments, zoneOfDates } from '../commitments/public.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import type { StoredKind } from './kinds-store.ts'
import type { Settings } from './rules/facts.ts'

const dayOf = (at: string | null, zone: string): string | null =>
  at === null ? null : Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString()

/**
 * Keeps one commitment for each kind that must be seen to, however many there are: due so many days after the oldest open one, kept when the last is
 * mended. A kind nobody is bound to see to has none. `isAnew`: the settings say something else now.
 */
export async function keepPromises(
  ctx: Ctx,
  kinds: readonly (StoredKind & { oldest_before: string | null })[],
  settings: Settings,
  owner: string | null,
  isAnew = false,
): Promise<void> {
  const { organisation } = ctx.actor
  // a day ends where the promise about it ends
  const zone = await zoneOfDates(ctx, organisation)
  const moved = kinds.filter((one) => isAnew || dayOf(one.oldest_at, zone) !== dayOf(one.oldest_before, zone))
  if (moved.length === 0) return
  const cause = newId()
  await keepMoments(
    ctx,
    organisation,
    moved.map((one) => {
      const { dueDays } = settings[one.kind]
      const on = dayOf(one.oldest_at, zone)
      return {
        subject: { kind: 'difference_kind', id: one.id },
        owner: { person: owner, teams: [] },
        moments: [
          {
            kind: 'reconciliation',
            title: sentence('reconciliation.moment', { kind: one.kind }),
            on: on === null || dueDays === null ? null : Temporal.PlainDate.from(on).add({ days: dueDays }).toString(),
            warnSeconds: 0,
            done: on === null,
            anew: on !== null && one.oldest_before === null,
          },
        ],
        cause,
      }
    }),
  )
}

const mostTold = 20

/** Who hears of what cannot wait: the owner, or all who coordinate where there is none. */
export async function ownersOf(db: Db, organisation: string, owner: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from persons p where p.active and p.organisation_id = ${organisation} and p.id = ${owner}::uuid
    union all select x.id from (select p.id from accounts a join persons p on p.id = a.person_id
      where ${owner}::uuid is null and a.role = any(${['coordinator', 'administrator']}) and a.disabled_at is null and p.active and p.organisation_id = ${organisation}
      order by a.created_at, a.id limit ${mostTold}) x`.execute(db)
  return rows.map((row) => row.id)
}

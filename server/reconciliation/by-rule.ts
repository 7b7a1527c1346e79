import type { DifferenceKind, Remedy } from '../../contract/reconciliation.ts'
import type { CustomValues } from '../fields/public.ts'
import { systemActor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { subjectOf, mendDifference } from './actions/mend.ts'
import { compareSubjects } from './compare.ts'
import { differencesByIds, noteFailure } from './differences-store.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { storedSettings, wholeKinds } from './settings.ts'

const atOnce = 100

/** Open ones of a kind that have differed for long enough, which the rule has not tried in vain. */
const ripe = async (
  db: Db,
  organisation: string,
  kind: DifferenceKind,
  before: string,
  act: Remedy,
): Promise<string[]> =>
  (
    await sql<{ id: string }>`
      select f.id from differences f where f.organisation_id = ${organisation} and f.state = 'open' and f.kind = ${kind} and f.since <= ${before}
        and f.rule_failed is null and (f.remedy = ${act} or (f.remedy is not null and ${act === 'ignore'})) order by f.severity, f.opened_at, f.id limit ${atOnce}`.execute(
      db,
    )
  ).rows.map((row) => row.id)

/** What goes wrong with one is noted there, and does not hold up the others. */
async function alone(platform: Platform, id: string, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    platform.log.error({ id, error: (error as Error).message }, 'a difference could not be mended by rule')
    await noteFailure(platform.database.db, id, { code: 'reconciliation.rule-broke', params: {} })
  }
}

/**
 * Does by itself what the settings say, each in a transaction of its own under the name of the rule. What cannot be done is noted with the reason, and
 * tried again only when the facts change. Answers how many were mended.
 */
export async function actByRule(
  platform: Platform,
  customValues: CustomValues,
  organisation: string,
  { now = new Date().toISOString(), isStopping = () => false }: { now?: string; isStopping?: () => boolean } = {},
): Promise<number> {
  const { db } = platform.database
  const settings = wholeKinds(await storedSettings(db, organisation))
  const actor = { ...systemActor(organisation, 'Reconciliation', 'automation') }
  let mended = 0
  for (const [name, { on, act, actDays }] of Object.entries(settings)) {
    const kind = name as DifferenceKind
    if (!on || act === null) continue
    const before = new Date(Date.parse(now) - actDays * 86_400_000).toISOString()
    for (const id of await ripe(db, organisation, kind, before, act)) {
      if (isStopping()) return mended
      await alone(
        platform,
        id,
        async () =>
          await runCommand(
            platform,
            actor,
            async (ctx) => {
              await oneAtATime(ctx)
              const [f] = await differencesByIds(ctx.tx, actor, [id], true)
              if (f?.state !== 'open' || f.rule_failed !== null) return ctx.unchanged()
              const failed = await ctx.attempt(() => mendDifference(ctx, customValues, f, act, { byRule: true }))
              if (failed === null) {
                mended++
                await compareSubjects(ctx, [subjectOf(f)])
                return
              }
              ctx.unchanged()
              await noteFailure(ctx.tx, id, { code: failed.code, params: failed.params })
            },
            { name: 'mend by rule', now },
          ),
      )
    }
  }
  return mended
}

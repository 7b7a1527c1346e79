import type { Ctx } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'

/**
 * Comparing and mending are done one after another in an organisation, on whatever node: two who find the same difference for the first time would
 * both count it. Taken before anything else is held, so that no two wait for each other; held until the transaction ends.
 */
export const oneAtATime = async (ctx: Ctx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reconciliation ${ctx.actor.organisation}`}, 70))`.execute(
    ctx.tx,
  )
}

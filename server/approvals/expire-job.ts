import { isAfter } from '../../contract/instants.ts'
import { sentence } from '../platform/catalogue.ts'
import { systemActor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import type { Job } from '../platform/jobs.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { heldApproval } from './approvals-store.ts'
import { endApproval, expireTask } from './run-stages.ts'

/** Ends an approval that nobody decided in the time that was set. */
export const expireJob = (platform: Platform): Job => ({
  task: expireTask,
  async run({ approval }) {
    const { rows } = await sql<{
      organisation_id: string
    }>`select organisation_id from approvals where id = ${String(approval)}`.execute(platform.database.db)
    if (rows[0] === undefined) return
    await runCommand(platform, systemActor(rows[0].organisation_id, 'Linchpin', 'job'), async (ctx) => {
      const found = await heldApproval(ctx.tx, String(approval))
      if (
        found === undefined ||
        found.state !== 'waiting' ||
        found.expires_at === null ||
        isAfter(found.expires_at, ctx.now)
      )
        return ctx.unchanged()
      await endApproval(ctx, found, 'expired', sentence('approvals.expired'))
    })
  },
})

import { Problem } from '../platform/errors.ts'
import type { Job } from '../platform/jobs.ts'
import { finishInventory, forgetUnreadable, keptInventory } from './inventories-store.ts'
import { keyById } from './keys-store.ts'
import { unpacked } from './protocol/packed.ts'
import { readApart } from './read-apart.ts'
import { dialectOf } from './rules/media-types.ts'
import { type Intake, takeReport } from './take-inventory.ts'

/** Takes in reports that were kept first: large ones, and those that failed by a fault of ours. */
export const takeInventoryJob = (intake: Intake): Job => ({
  task: 'take-inventory',
  async run({ inventory }) {
    const { db } = intake.platform.database
    const kept = await keptInventory(db, inventory as string)
    const key = kept?.key == null ? undefined : await keyById(db, kept.key)
    if (kept === undefined || key === undefined) return
    try {
      const { report, ...held } = await readApart(await unpacked(kept.body, 'zlib'))
      await takeReport(
        intake,
        {
          key,
          received: kept,
          report,
          dialect: dialectOf(kept.client, report.client),
          violations: () => Promise.resolve(held),
          textHash: null,
        },
        kept.id,
      )
    } catch (error) {
      const isOurs = !(error instanceof Problem)
      await finishInventory(db, kept.id, {
        outcome: isOurs ? 'failed' : 'unreadable',
        error: isOurs ? { code: 'internal' } : { code: error.code, params: error.params },
      })
      await forgetUnreadable(db, key.organisation)
      if (isOurs) throw error
    }
  },
})

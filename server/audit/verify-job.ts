import { type Actor, systemActor } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import type { Job } from '../platform/jobs.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { anchoredIn } from './anchor.ts'
import { anchorsOf } from './seal-events.ts'
import { sealKey } from './seal-key.ts'
import { insertVerification } from './seals-store.ts'
import { type Verified, verifyLog } from './verify-log.ts'

export const verifyTask = 'verify-log'

/**
 * Verifies the log of this installation, against its own anchors and those named, and records what was found. `onProgress` hears how many
 * batches are done.
 */
export async function verifyInstallation(
  platform: Platform,
  organisation: string,
  by: Pick<Actor, 'kind' | 'id' | 'name'>,
  more: { anchors?: readonly string[]; onProgress?: (seals: number) => void } = {},
): Promise<Verified> {
  const anchors = []
  for (const path of new Set([...anchorsOf(platform.config), ...(more.anchors ?? [])])) {
    const lines = await anchoredIn(path)
    if (lines !== null) anchors.push({ path, lines })
  }
  const verified = await verifyLog(platform.database.db, sealKey(platform.secret), anchors, more.onProgress)
  const id = newId()
  const { clean, seals, events, unsealed, findings } = verified
  await runCommand(platform, systemActor(organisation), async (ctx) => {
    await insertVerification(ctx.tx, { id, at: ctx.now, clean, seals, events, unsealed, findings })
    ctx.record({
      type: clean ? 'audit.verified' : 'audit.tampering-found',
      subject: { kind: 'organisation', id: organisation },
      after: { clean, seals, events, unsealed, findings: findings.length },
      actor: by,
    })
  })
  return verified
}

export const verifyJob = (platform: Platform, organisation: string): Job => ({
  task: verifyTask,
  async run({ by }, signal) {
    await verifyInstallation(platform, organisation, by as Pick<Actor, 'kind' | 'id' | 'name'>, {
      onProgress: () => signal.throwIfAborted(),
    })
  },
})

import { insertNotices } from '../notifications/public.ts'
import { systemActor } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import type { Job } from '../platform/jobs.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { openAsks, saveTold, untoldAsks } from './asks-store.ts'
import { attestationById } from './attestations-store.ts'
import { keepAnswerMoments } from './moments.ts'

export const followAttestationTask = 'attestations.follow'
/** People in one transaction. */
const atOnce = 500

/**
 * Tells those who are asked, each once, and keeps what is promised about their answers in step with the campaign: its day, its end. A step at a
 * time, so that a campaign over everybody holds nobody up.
 */
export const followAttestationJob = (platform: Platform): Job => ({
  task: followAttestationTask,
  async run({ attestation, organisation, by, anew }, signal) {
    const given = { attestation: String(attestation), organisation: String(organisation), by: String(by) }
    while ((await tellSome(platform, given)) === atOnce) signal.throwIfAborted()
    if (anew !== true) return
    for (let after: string | null = null; ;) {
      after = await followSome(platform, given, after)
      if (after === null) return
      signal.throwIfAborted()
    }
  },
})

interface Given {
  attestation: string
  organisation: string
  by: string
}

const tellSome = (platform: Platform, { attestation, organisation, by }: Given): Promise<number> =>
  runCommand(platform, systemActor(organisation, 'Linchpin', 'job'), async (ctx) => {
    ctx.unchanged()
    const t = await attestationById(ctx.tx, organisation, attestation, true)
    if (t === undefined || t.state !== 'running') return 0
    const asks = await untoldAsks(ctx.tx, t.id, atOnce)
    await insertNotices(
      ctx.tx,
      asks.map((k) => ({
        person: k.person_id,
        kind: 'attestation.asked',
        code: 'attestations.notice.asked',
        params: { by, n: k.items, dueOn: t.due_on },
        subject: { kind: 'attestation_person', id: k.id },
        cause: `attestation:${k.id}`,
        at: ctx.now,
      })),
    )
    await keepAnswerMoments(ctx, t, asks, newId())
    await saveTold(
      ctx.tx,
      asks.map((k) => k.id),
    )
    return asks.length
  })

const followSome = (
  platform: Platform,
  { attestation, organisation }: Given,
  after: string | null,
): Promise<string | null> =>
  runCommand(platform, systemActor(organisation, 'Linchpin', 'job'), async (ctx) => {
    ctx.unchanged()
    const t = await attestationById(ctx.tx, organisation, attestation, true)
    if (t === undefined) return null
    const asks = await openAsks(ctx.tx, t.id, after, atOnce)
    if (asks.length > 0) await keepAnswerMoments(ctx, t, asks, newId())
    return asks.length < atOnce ? null : asks.at(-1)!.id
  })

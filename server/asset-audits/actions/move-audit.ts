import type { Input, Output } from '../../../contract/action.ts'
import type { assetAudits } from '../../../contract/asset-audits.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { refuse } from '../../platform/errors.ts'
import { addCounts, auditById, saveAudit, type StoredAudit } from '../audits-store.ts'
import { countsMoved } from '../counts-moved.ts'
import { heldAudit } from '../held-audit.ts'
import { judge } from '../judging.ts'
import { takeRegistered } from '../registered-meanwhile.ts'
import { keepAuditMoments } from '../moments.ts'
import { freezeExpected, rowsTouched, writeRows } from '../rows-store.ts'
import { whyNotCancel, whyNotEnd, whyNotStart } from '../rules/audit-states.ts'
import { placesFound } from '../scans-store.ts'
import { shownAudit } from '../shown-audit.ts'

/** So many rows are judged anew at a time. */
const atOnce = 2000

export async function moved(
  ctx: Ctx,
  id: string,
  type: string,
  after: Record<string, unknown> = {},
): Promise<StoredAudit> {
  const now = (await auditById(ctx.tx, ctx.actor, id))!
  // no figure in it: the log is read by those who may not know what a blind audit expects
  const cause = ctx.record({
    type: `asset-audit.${type}`,
    subject: { kind: 'asset_audit', id },
    after: { state: now.state, ...after },
  })
  await keepAuditMoments(ctx, now, cause)
  return now
}

/** Begins: what is expected is frozen as the register says at this moment, with one statement. */
export async function startAudit(
  ctx: Ctx,
  input: Input<typeof assetAudits.start>,
): Promise<Output<typeof assetAudits.start>> {
  const before = await heldAudit(ctx, input)
  refuse(whyNotStart(before.state))
  const { missing, excluded } = await freezeExpected(ctx.tx, before)
  await saveAudit(ctx.tx, before.id, { state: 'running', started_at: ctx.now, missing, excluded, unsettled: missing })
  return shownAudit(ctx.actor, await moved(ctx, before.id, 'started'))
}

/** Ends scanning. What others changed meanwhile is judged by what was true, all else stands as it was scanned. */
export async function endScanning(
  ctx: Ctx,
  input: Input<typeof assetAudits.endScanning>,
): Promise<Output<typeof assetAudits.endScanning>> {
  const before = await heldAudit(ctx, input)
  refuse(whyNotEnd(before.state))
  await addCounts(ctx.tx, before.id, await takeRegistered(ctx, before))
  for (let after: string | null = null; ;) {
    const rows = await rowsTouched(ctx.tx, before.id, before.started_at!, after, atOnce)
    if (rows.length === 0) break
    const places = await placesFound(
      ctx.tx,
      before.id,
      rows.flatMap((row) => row.scan_id ?? []),
    )
    const { verdicts } = await judge(
      ctx,
      before,
      rows.map((row) => ({
        asset: row.asset_id!,
        scan: row.scan_id === null ? null : { at: row.scanned_at!, place: places.get(row.scan_id) ?? null },
      })),
      ctx.now,
    )
    const anew = rows.map((row) => ({ ...row, ...verdicts.get(row.asset_id!)! }))
    await writeRows(ctx.tx, before.id, anew)
    await addCounts(ctx.tx, before.id, countsMoved(rows, anew))
    after = rows.at(-1)!.id
  }
  await saveAudit(ctx.tx, before.id, { state: 'review', ended_at: ctx.now })
  return shownAudit(ctx.actor, await moved(ctx, before.id, 'scanned-out'))
}

/** Gives an audit up; its rows and scans stay. */
export async function cancelAudit(
  ctx: Ctx,
  input: Input<typeof assetAudits.cancel>,
): Promise<Output<typeof assetAudits.cancel>> {
  const before = await heldAudit(ctx, input)
  refuse(whyNotCancel(before.state))
  await saveAudit(ctx.tx, before.id, { state: 'cancelled', closed_at: ctx.now, closed_by_name: ctx.actor.name })
  return shownAudit(ctx.actor, await moved(ctx, before.id, 'cancelled', { reason: input.reason }))
}

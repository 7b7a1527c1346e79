import type { Input, Output } from '../../../contract/action.ts'
import type { assetAudits, Remedy } from '../../../contract/asset-audits.ts'
import { assetsById } from '../../assets/public.ts'
import type { CustomValues } from '../../fields/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, refuse } from '../../platform/errors.ts'
import { addCounts, auditById, type StoredAudit } from '../audits-store.ts'
import { heldAudit } from '../held-audit.ts'
import { putBackPlaces, remedyActs } from '../remedy-acts.ts'
import { rowsById, type ShownRowColumns, shownRowsById } from '../rows-store.ts'
import { whyNotSettle } from '../rules/audit-states.ts'
import { whyNotRemedy, whyNotReopen } from '../rules/remedies.ts'
import { shownAudit } from '../shown-audit.ts'
import { rowFacts, shownRow } from '../shown-row.ts'
import { confirmFound, leaveRows, saveSettled, saveUnsettled, type Settled } from '../settling-store.ts'

async function heldRows(ctx: Ctx, u: StoredAudit, ids: readonly string[]): Promise<ShownRowColumns[]> {
  const wanted = new Set(ids)
  const stored = await rowsById(ctx.tx, u.id, [...wanted])
  // held before it is compared with what was recorded: nobody changes it between the rule and the act
  const things = stored.flatMap((row) => row.asset_id ?? [])
  await assetsById(ctx.tx, ctx.actor.organisation, things, true)
  const rows = await shownRowsById(ctx.tx, u.id, [...wanted])
  if (rows.length < wanted.size) throw invalid('rows', 'assetAudits.row-unknown')
  return rows
}

async function answer(ctx: Ctx, id: string, rows: readonly string[]) {
  const u = (await auditById(ctx.tx, ctx.actor, id))!
  return {
    audit: shownAudit(ctx.actor, u),
    rows: (await shownRowsById(ctx.tx, id, rows)).map((row) => shownRow(ctx.actor, u, row)),
  }
}

/** The log names how, never how many: it is read by those who may not know what a blind audit found. */
const tell = (ctx: Ctx, u: StoredAudit, remedy: Remedy, reason: string): void =>
  void ctx.record({
    type: 'asset-audit.settled',
    subject: { kind: 'asset_audit', id: u.id },
    after: { remedy, ...(reason === '' ? {} : { reason }) },
  })

/** Settles rows in one way: all of them or none. What changes of a thing changes through the one way there is for it. */
export const settleRows =
  (customValues: CustomValues) =>
  async (ctx: Ctx, input: Input<typeof assetAudits.settle>): Promise<Output<typeof assetAudits.settle>> => {
    const u = await heldAudit(ctx, { id: input.id })
    refuse(whyNotSettle(u.state))
    const rows = await heldRows(ctx, u, input.rows)
    for (const row of rows)
      refuse(whyNotRemedy({ state: u.state, scopeKind: u.scope_kind }, rowFacts(u, row), input.remedy, input.reason))
    const done = await remedyActs(customValues)[input.remedy](ctx, u, rows, input)
    await saveSettled(ctx.tx, u.id, {
      rows: done,
      remedy: input.remedy,
      reason: input.reason,
      at: ctx.now,
      by: ctx.actor.name,
    } satisfies Settled)
    await addCounts(ctx.tx, u.id, { unsettled: -rows.length })
    tell(ctx, u, input.remedy, input.reason)
    return answer(
      ctx,
      u.id,
      rows.map((row) => row.id),
    )
  }

/** Confirms all that was found as recorded, with one statement. */
export async function confirmAllFound(
  ctx: Ctx,
  input: Input<typeof assetAudits.confirmFound>,
): Promise<Output<typeof assetAudits.confirmFound>> {
  const u = await heldAudit(ctx, input)
  refuse(whyNotSettle(u.state))
  const n = await confirmFound(ctx.tx, u.id, { at: ctx.now, by: ctx.actor.name })
  if (n === 0) ctx.unchanged()
  else {
    await addCounts(ctx.tx, u.id, { unsettled: -n })
    tell(ctx, u, 'confirm', '')
  }
  return shownAudit(ctx.actor, (await auditById(ctx.tx, ctx.actor, u.id))!)
}

/** Leaves the rest as it is, with one reason for all of it. */
export async function leaveRest(
  ctx: Ctx,
  input: Input<typeof assetAudits.leaveRest>,
): Promise<Output<typeof assetAudits.leaveRest>> {
  const u = await heldAudit(ctx, { id: input.id })
  refuse(whyNotSettle(u.state))
  const n = await leaveRows(ctx.tx, u.id, null, { reason: input.reason, at: ctx.now, by: ctx.actor.name })
  if (n === 0) ctx.unchanged()
  else {
    await addCounts(ctx.tx, u.id, { unsettled: -n })
    tell(ctx, u, 'leave', input.reason)
  }
  return shownAudit(ctx.actor, (await auditById(ctx.tx, ctx.actor, u.id))!)
}

/** Opens rows again; a place that was corrected is what it was. */
export async function reopenRows(
  ctx: Ctx,
  input: Input<typeof assetAudits.reopen>,
): Promise<Output<typeof assetAudits.reopen>> {
  const u = await heldAudit(ctx, { id: input.id })
  const rows = await heldRows(ctx, u, input.rows)
  for (const row of rows)
    refuse(whyNotReopen(u.state, { label: row.label, remedy: row.remedy, canPutBack: row.undo !== null }))
  await putBackPlaces(ctx, u, rows)
  const ids = rows.map((row) => row.id)
  await saveUnsettled(ctx.tx, u.id, ids)
  await addCounts(ctx.tx, u.id, { unsettled: rows.length })
  ctx.record({ type: 'asset-audit.reopened', subject: { kind: 'asset_audit', id: u.id }, after: { state: u.state } })
  return answer(ctx, u.id, ids)
}

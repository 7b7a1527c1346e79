import type { Input, Output } from '../../../contract/action.ts'
import type { DifferenceKind, differences } from '../../../contract/reconciliation.ts'
import { type Ctx, todayOf } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { differencesByIds, leaveDifferences, reopenDifference } from '../differences-store.ts'
import { moveCounts, type Moves } from '../kinds-store.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { keepPromises } from '../promises.ts'
import { whyNotLeave, whyNotReopen } from '../rules/why-not-mend.ts'
import { storedSettings, wholeKinds } from '../settings.ts'
import { shownDifference } from '../shown-difference.ts'
import { heldDifference } from './mend.ts'

async function moved(ctx: Ctx, moves: Moves): Promise<void> {
  const stored = await storedSettings(ctx.tx, ctx.actor.organisation)
  await keepPromises(ctx, await moveCounts(ctx.tx, ctx.actor.organisation, moves), wholeKinds(stored), stored.owner)
}

/** Known, and left as it is: all of them or none. */
export async function leave(
  ctx: Ctx,
  input: Input<typeof differences.leave>,
): Promise<Output<typeof differences.leave>> {
  await oneAtATime(ctx)
  const ids = [...new Set(input.ids)]
  const held = await differencesByIds(ctx.tx, ctx.actor, ids, true)
  if (held.length < ids.length) throw notFound('difference')
  for (const f of held) refuse(whyNotLeave(f.state))
  if (input.until !== undefined && input.until < todayOf(ctx)) throw invalid('until', 'reconciliation.until-past')
  await leaveDifferences(ctx.tx, ids, {
    until: input.until ?? null,
    reason: input.reason,
    by: ctx.actor.name,
    at: ctx.now,
  })
  const moves: Moves = new Map()
  const count = (kind: DifferenceKind) => moves.get(kind) ?? { open: 0, left: 0 }
  for (const f of held) {
    if (f.state === 'open') moves.set(f.kind, { open: count(f.kind).open - 1, left: count(f.kind).left + 1 })
    ctx.record({
      type: 'difference.left',
      subject: f.asset_id === null ? { kind: 'device', id: f.subject_id } : { kind: 'asset', id: f.asset_id },
      after: { kind: f.kind, difference: f.id, reason: input.reason, until: input.until ?? null },
    })
  }
  await moved(ctx, moves)
  return { items: (await differencesByIds(ctx.tx, ctx.actor, ids)).map((f) => shownDifference(ctx, f)) }
}

export async function reopen(
  ctx: Ctx,
  input: Input<typeof differences.reopen>,
): Promise<Output<typeof differences.reopen>> {
  await oneAtATime(ctx)
  const f = await heldDifference(ctx, input.id)
  refuse(whyNotReopen(f.state))
  await reopenDifference(ctx.tx, f.id, ctx.now)
  ctx.record({
    type: 'difference.reopened',
    subject: f.asset_id === null ? { kind: 'device', id: f.subject_id } : { kind: 'asset', id: f.asset_id },
    after: { kind: f.kind, difference: f.id },
  })
  await moved(ctx, new Map([[f.kind, { open: 1, left: -1 }]]))
  return shownDifference(ctx, (await differencesByIds(ctx.tx, ctx.actor, [f.id]))[0]!)
}

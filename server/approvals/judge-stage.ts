import { endSteps } from '../commitments/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { heldApproval, type StoredApproval } from './approvals-store.ts'
import { stageOutcome } from './rules/stage-outcome.ts'
import { endApproval, stageApproved } from './run-stages.ts'
import { closeSeats, decisionsOf, saveStage, seatsOf, stagesOf } from './stages-store.ts'

/**
 * Judges the stage that waits by what was said in it so far: promises of seats that are answered are kept, and where it comes to something the next stage begins or
 * the approval ends. `reason`: what is said of a refusal.
 */
export async function judgeStage(ctx: Ctx, a: StoredApproval, cause: string, reason: string): Promise<void> {
  const stage = (await stagesOf(ctx.tx, [a.id])).find((one) => one.position === a.stage)!
  const seats = (await seatsOf(ctx.tx, [a.id])).filter((seat) => seat.position === a.stage)
  const said = (await decisionsOf(ctx.tx, [a.id]))
    .filter((one) => one.position === a.stage)
    .map((one) => ({ person: one.person_id, approve: one.approve }))
  const outcome = stageOutcome(
    { need: stage.need, count: stage.count, seats: seats.map((seat) => seat.candidates.map((c) => c.person_id)) },
    said,
  )
  // a seat in which somebody approved, or nobody is left to ask, has kept its promise
  const done = seats.filter(
    (seat) =>
      seat.candidates.every((c) => !c.open) ||
      seat.candidates.some((c) => said.some((one) => one.person === c.person_id && one.approve)),
  )
  const clocks = (some: typeof seats) => some.map((seat) => seat.commitment_id)
  await endSteps(ctx, clocks(done), 'stop', cause)
  if (outcome === 'waiting') return
  await closeSeats(ctx.tx, a.id, a.stage)
  await saveStage(ctx.tx, a.id, a.stage, outcome, ctx.now)
  await endSteps(ctx, clocks(seats.filter((seat) => !done.includes(seat))), 'cancel', cause)
  const now = (await heldApproval(ctx.tx, a.id))!
  if (outcome === 'approved') await stageApproved(ctx, now, cause)
  else await endApproval(ctx, now, 'refused', reason)
}

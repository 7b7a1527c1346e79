import { endSteps, giveStep } from '../commitments/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { StoredApproval } from './approvals-store.ts'
import { seatsFor } from './people-around.ts'
import { decisionsOf, dropSeat, seatOthers, seatsOf, type StoredSeat } from './stages-store.ts'

/** Who speaks or has spoken in the stage of a seat elsewhere: they fill no second one, or fewer would decide than were to. */
export async function busyBeside(ctx: Ctx, a: StoredApproval, seat: StoredSeat): Promise<Set<string>> {
  const seats = (await seatsOf(ctx.tx, [a.id])).filter((one) => one.position === seat.position && one.id !== seat.id)
  const said = (await decisionsOf(ctx.tx, [a.id])).filter((one) => one.position === seat.position)
  return new Set([
    ...seats.flatMap((one) => one.candidates.map((c) => c.person_id)),
    ...said.flatMap((one) => [one.person_id, one.decided_by]),
  ])
}

/**
 * Puts somebody else into a seat in place of those who were still asked: `to`, or where that one sits or has spoken in the stage, or it is their own request, whoever
 * takes over by the rule. Where there is nobody the seat lapses. Answers who is asked now.
 */
export async function moveSeat(
  ctx: Ctx,
  a: StoredApproval,
  seat: StoredSeat,
  given: { to: string; insteadOf: string; why: 'left' | 'moved' },
  cause: string,
): Promise<string[]> {
  const [filled] = await seatsFor(
    ctx.tx,
    a.organisation_id,
    a.requester_id,
    { approvers: [{ kind: 'person', id: given.to }] },
    { except: await busyBeside(ctx, a, seat) },
  )
  const heirs = filled!.candidates.map((c) => c.person)
  await seatOthers(ctx.tx, seat, heirs, given)
  if (heirs.length > 0) await giveStep(ctx, seat.commitment_id, { person: heirs[0]!, teams: [] })
  else {
    await endSteps(ctx, [seat.commitment_id], 'cancel', cause)
    // what was said in it stands; with nobody left in it there is no seat
    if (seat.candidates.every((c) => c.open)) await dropSeat(ctx.tx, seat.id)
  }
  return heirs
}

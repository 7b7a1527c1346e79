import type { Input, Output } from '../../../contract/action.ts'
import type { commitments } from '../../../contract/commitments.ts'
import { may } from '../../../contract/permissions.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { lockClock } from '../clocks-store.ts'
import { commitmentById, type ShownRow } from '../commitments-store.ts'
import { nameOfOwner } from '../by-hand-store.ts'
import { tellGiven } from '../tell-given.ts'
import { earliestDue } from '../earliest-due.ts'
import { byHandFacts, shownCommitments, standing } from '../queries/shown-commitment.ts'
import { whyNotGiveStep, whyNotRelease } from '../rules/why-not-release.ts'

async function held(
  ctx: Ctx,
  subjects: Subjects,
  input: { id: string; version?: number | undefined },
): Promise<ShownRow> {
  await lockClock(ctx.tx, input.id)
  const row = await commitmentById(ctx.tx, subjects, ctx.actor, input.id)
  if (row === undefined) throw notFound('commitment')
  if (input.version !== undefined && input.version !== row.version)
    throw stale((await shownCommitments(ctx, subjects, [row]))[0]!, input)
  refuse(
    whyNotRelease(
      row,
      (row.inside || (row.hand !== null && standing(ctx.actor, row).mine)) && may(ctx.actor.role, 'commitments.write'),
    ),
  )
  return row
}

const shown = async (ctx: Ctx, subjects: Subjects, id: string) =>
  (await shownCommitments(ctx, subjects, [(await commitmentById(ctx.tx, subjects, ctx.actor, id))!]))[0]!

/** Releases a commitment for good: no step fires and no breach is written any more. Breaches that are on record stay. */
export const waiveCommitment =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.waive>): Promise<Output<typeof commitments.waive>> => {
    const row = await held(ctx, subjects, input)
    await sql`
      update commitments set phase = 'waived', due_at = null, remaining_seconds = null, next_at = null, waived_by = ${ctx.actor.name}, waived_at = ${ctx.now}, waived_reason = ${input.reason},
        version = version + 1, updated_at = now() where id = ${row.id}`.execute(ctx.tx)
    const subject = { kind: row.subject_kind, id: row.subject_id }
    ctx.record({
      type: 'commitment.waived',
      subject,
      before: { commitment: row.id, kind: row.kind, phase: row.phase, due: row.due_at },
      after: { commitment: row.id, phase: 'waived', reason: input.reason },
    })
    await subjects.get(subject.kind)?.dueMoved?.(ctx.tx, await earliestDue(ctx.tx, [subject.id]))
    return shown(ctx, subjects, row.id)
  }

/** Gives a commitment to another; from then on its owner no longer follows the subject's. */
export const handOverCommitment =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.handOver>): Promise<Output<typeof commitments.handOver>> => {
    const row = await held(ctx, subjects, input)
    refuse(whyNotGiveStep(byHandFacts(row).isStep))
    const { kind, id } = input.owner
    const name = await nameOfOwner(ctx.tx, ctx.actor.organisation, input.owner)
    if (name === undefined) throw invalid('owner', 'commitments.owner-unknown')
    if (row.owner_kind === kind && row.owner_id === id && !row.owner_fallback) ctx.unchanged()
    else {
      await sql`
        update commitments set owner_kind = ${kind}, owner_id = ${id}, owner_fallback = false, owner_handed = true, version = version + 1, updated_at = now() where id = ${row.id}`.execute(
        ctx.tx,
      )
      const subject = { kind: row.subject_kind, id: row.subject_id }
      const event = ctx.record({
        type: 'commitment.handed-over',
        subject,
        before: { commitment: row.id, kind: row.kind, owner: row.owner_name },
        after: { commitment: row.id, kind: row.kind, owner: name },
      })
      if (row.hand !== null)
        await tellGiven(ctx, { id: row.id, title: row.hand.title, subject, dueAt: row.due_at }, input.owner, event)
    }
    return shown(ctx, subjects, row.id)
  }

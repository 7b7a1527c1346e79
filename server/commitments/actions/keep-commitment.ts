import { isAfter } from '../../../contract/instants.ts'
import type { Input, Output } from '../../../contract/action.ts'
import type { commitments } from '../../../contract/commitments.ts'
import { attachFiles } from '../../files/public.ts'
import { isoInstant } from '../../calendars/public.ts'
import { type Actor, type Ctx, nowSeconds } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { invalid, notFound, Problem, refuse, stale } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { saveCompletion, saveDueForm, saveSnooze } from '../by-hand-store.ts'
import { loadClocks, lockClock } from '../clocks-store.ts'
import { commitmentById, type ShownRow } from '../commitments-store.ts'
import { applyClockEvents } from '../ledger.ts'
import { byHandFacts, shownCommitments, standing } from '../queries/shown-commitment.ts'
import { ladderByHand } from '../rules/fixed-moment.ts'
import type { LedgerEvent } from '../rules/judge-clock.ts'
import { whyNotComplete, whyNotEvidence, whyNotKeep, whyNotMove } from '../rules/why-not-by-hand.ts'
import { insertTerms } from '../terms-store.ts'
import { dueOf } from './make-commitment.ts'

type Given = { id: string; version?: number | undefined }

/** The commitment, held; 404 where the actor does not see it, 409 where the edit is based on an old version. */
async function held(ctx: Ctx, subjects: Subjects, input: Given): Promise<ShownRow> {
  await lockClock(ctx.tx, input.id)
  const row = await commitmentById(ctx.tx, subjects, ctx.actor, input.id)
  if (row === undefined) throw notFound('commitment')
  if (input.version !== undefined && input.version !== row.version)
    throw stale((await shownCommitments(ctx, subjects, [row]))[0]!, input)
  return row
}

const reread = async (ctx: Ctx, subjects: Subjects, id: string) =>
  (await shownCommitments(ctx, subjects, [(await commitmentById(ctx.tx, subjects, ctx.actor, id))!]))[0]!

async function addEvent(ctx: Ctx, id: string, event: LedgerEvent): Promise<void> {
  const [clock] = await loadClocks(ctx.tx, { ids: [id] })
  await applyClockEvents(ctx, [{ clock: clock!, events: [event] }])
}

/** Done: the clock stops, kept or late. Where evidence is asked for, words or a file must show it. */
export const completeCommitment =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.complete>): Promise<Output<typeof commitments.complete>> => {
    const row = await held(ctx, subjects, input)
    const facts = byHandFacts(row)
    refuse(whyNotComplete(facts, standing(ctx.actor, row)))
    refuse(whyNotEvidence(facts, input.evidence, input.attachments.length))
    const attached = await attachFiles(ctx.tx, ctx.actor, input.attachments, { kind: 'commitment', id: row.id })
    if (attached < input.attachments.length) throw new Problem(400, 'commitments.file-not-yours')
    const cause = newId()
    await addEvent(ctx, row.id, { at: nowSeconds(ctx), kind: 'stop', cause, reason: 'done', terms: null })
    await saveCompletion(ctx.tx, row.id, input.evidence, ctx.actor.name)
    ctx.record({
      id: cause,
      type: 'commitment.completed',
      subject: { kind: row.subject_kind, id: row.subject_id },
      before: { phase: row.phase },
      after: {
        commitment: row.id,
        title: row.hand!.title,
        phase: 'stopped',
        evidence: input.evidence,
        files: input.attachments.length,
      },
    })
    return reread(ctx, subjects, row.id)
  }

/** Another moment, with new terms; a miss that no longer holds stays on record as superseded (K16). */
export const moveCommitment =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.move>): Promise<Output<typeof commitments.move>> => {
    const row = await held(ctx, subjects, input)
    refuse(whyNotMove(byHandFacts(row), standing(ctx.actor, row)))
    const due = dueOf(ctx, { zone: row.hand!.zone, ...input.due })
    if (due.at <= nowSeconds(ctx)) throw invalid('due', 'commitments.due-past')
    const [clock] = await loadClocks(ctx.tx, { ids: [row.id] })
    const { calendar: _compiled, ...before } = clock!.terms
    if ('at' in before.target && before.target.at === due.at) {
      ctx.unchanged()
      return reread(ctx, subjects, row.id)
    }
    const ahead = before.ladder.find((step) => step.step === 'ahead')?.clockSeconds
    const [terms] = await insertTerms(ctx.tx, [
      {
        ...before,
        id: newId(),
        target: { at: due.at },
        ladder: ladderByHand(row.kind, due.allDay, ahead === undefined ? null : -ahead),
        source: { ...before.source, revision: before.source.revision + 1 },
      },
    ])
    const cause = newId()
    await applyClockEvents(ctx, [
      {
        clock: clock!,
        events: [{ at: nowSeconds(ctx), kind: 'retarget', cause, reason: `moved:${input.reason}`, terms: terms! }],
      },
    ])
    await saveDueForm(ctx.tx, row.id, due.allDay, due.zone)
    ctx.record({
      id: cause,
      type: 'commitment.moved',
      subject: { kind: row.subject_kind, id: row.subject_id },
      before: { due: row.due_at },
      after: { commitment: row.id, title: row.hand!.title, due: isoInstant(due.at), reason: input.reason },
    })
    return reread(ctx, subjects, row.id)
  }

/** Whether a link may offer the reader to put the commitment aside. */
export const maySnoozeCommitment =
  (subjects: Subjects) =>
  async (db: Db, reader: Actor, id: string): Promise<boolean> => {
    const row = await commitmentById(db, subjects, reader, id)
    return row !== undefined && whyNotKeep(byHandFacts(row), standing(reader, row)) === null
  }

/** Puts a commitment of any kind aside: lists leave it out until then; the due moment, its steps and a miss stay what they are. */
export const snoozeCommitment =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.snooze>): Promise<Output<typeof commitments.snooze>> => {
    const row = await held(ctx, subjects, input)
    refuse(whyNotKeep(byHandFacts(row), standing(ctx.actor, row)))
    const { until } = input
    if (until !== null && input.reason.length < 3) throw invalid('reason', 'commitments.snooze-reason')
    if (until !== null && !isAfter(until, ctx.now)) throw invalid('until', 'commitments.snooze-past')
    const wasAside = row.snoozed_until !== null && isAfter(row.snoozed_until, ctx.now)
    if (until === null && !wasAside) {
      ctx.unchanged()
      return reread(ctx, subjects, row.id)
    }
    await saveSnooze(ctx.tx, row.id, until === null ? null : { until, reason: input.reason, by: ctx.actor.name })
    ctx.record({
      type: until === null ? 'commitment.unsnoozed' : 'commitment.snoozed',
      subject: { kind: row.subject_kind, id: row.subject_id },
      before: { until: wasAside ? row.snoozed_until : null },
      after: { commitment: row.id, kind: row.kind, until, reason: input.reason },
    })
    return reread(ctx, subjects, row.id)
  }

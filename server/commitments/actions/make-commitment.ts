import type { Input, Output } from '../../../contract/action.ts'
import type { commitments } from '../../../contract/commitments.ts'
import { sanitised } from '../../notes/public.ts'
import { type Ctx, nowSeconds, systemActor } from '../../platform/ctx.ts'
import { invalid, notFound, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { isoInstant } from '../../calendars/public.ts'
import { hoursOf, insertByHand, nameOfOwner, type NewByHand } from '../by-hand-store.ts'
import { commitmentById } from '../commitments-store.ts'
import { startClocks } from '../ledger.ts'
import { shownCommitments } from '../queries/shown-commitment.ts'
import { fixedMoment, isZone, ladderByHand } from '../rules/fixed-moment.ts'
import { insertTerms } from '../terms-store.ts'
import { tellGiven } from '../tell-given.ts'

/** The record a commitment by hand belongs to, if the actor sees it (404 otherwise) and it takes more (409 otherwise). */
export async function demandSubject(
  ctx: Ctx,
  subjects: Subjects,
  about: { kind: string; id: string } | undefined,
): Promise<{ kind: string; id: string } | null> {
  if (about === undefined) return null
  const seen = await subjects.visibleIds(ctx.tx, ctx.actor, about.kind, [about.id])
  if (!seen.has(about.id)) throw notFound(about.kind)
  refuse(await subjects.whyNotAsk(ctx.tx, about))
  return about
}

/** Whoever is named, else the actor; 400 where nobody can own it. */
export async function demandOwner(
  ctx: Ctx,
  given: { kind: 'person' | 'team'; id: string } | undefined,
): Promise<{ kind: 'person' | 'team'; id: string; name: string }> {
  const owner = given ?? (ctx.actor.person === null ? undefined : { kind: 'person' as const, id: ctx.actor.person })
  const name = owner === undefined ? undefined : await nameOfOwner(ctx.tx, ctx.actor.organisation, owner)
  if (owner === undefined || name === undefined) throw invalid('owner', 'commitments.owner-unknown')
  return { ...owner, name }
}

/** The moment a request names, in the reader's zone unless it names one. 400 for a zone nobody knows. */
export function dueOf(ctx: Ctx, due: { on: string; time?: string | undefined; zone?: string | undefined }) {
  const zone = due.zone ?? ctx.actor.zone
  if (!isZone(zone)) throw invalid('zone', 'commitments.zone-unknown', { zone })
  return { at: fixedMoment(due.on, due.time ?? null, zone), allDay: due.time === undefined, zone }
}

export interface ByHandToStart extends Omit<NewByHand, 'commitment'> {
  kind: string
  subject: { kind: string; id: string } | null
  owner: { kind: 'person' | 'team'; id: string; name: string }
  warnSeconds: number | null
  /** Epoch seconds. */
  dueAt: number
}

/** Starts the clock of a commitment by hand, with terms of its own. One made by nobody (`madeBy` null) is recorded as an act of ours. Answers its id. */
export async function startByHand(ctx: Ctx, h: ByHandToStart): Promise<string> {
  const commitment = newId()
  const calendarVersion = await hoursOf(ctx.tx, ctx.actor.organisation)
  if (calendarVersion === undefined) throw invalid('due', 'commitments.no-hours')
  const [terms] = await insertTerms(ctx.tx, [
    {
      id: newId(),
      name: h.title,
      kind: h.kind,
      party: 'team',
      target: { at: h.dueAt },
      calendarVersion,
      ladder: ladderByHand(h.kind, h.allDay, h.warnSeconds),
      source: { kind: 'by_hand', id: commitment, revision: 1 },
      pauseIn: [],
      resetOnReopen: false,
      when: null,
    },
  ])
  const subject = h.subject ?? { kind: 'commitment', id: commitment }
  const cause = newId()
  await startClocks(ctx, [
    {
      id: commitment,
      organisation: ctx.actor.organisation,
      subject,
      owner: h.owner.kind === 'person' ? { person: h.owner.id, teams: [] } : { person: null, teams: [h.owner.id] },
      terms: terms!,
      because: null,
      events: [{ at: nowSeconds(ctx), kind: 'start', cause, reason: 'made', terms: terms! }],
    },
  ])
  const reference = await insertByHand(ctx.tx, { ...h, commitment })
  const maker = h.madeBy === null ? systemActor(ctx.actor.organisation, h.madeByName) : ctx.actor
  ctx.record({
    id: cause,
    type: 'commitment.made',
    actor: { kind: maker.kind, id: maker.id, name: maker.name },
    subject,
    after: { commitment, reference, kind: h.kind, title: h.title, due: isoInstant(h.dueAt), owner: h.owner.name },
  })
  await tellGiven(ctx, { id: commitment, title: h.title, subject, dueAt: isoInstant(h.dueAt) }, h.owner, cause)
  return commitment
}

/** Makes a commitment: something that must happen by a moment, with an owner. */
export const makeCommitment =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.make>): Promise<Output<typeof commitments.make>> => {
    const subject = await demandSubject(ctx, subjects, input.about)
    // what belongs to a record is seen by whoever sees that
    if (input.private && subject !== null) throw invalid('private', 'commitments.private-alone')
    const owner = await demandOwner(ctx, input.owner)
    const due = dueOf(ctx, input.due)
    if (due.at <= nowSeconds(ctx)) throw invalid('due', 'commitments.due-past')
    const id = await startByHand(ctx, {
      title: input.title,
      note: sanitised(input.note),
      kind: input.kind,
      subject,
      owner,
      warnSeconds: input.warnSeconds ?? null,
      dueAt: due.at,
      allDay: due.allDay,
      zone: due.zone,
      private: input.private,
      needsEvidence: input.needsEvidence,
      madeBy: ctx.actor.id,
      madeByName: ctx.actor.name,
      series: null,
      occursOn: null,
    })
    return (await shownCommitments(ctx, subjects, [(await commitmentById(ctx.tx, subjects, ctx.actor, id))!]))[0]!
  }

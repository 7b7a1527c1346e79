import type { Input, Output } from '../../contract/action.ts'
import type { Rating, ratings } from '../../contract/ratings.ts'
import { demandOwner, startByHand } from '../commitments/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Actor, type Ctx, nowSeconds } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import { notFound, refuse } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { lockedTicket, type StoredTicket, ticketByKey } from '../tickets/public.ts'
import {
  countMarks,
  hasCalendar,
  marksByQueue,
  marksPage,
  ownerOfFollowUp,
  ratingOf,
  saveFollowUp,
  saveRating,
  type StoredRating,
} from './ratings-store.ts'
import { badUpTo, rateUntil, whyNotRate } from './rules/why-not-rate.ts'

const countCap = 1000
const factsOf = (t: StoredTicket) => ({ state: t.state, resolvedAt: t.resolved_at })
const whoIs = (actor: Actor, t: StoredTicket) => ({
  isRequester: actor.person !== null && t.requester_id === actor.person,
})

function shown(ctx: Ctx, t: StoredTicket, r: StoredRating | undefined): Rating {
  return {
    ticket: { id: t.id, reference: t.reference },
    score: r?.score ?? null,
    words: r?.words ?? '',
    by: r === undefined ? null : { id: r.person_id, name: r.person_name },
    at: r?.changed_at ?? r?.rated_at ?? null,
    until: rateUntil(t.resolved_at),
    refusals: shownRefusals({ rate: whyNotRate(factsOf(t), whoIs(ctx.actor, t), ctx.now) }),
  }
}

export async function showRating(ctx: Ctx, input: Input<typeof ratings.show>): Promise<Output<typeof ratings.show>> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, input.id)
  if (ticket === undefined) throw notFound('ticket')
  return shown(ctx, ticket, await ratingOf(ctx.tx, ticket.id))
}

/** Whether a link may offer the reader to rate. */
export async function mayRate(db: Db, reader: Actor, subject: { kind: string; id: string }): Promise<boolean> {
  if (subject.kind !== 'ticket') return false
  const ticket = await ticketByKey(db, reader, subject.id)
  return ticket !== undefined && whyNotRate(factsOf(ticket), whoIs(reader, ticket), new Date().toISOString()) === null
}

/** Takes the mark down. A bad one is promised a follow-up, once, by the lead of the team that serves the queue, else by that team. */
export async function rateTicket(ctx: Ctx, input: Input<typeof ratings.rate>): Promise<Output<typeof ratings.rate>> {
  const ticket = await lockedTicket(ctx, { id: input.id })
  refuse(whyNotRate(factsOf(ticket), whoIs(ctx.actor, ticket), ctx.now))
  const before = await ratingOf(ctx.tx, ticket.id)
  if (before !== undefined && before.score === input.score && before.words === input.words) {
    ctx.unchanged()
    return shown(ctx, ticket, before)
  }
  await saveRating(ctx.tx, ticket, {
    person: ctx.actor.person!,
    score: input.score,
    words: input.words,
    at: ctx.now,
  })
  ctx.record({
    type: 'ticket.rated',
    subject: { kind: 'ticket', id: ticket.id },
    before: before === undefined ? null : { score: before.score },
    after: { score: input.score, ...(input.words === '' ? {} : { words: input.words }) },
  })
  if (input.score <= badUpTo && before?.commitment_id == null) {
    const named = await ownerOfFollowUp(ctx.tx, ticket)
    // without working hours there is nothing to count on yet: the mark stands, and nothing is promised
    if (named !== null && (await hasCalendar(ctx.tx, ticket.organisation_id))) {
      const commitment = await startByHand(ctx, {
        kind: 'follow_up',
        title: sentence('ratings.follow-up', { reference: ticket.reference, name: ctx.actor.name, score: input.score }),
        note: '',
        subject: { kind: 'ticket', id: ticket.id },
        owner: await demandOwner(ctx, named),
        warnSeconds: null,
        dueAt: nowSeconds(ctx) + 2 * 86_400,
        allDay: false,
        zone: ctx.actor.zone,
        private: false,
        needsEvidence: false,
        madeBy: null,
        madeByName: 'Linchpin',
        series: null,
        occursOn: null,
      })
      await saveFollowUp(ctx.tx, ticket.id, commitment)
    }
  }
  return shown(ctx, ticket, await ratingOf(ctx.tx, ticket.id))
}

/** Marks by queue, of what was resolved on these days; queues the reader sees by role and team, of confidential tickets where trusted. */
export async function reportRatings(
  ctx: Ctx,
  input: Input<typeof ratings.report>,
): Promise<Output<typeof ratings.report>> {
  const rows = await marksByQueue(ctx.tx, ctx.actor, input)
  return {
    rows: rows.map((row) => ({
      queue: { id: row.id, name: row.name },
      rated: row.rated,
      resolved: row.resolved,
      mean: row.mean === null ? null : Number(row.mean),
      bad: row.bad,
    })),
  }
}

/** The marks behind the report. */
export async function listMarks(ctx: Ctx, input: Input<typeof ratings.marks>): Promise<Output<typeof ratings.marks>> {
  const { rows, next } = await marksPage(ctx.tx, ctx.actor, input, input.limit, input.after)
  const most = input.count === 'capped' ? countCap : Number.MAX_SAFE_INTEGER - 1
  const total = input.count === undefined ? undefined : await countMarks(ctx.tx, ctx.actor, input, most + 1)
  return {
    items: rows.map((row) => ({
      ticket: { id: row.ticket_id, reference: row.reference, title: row.title },
      queue: { id: row.queue_id, name: row.queue_name },
      score: row.score,
      words: row.words,
      by: { id: row.person_id, name: row.person_name },
      at: row.at,
    })),
    next,
    ...(total === undefined ? {} : { total: Math.min(total, most), totalCapped: total > most }),
  }
}

import type { Input, Output } from '../../contract/action.ts'
import type { Rating, ratings } from '../../contract/ratings.ts'
import { demandOwner, startByHand } from '../commitments/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Actor, type Ctx, nowSeconds } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { notFound, refuse } from '../platform/errors.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { lockedTicket, queuesSeen, type StoredTicket, ticketByKey } from '../tickets/public.ts'
import { badUpTo, rateUntil, whyNotRate } from './rules/why-not-rate.ts'

interface Stored {
  score: number
  words: string
  person_id: string
  person_name: string
  rated_at: string
  changed_at: string | null
  commitment_id: string | null
}
const ratingOf = async (db: Db, ticket: string): Promise<Stored | undefined> =>
  (
    await sql<Stored>`select r.*, p.name as person_name from ticket_ratings r join persons p on p.id = r.person_id where r.ticket_id = ${ticket}`.execute(
      db,
    )
  ).rows[0]

const factsOf = (t: StoredTicket) => ({ state: t.state, resolvedAt: t.resolved_at })
const whoIs = (actor: Actor, t: StoredTicket) => ({
  isRequester: actor.person !== null && t.requester_id === actor.person,
})

function shown(ctx: Ctx, t: StoredTicket, r: Stored | undefined): Rating {
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
  await sql`
    insert into ticket_ratings (ticket_id, organisation_id, queue_id, person_id, score, words, rated_at)
    values (${ticket.id}, ${ticket.organisation_id}, ${ticket.queue_id}, ${ctx.actor.person}, ${input.score}, ${input.words}, ${ctx.now}::timestamptz)
    on conflict (ticket_id) do update set score = excluded.score, words = excluded.words, changed_at = excluded.rated_at, version = ticket_ratings.version + 1`.execute(
    ctx.tx,
  )
  ctx.record({
    type: 'ticket.rated',
    subject: { kind: 'ticket', id: ticket.id },
    before: before === undefined ? null : { score: before.score },
    after: { score: input.score, ...(input.words === '' ? {} : { words: input.words }) },
  })
  if (input.score <= badUpTo && before?.commitment_id == null) {
    const { rows } = await sql<{ lead: string | null; team: string }>`
      select (select p.id from persons p where p.id = t.lead_id and p.active) as lead, t.id as team from queue_teams q join teams t on t.id = q.team_id and t.active where q.queue_id = ${ticket.queue_id} order by lower(t.name) limit 1`.execute(
      ctx.tx,
    )
    const coordinator = await sql<{ id: string }>`
      select a.person_id as id from accounts a join persons p on p.id = a.person_id where a.role in ('coordinator', 'administrator') and a.disabled_at is null and p.active and p.organisation_id = ${ticket.organisation_id}
      order by a.role = 'administrator', a.created_at, a.id limit 1`.execute(ctx.tx)
    const named =
      rows[0]?.lead != null
        ? { kind: 'person' as const, id: rows[0].lead }
        : rows[0] !== undefined
          ? { kind: 'team' as const, id: rows[0].team }
          : coordinator.rows[0] === undefined
            ? null
            : { kind: 'person' as const, id: coordinator.rows[0].id }
    // without working hours there is nothing to count on yet: the mark stands, and nothing is promised
    const hours = await sql<{
      n: number
    }>`select count(*) as n from calendars where organisation_id = ${ticket.organisation_id} and active`.execute(ctx.tx)
    if (named !== null && hours.rows[0]!.n > 0) {
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
      await sql`update ticket_ratings set commitment_id = ${commitment} where ticket_id = ${ticket.id}`.execute(ctx.tx)
    }
  }
  return shown(ctx, ticket, await ratingOf(ctx.tx, ticket.id))
}

/** Marks by queue, of what was resolved on these days; queues the reader sees by role and team, of confidential tickets where trusted. */
export async function reportRatings(
  ctx: Ctx,
  input: Input<typeof ratings.report>,
): Promise<Output<typeof ratings.report>> {
  const seen = queuesSeen(ctx.actor)
  const { rows } = await sql<{
    id: string
    name: string
    rated: number
    resolved: number
    mean: string | null
    bad: number
  }>`
    select q.id, q.name, count(r.ticket_id) as rated, count(*) as resolved, round(avg(r.score), 1) as mean, count(*) filter (where r.score <= ${badUpTo}) as bad
    from tickets t join queues q on q.id = t.queue_id left join ticket_ratings r on r.ticket_id = t.id
    where t.organisation_id = ${ctx.actor.organisation} and t.resolved_at >= ${input.from}::date and t.resolved_at < ${input.to}::date + 1
      and ((not t.confidential and ${seen.all ? sql`true` : sql`t.queue_id in ${seen.open}`}) or (t.confidential and t.queue_id in ${seen.confidential}))
    group by q.id, q.name order by lower(q.name), q.id limit 500`.execute(ctx.tx)
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

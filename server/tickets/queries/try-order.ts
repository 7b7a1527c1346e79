import type { Input, Output } from '../../../contract/action.ts'
import type { serviceLevels } from '../../../contract/service-levels.ts'
import type { Actor, Ctx } from '../../platform/ctx.ts'
import { type Db, sql } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { activeLevels, type Level, levelOf, serviceLevelFor } from '../../service-levels/public.ts'
import { visibleTicket } from '../visibility.ts'

const usualDays = 30
/** Tickets read at a time. */
const slice = 5000

interface PastTicket {
  id: string
  reference: string
  title: string
  kind: string
  priority: number
  queue_id: string
  category_id: string | null
  created_at: string
}

/** Plays the tickets of the past through the order of service levels as it is and as it would be. 404 where the level is not there. */
export async function tryOrder(
  ctx: Ctx,
  input: Input<typeof serviceLevels.tried>,
): Promise<Output<typeof serviceLevels.tried>> {
  const { organisation } = ctx.actor
  const present = await activeLevels(ctx.tx, organisation)
  const tried = await triedLevel(ctx, input)
  const others = present.filter((level) => level.id !== tried.id)
  const place = present.findIndex((level) => level.id === tried.id)
  const at = input.position === undefined ? (place < 0 ? others.length : place) : input.position - 1
  const planned = [...others.slice(0, at), tried, ...others.slice(at)]
  const since = input.since ?? new Date(Date.parse(ctx.now) - usualDays * 86_400_000).toISOString()
  const above = await categoryPaths(ctx.tx, organisation)
  const from = new Map<string | null, number>()
  const items: Output<typeof serviceLevels.tried>['items'] = []
  let [looked, taken] = [0, 0]
  for await (const ticket of ticketsSince(ctx.tx, ctx.actor, since)) {
    looked++
    const facts = {
      kind: ticket.kind,
      priority: ticket.priority,
      queue: ticket.queue_id,
      categories: ticket.category_id === null ? [] : above(ticket.category_id),
      organisation,
    }
    if (serviceLevelFor(planned, facts)?.level.id !== tried.id) continue
    taken++
    const now = serviceLevelFor(present, facts)?.level ?? null
    from.set(now?.id ?? null, (from.get(now?.id ?? null) ?? 0) + 1)
    if (items.length < input.limit)
      items.push({
        id: ticket.id,
        reference: ticket.reference,
        title: ticket.title,
        openedAt: ticket.created_at,
        now: now === null ? null : { id: now.id, name: now.name },
      })
  }
  return {
    since,
    looked,
    taken,
    from: [...from]
      .map(([level, tickets]) => ({
        level: level === null ? null : { id: level, name: present.find((one) => one.id === level)?.name ?? '' },
        tickets,
      }))
      .toSorted((a, b) => b.tickets - a.tickets),
    items,
  }
}

const nobody = '00000000-0000-0000-0000-000000000000'

async function triedLevel(ctx: Ctx, input: Input<typeof serviceLevels.tried>): Promise<Level> {
  const known = input.id === undefined ? undefined : await levelOf(ctx.tx, ctx.actor.organisation, input.id)
  if (input.id !== undefined && known === undefined) throw notFound('service-level')
  return {
    id: known?.id ?? nobody,
    name: known?.name ?? '',
    revision: 0,
    conditions: input.conditions ?? known?.conditions ?? {},
    calendar: '',
    calendarVersion: '',
    terms: [],
  }
}

/** Tickets the actor sees, latest first. */
async function* ticketsSince(db: Db, actor: Actor, since: string): AsyncGenerator<PastTicket> {
  let before: PastTicket | undefined
  for (;;) {
    const { rows }: { rows: PastTicket[] } = await sql<PastTicket>`
      select t.id, t.reference, t.title, t.kind, t.priority, t.queue_id, t.category_id, t.created_at from tickets t
      where ${visibleTicket(actor)} and t.created_at >= ${since}::timestamptz
        ${before === undefined ? sql`` : sql`and (t.created_at, t.id) < (${before.created_at}::timestamptz, ${before.id}::uuid)`}
      order by t.created_at desc, t.id desc limit ${slice}`.execute(db)
    yield* rows
    if (rows.length < slice) return
    before = rows.at(-1)
  }
}

/** A category and all above it. */
async function categoryPaths(db: Db, organisation: string): Promise<(id: string) => string[]> {
  const { rows } = await sql<{ id: string; parent: string | null }>`
    select id, parent_id as parent from categories where organisation_id = ${organisation}`.execute(db)
  const parents = new Map(rows.map((row) => [row.id, row.parent]))
  return (id) => {
    const path: string[] = []
    for (let at: string | null = id; at !== null && !path.includes(at); at = parents.get(at) ?? null) path.push(at)
    return path
  }
}

import type { Input } from '../../contract/action.ts'
import { today, type TodayLine, type TodayPage } from '../../contract/today.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { isId } from '../platform/identifiers.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { shownRow, ticketSettings, ticketsById } from '../tickets/public.ts'
import { historyDays, isOverloaded, isSpike } from './rules/unusual.ts'
import {
  byHand,
  categoryCounts,
  countCap,
  type HandLine,
  loads,
  notAside,
  type Scope,
  section,
  surroundings,
} from './today-store.ts'

/** Due soon reaches to the end of the reader's day, at least this far (seconds). */
const soonSeconds = 4 * 3600
/** Ageing: open, waiting for nobody, untouched for this many days. */
const ageingDays = 5

/** What the reader's day holds; the page and the morning digest say the same. */
export const showToday =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof today.show>): Promise<TodayPage> => {
    const { actor, now, tx } = ctx
    const scope: Scope = { person: input.person === 'me' ? (actor.person ?? actor.id) : input.person, team: input.team }
    if (scope.person !== undefined && !isId(scope.person))
      throw new Problem(400, 'invalid', { fields: 'person: must be an id or "me"' })
    const horizon = dueHorizon(now, actor.zone)
    const aged = new Date(Date.parse(now) - ageingDays * 86_400_000).toISOString()
    const waiting = sql`t.state in ('waiting_requester', 'waiting_vendor', 'waiting_change')`
    const found = {
      late: await section(
        tx,
        actor,
        scope,
        sql`t.due_at < ${now}::timestamptz and ${notAside(now)}`,
        sql`t.due_at, t.id`,
        input.limit,
      ),
      dueSoon: await section(
        tx,
        actor,
        scope,
        sql`t.due_at >= ${now}::timestamptz and t.due_at < ${horizon}::timestamptz and ${notAside(now)}`,
        sql`t.due_at, t.id`,
        input.limit,
      ),
      waiting: await section(tx, actor, scope, sql`t.open and ${waiting}`, sql`t.waiting_since, t.id`, input.limit),
      ageing: await section(
        tx,
        actor,
        scope,
        sql`t.open and t.last_activity_at < ${aged}::timestamptz and not ${waiting}`,
        sql`t.last_activity_at, t.id`,
        input.limit,
      ),
      unowned:
        scope.person !== undefined
          ? { ids: [], total: 0 }
          : await section(
              tx,
              actor,
              scope,
              sql`t.open and t.assignee_id is null`,
              sql`t.created_at, t.id`,
              input.limit,
            ),
    }
    const ids = [...new Set(Object.values(found).flatMap((s) => s.ids))]
    const { reopenDays } = await ticketSettings(tx, actor.organisation)
    const rows = new Map(
      (await ticketsById(tx, actor, ids)).map((row) => [row.id, shownRow(actor, row, now, reopenDays)]),
    )
    const around = await surroundings(tx, ids)
    const lines = (
      of: { ids: string[]; total: number },
      sinceOf: (row: NonNullable<ReturnType<typeof rows.get>>) => string | null,
    ) => ({
      total: Math.min(of.total, countCap),
      totalCapped: of.total > countCap,
      lines: of.ids.flatMap((id): TodayLine[] => {
        const row = rows.get(id)
        const about = around.get(id)
        if (row === undefined || about === undefined) return []
        return [
          {
            subject: {
              kind: 'ticket',
              id,
              reference: row.reference,
              title: row.title,
              version: row.version,
              state: row.state,
            },
            clock: row.due,
            queue: row.queue,
            assignee: row.assignee,
            owner: about.owner === null ? null : { name: about.owner, fallback: about.fallback },
            waitingFor:
              row.state === 'waiting_vendor'
                ? about.vendor
                : row.state === 'waiting_requester'
                  ? (row.requester?.name ?? null)
                  : null,
            since: sinceOf(row),
            priority: row.priority,
          },
        ]
      }),
    })
    const hands = {
      late: await byHand(tx, subjects, actor, scope, { from: null, to: now, now }, input.limit),
      dueSoon: await byHand(tx, subjects, actor, scope, { from: now, to: horizon, now }, input.limit),
    }
    const abouts = await subjects.describe(
      tx,
      [...hands.late.lines, ...hands.dueSoon.lines].flatMap((line) => (line.about === null ? [] : [line.about])),
    )
    /** Tickets and commitments by hand in one order, the earliest first. */
    const together = (tickets: ReturnType<typeof lines>, hand: { lines: HandLine[]; total: number }) => ({
      total: Math.min(tickets.total + hand.total, countCap),
      totalCapped: tickets.totalCapped || tickets.total + hand.total > countCap,
      lines: [...tickets.lines, ...hand.lines.map((line) => handLine(line, abouts))]
        .toSorted((a, b) => (a.clock?.dueAt ?? '~').localeCompare(b.clock?.dueAt ?? '~'))
        .slice(0, input.limit),
    })
    const waitingSince = (id: string) => around.get(id)?.since ?? null
    return {
      asOf: now,
      zone: actor.zone,
      late: together(
        lines(found.late, (row) => row.due?.dueAt ?? null),
        hands.late,
      ),
      dueSoon: together(
        lines(found.dueSoon, (row) => row.due?.dueAt ?? null),
        hands.dueSoon,
      ),
      waiting: lines(found.waiting, (row) => waitingSince(row.id)),
      ageing: lines(found.ageing, (row) => row.lastActivityAt),
      unowned: lines(found.unowned, (row) => row.createdAt),
      unusual: scope.person === undefined ? await unusual(ctx, scope) : [],
    }
  }

function handLine(line: HandLine, abouts: ReadonlyMap<string, { reference: string; title: string }>): TodayLine {
  const about = line.about === null ? undefined : abouts.get(line.about.id)
  const dueAt = new Date(line.due_at).toISOString()
  return {
    subject: {
      kind: 'commitment',
      id: line.id,
      reference: line.reference,
      title: about === undefined ? line.title : `${line.title} · ${about.reference}`,
      version: line.version,
      state: null,
    },
    clock: {
      commitment: line.id,
      kind: line.kind,
      phase: 'running',
      dueAt,
      remainingSeconds: null,
      late: line.late,
    },
    queue: null,
    assignee: line.owner_fallback ? null : { id: line.owner_id, name: line.owner_name ?? '' },
    owner: { name: line.owner_name ?? '', fallback: line.owner_fallback },
    waitingFor: null,
    since: dueAt,
    priority: null,
  }
}

/** The end of the reader's day, or a few hours from now if that is later. */
export function dueHorizon(now: string, zone: string): string {
  const at = Temporal.Instant.from(now)
  const endOfDay = at.toZonedDateTimeISO(zone).startOfDay().add({ days: 1 }).toInstant()
  const soon = at.add({ seconds: soonSeconds })
  return (Temporal.Instant.compare(endOfDay, soon) > 0 ? endOfDay : soon).toString()
}

async function unusual(ctx: Ctx, scope: Scope): Promise<TodayPage['unusual']> {
  const found: TodayPage['unusual'] = []
  for (const c of await categoryCounts(ctx.tx, ctx.actor, scope, ctx.now, historyDays)) {
    const { spike, usual, deviation } = isSpike(c.today, c.history)
    if (spike)
      found.push({
        kind: 'category-spike',
        figure: c.today,
        usual: Math.round(usual * 10) / 10,
        category: { id: c.id, name: c.name },
        person: null,
        sentence: sentence('today.category-spike', {
          category: c.name,
          today: c.today,
          usual: Math.round(usual),
          deviation: Math.max(1, Math.round(deviation)),
        }),
      })
  }
  const carried = await loads(ctx.tx, ctx.actor, scope)
  const named = new Set<string>()
  for (const one of carried) {
    const { overloaded, usual } = isOverloaded(
      one.open,
      carried.filter((other) => other.team === one.team).map((other) => other.open),
    )
    if (!overloaded || named.has(one.person)) continue
    named.add(one.person)
    found.push({
      kind: 'overload',
      figure: one.open,
      usual,
      category: null,
      person: { id: one.person, name: one.name },
      sentence: sentence('today.overload', { name: one.name, open: one.open, usual }),
    })
  }
  return found.toSorted((a, b) => b.figure - b.usual - (a.figure - a.usual)).slice(0, 12)
}

export const todayRoutes = (subjects: Subjects): Route[] => [serve(today.show, showToday(subjects))]

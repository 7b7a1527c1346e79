import type { Input, Output } from '../../../contract/action.ts'
import type { PromiseItem, PromiseRow, reports } from '../../../contract/reports.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid } from '../../platform/errors.ts'
import { isId } from '../../platform/identifiers.ts'
import { mondayOf } from '../rules/weeks.ts'
import { timesOf } from '../rules/working-times.ts'
import {
  type BucketRow,
  buckets,
  type ItemRow,
  itemPage,
  pendingChanges,
  type Period,
  sums,
  totalOf,
} from '../promises-store.ts'
import { bucketsBySpan } from '../times-store.ts'

/** The weeks asked for. 400 where they end before they begin. */
export function periodOf(input: {
  from: string
  to: string
  kind?: string | undefined
  level?: string | undefined
}): Period {
  const [from, to] = [mondayOf(input.from), mondayOf(input.to)]
  if (to < from) throw invalid('to', 'reports.ends-before')
  return { from, to, kind: input.kind, level: input.level }
}

export async function reportPromises(
  ctx: Ctx,
  input: Input<typeof reports.promises>,
): Promise<Output<typeof reports.promises>> {
  const period = periodOf(input)
  const { by } = input
  if (period.level !== undefined && by !== 'week' && by !== 'level') throw invalid('level', 'reports.level-by-week')
  const { tx, actor } = ctx
  const rows = await sums(tx, actor, by, period)
  const histograms =
    by === 'level' || by === 'week' ? await buckets(tx, actor, by, period) : await bucketsBySpan(tx, actor, by, period)
  const timed = Map.groupBy(histograms, (b) => b.key)
  const timesAt = (key: string | null, found: ReadonlyMap<string | null, BucketRow[]>) => {
    const of = (kind: string) => timesOf((found.get(key) ?? []).filter((b) => b.kind === kind))
    return { firstResponse: of('first_response'), resolution: of('resolution') }
  }
  const all = Map.groupBy(await buckets(tx, actor, null, period), (b) => b.key)
  return {
    by,
    from: period.from,
    to: period.to,
    rows: rows.map(({ key, name, kept, missed }): PromiseRow => ({
      id: by === 'week' || key === 'none' ? null : key,
      name,
      week: by === 'week' ? key : null,
      kept,
      missed,
      ...timesAt(key, timed),
    })),
    total: { id: null, name: null, week: null, ...(await totalOf(tx, actor, period)), ...timesAt(null, all) },
    pending: await pendingChanges(tx),
    asOf: ctx.now,
  }
}

export const shownItem = (row: ItemRow): PromiseItem => ({
  commitment: row.commitment_id,
  kind: row.kind,
  missed: row.missed,
  at: row.at,
  workedSeconds: row.worked_seconds,
  ticket: { id: row.ticket_id, reference: row.reference, title: row.title },
  queue: { id: row.queue_id, name: row.queue_name },
  assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
  serviceLevel: { id: row.level_id, name: row.level_name },
})

export async function reportTickets(
  ctx: Ctx,
  input: Input<typeof reports.tickets>,
): Promise<Output<typeof reports.tickets>> {
  const { by, value } = input
  if (by !== undefined && value !== undefined) {
    const isFit = by === 'week' ? /^\d{4}-\d{2}-\d{2}$/.test(value) : isId(value) || (value === 'none' && by !== 'team')
    if (!isFit) throw invalid('value', 'reports.no-such-row')
  }
  const { rows, next } = await itemPage(
    ctx.tx,
    ctx.actor,
    { ...periodOf(input), by, value, outcome: input.outcome },
    input.limit,
    input.after,
  )
  return { items: rows.map(shownItem), next }
}

import type { Input, Output } from '../../../contract/action.ts'
import type { AsIfRun, reports } from '../../../contract/reports.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, Problem } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { levelOf, whyNotPromise } from '../../service-levels/public.ts'
import { type AsIfRow, insertRun, recentRuns, runById } from '../as-if-store.ts'
import { mostNamed } from '../judge-as-if.ts'
import { itemsById } from '../promises-store.ts'
import { periodOf, shownItem } from '../queries/report-promises.ts'

const shownRun = (r: AsIfRow): AsIfRun => ({
  id: r.id,
  serviceLevel: { id: r.service_level_id, name: r.level_name },
  revision: r.revision,
  from: r.from_date,
  to: r.to_date,
  by: r.started_by_name,
  startedAt: r.created_at,
  finishedAt: r.finished_at,
  failed: r.failed,
  total: r.total,
  done: r.done,
  before: { kept: r.kept_before, missed: r.missed_before },
  after: { kept: r.kept, missed: r.missed },
})

/** Adds a run; a job judges. 404 for a level or version that is not there, 400 where the planned targets cannot be promised. */
export async function startAsIf(ctx: Ctx, input: Input<typeof reports.asIf>): Promise<Output<typeof reports.asIf>> {
  const level = await levelOf(ctx.tx, ctx.actor.organisation, input.level)
  if (level === undefined) throw notFound('service-level')
  const { from, to } = periodOf({ from: input.from, to: input.to })
  const planned =
    input.targets === undefined && input.calendar === undefined
      ? null
      : { calendar: input.calendar ?? level.calendar_id, targets: input.targets ?? level.targets }
  if (planned !== null) {
    const refusal = await whyNotPromise(ctx, planned)
    if (refusal !== null) throw new Problem(400, refusal.code, refusal.params)
  }
  const revision = planned === null ? (input.revision ?? level.revision) : null
  if (revision !== null && revision > level.revision) throw invalid('revision', 'reports.version-gone')
  const id = newId()
  await insertRun(ctx.tx, {
    id,
    organisation_id: ctx.actor.organisation,
    service_level_id: level.id,
    revision,
    planned,
    from_date: from,
    to_date: to,
    started_by: ctx.actor.id,
    started_by_name: ctx.actor.name,
  })
  ctx.addJob('reports.as-if', { run: id }, { key: `as-if:${id}` })
  ctx.record({
    type: 'service-level.judged-as-if',
    subject: { kind: 'service_level', id: level.id },
    after: { run: id, revision, from, to },
  })
  return shownRun((await runById(ctx.tx, id))!)
}

export async function listAsIfRuns(
  ctx: Ctx,
  input: Input<typeof reports.asIfRuns>,
): Promise<Output<typeof reports.asIfRuns>> {
  return { items: (await recentRuns(ctx.tx, ctx.actor.organisation, input.level)).map(shownRun) }
}

/** The promises that would have gone otherwise; those on tickets the reader does not see are left out. */
export async function listAsIfTickets(
  ctx: Ctx,
  input: Input<typeof reports.asIfTickets>,
): Promise<Output<typeof reports.asIfTickets>> {
  const run = await runById(ctx.tx, input.id)
  if (run === undefined || run.organisation_id !== ctx.actor.organisation) throw notFound('report')
  const would = new Map(run.differing)
  const rows = await itemsById(ctx.tx, ctx.actor, [...would.keys()].slice(0, mostNamed))
  return {
    items: rows.map((row) => ({ ...shownItem(row), missed: would.get(row.commitment_id) ?? row.missed })),
    capped: run.differing.length >= mostNamed,
  }
}

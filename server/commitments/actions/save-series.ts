import type { Input, Output } from '../../../contract/action.ts'
import type { commitmentSeries, Series } from '../../../contract/commitment-series.ts'
import { may } from '../../../contract/permissions.ts'
import { sanitised } from '../../notes/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, Problem, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { isoInstant } from '../../calendars/public.ts'
import { fixedMoment, isZone } from '../rules/fixed-moment.ts'
import { madeOn, occurrencesFrom, type Recurrence, whyNotRecur } from '../rules/occurrences.ts'
import {
  countSeries,
  insertSeries,
  saveSeries,
  type SeriesColumns,
  seriesById,
  seriesPage,
  type StoredSeries,
} from '../series-store.ts'
import { nameOfOwner } from '../by-hand-store.ts'
import { demandOwner, demandSubject } from './make-commitment.ts'

const whyNotEdit = (ctx: Ctx, s: StoredSeries) => {
  const mine =
    s.made_by === ctx.actor.id ||
    (s.owner_kind === 'person' ? s.owner_id === ctx.actor.person : ctx.actor.teams.includes(s.owner_id))
  return may(ctx.actor.role, 'commitments.make') &&
    (mine || (may(ctx.actor.role, 'commitments.all') && may(ctx.actor.role, 'commitments.write')))
    ? null
    : { code: 'commitments.series-not-yours' }
}

async function shownSeries(ctx: Ctx, subjects: Subjects, rows: readonly StoredSeries[]): Promise<Series[]> {
  const about = rows.flatMap((s) => (s.subject_id === null ? [] : [{ kind: s.subject_kind!, id: s.subject_id }]))
  const named = await subjects.describe(ctx.tx, about)
  return rows.map((s) => ({
    id: s.id,
    version: s.version,
    title: s.title,
    note: s.note,
    kind: s.kind,
    rule: s.rule,
    startsOn: s.starts_on,
    dueTime: s.due_time,
    zone: s.zone,
    about:
      s.subject_id === null
        ? null
        : { kind: s.subject_kind!, id: s.subject_id, ...(named.get(s.subject_id) ?? { reference: '', title: '' }) },
    owner: { kind: s.owner_kind, id: s.owner_id, name: s.owner_name ?? '' },
    warnSeconds: s.warn_seconds,
    needsEvidence: s.needs_evidence,
    leadDays: s.lead_days,
    active: s.active,
    nextOn: s.active ? s.next_on : null,
    kept: s.kept,
    missed: s.missed,
    open: s.open,
    refusals: shownRefusals({ edit: whyNotEdit(ctx, s) }),
  }))
}

const today = (ctx: Ctx, zone: string): string =>
  Temporal.Instant.from(ctx.now).toZonedDateTimeISO(zone).toPlainDate().toString()

/** The first occurrence that is not over yet. */
const firstOpen = (ctx: Ctx, recurrence: Recurrence, zone: string): string | null =>
  occurrencesFrom(recurrence, today(ctx, zone), 1)[0] ?? null

function demandRecurrence(recurrence: Recurrence, zone: string): void {
  if (!isZone(zone)) throw invalid('zone', 'commitments.zone-unknown', { zone })
  const refusal = whyNotRecur(recurrence)
  if (refusal !== null) throw invalid('rule', refusal.code, refusal.params)
}

export async function previewSeries(
  ctx: Ctx,
  input: Input<typeof commitmentSeries.preview>,
): Promise<Output<typeof commitmentSeries.preview>> {
  const zone = input.zone ?? ctx.actor.zone
  demandRecurrence(input, zone)
  const dates = occurrencesFrom(input, today(ctx, zone), input.limit)
  return { occurrences: dates.map((on) => isoInstant(fixedMoment(on, input.dueTime, zone))) }
}

export const listSeries =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitmentSeries.list>): Promise<Output<typeof commitmentSeries.list>> => {
    const { rows, next } = await seriesPage(ctx.tx, subjects, ctx.actor, {
      active: input.active,
      limit: input.limit,
      after: input.after,
    })
    const items = await shownSeries(ctx, subjects, rows)
    return input.count === undefined
      ? { items, next }
      : { items, next, total: await countSeries(ctx.tx, subjects, ctx.actor, input.active) }
  }

export const showSeries =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitmentSeries.show>): Promise<Output<typeof commitmentSeries.show>> => {
    const found = await seriesById(ctx.tx, subjects, ctx.actor, input.id)
    if (found === undefined) throw notFound('series')
    return (await shownSeries(ctx, subjects, [found]))[0]!
  }

export const createSeries =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitmentSeries.create>): Promise<Output<typeof commitmentSeries.create>> => {
    const zone = input.zone ?? ctx.actor.zone
    demandRecurrence(input, zone)
    const subject = await demandSubject(ctx, subjects, input.about)
    const owner = await demandOwner(ctx, input.owner)
    const on = firstOpen(ctx, input, zone)
    if (on === null) throw invalid('rule', 'commitments.rule-over')
    const id = newId()
    const columns: SeriesColumns = {
      title: input.title,
      note: sanitised(input.note),
      kind: input.kind,
      rule: input.rule,
      starts_on: input.startsOn,
      due_time: input.dueTime,
      zone,
      subject_kind: subject?.kind ?? null,
      subject_id: subject?.id ?? null,
      owner_kind: owner.kind,
      owner_id: owner.id,
      warn_seconds: input.warnSeconds ?? null,
      needs_evidence: input.needsEvidence,
      lead_days: input.leadDays,
      active: true,
      next_on: on,
      next_at: madeOn(on, input.leadDays, zone),
    }
    await insertSeries(ctx.tx, {
      ...columns,
      id,
      organisation_id: ctx.actor.organisation,
      made_by: ctx.actor.id,
      made_by_name: ctx.actor.name,
    })
    ctx.record({ type: 'commitment-series.created', subject: { kind: 'commitment_series', id }, after: { ...columns } })
    return (await shownSeries(ctx, subjects, [(await seriesById(ctx.tx, subjects, ctx.actor, id))!]))[0]!
  }

export const editSeries =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitmentSeries.edit>): Promise<Output<typeof commitmentSeries.edit>> => {
    const before = await seriesById(ctx.tx, subjects, ctx.actor, input.id, true)
    if (before === undefined) throw notFound('series')
    if (input.version !== undefined && input.version !== before.version)
      throw stale((await shownSeries(ctx, subjects, [before]))[0]!, input)
    refuse(whyNotEdit(ctx, before))
    if (input.owner !== undefined && (await nameOfOwner(ctx.tx, ctx.actor.organisation, input.owner)) === undefined)
      throw invalid('owner', 'commitments.owner-unknown')
    const given: Partial<SeriesColumns> = {
      ...(input.title === undefined ? {} : { title: input.title }),
      ...(input.note === undefined ? {} : { note: sanitised(input.note) }),
      ...(input.owner === undefined ? {} : { owner_kind: input.owner.kind, owner_id: input.owner.id }),
      ...(input.warnSeconds === undefined ? {} : { warn_seconds: input.warnSeconds }),
      ...(input.needsEvidence === undefined ? {} : { needs_evidence: input.needsEvidence }),
      ...(input.leadDays === undefined ? {} : { lead_days: input.leadDays }),
      ...(input.rule === undefined ? {} : { rule: input.rule }),
      ...(input.active === undefined ? {} : { active: input.active }),
    }
    const change = changes(before, { ...before, ...given })
    if (Object.keys(change.after).length === 0) ctx.unchanged()
    else {
      const after = { ...before, ...given }
      const recurrence = { rule: after.rule, startsOn: after.starts_on }
      if (input.rule !== undefined) demandRecurrence(recurrence, after.zone)
      // what was missed while it was switched off is not made up for
      const isAnew = input.rule !== undefined || (after.active && !before.active)
      const on = isAnew ? firstOpen(ctx, recurrence, after.zone) : before.next_on
      await saveSeries(ctx.tx, before.id, { ...given, next_on: on, next_at: madeOn(on, after.lead_days, after.zone) })
      ctx.record({ type: 'commitment-series.edited', subject: { kind: 'commitment_series', id: before.id }, ...change })
    }
    const found = await seriesById(ctx.tx, subjects, ctx.actor, before.id)
    if (found === undefined) throw new Problem(403, 'commitments.series-not-yours')
    return (await shownSeries(ctx, subjects, [found]))[0]!
  }

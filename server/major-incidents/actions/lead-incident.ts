import type { Input, Output } from '../../../contract/action.ts'
import type { majorIncidents } from '../../../contract/major-incidents.ts'
import { endSteps, giveStep, startSteps } from '../../commitments/public.ts'
import type { MailOutlet } from '../../mail/public.ts'
import { paragraphs } from '../../notes/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import { type Ctx, nowSeconds } from '../../platform/ctx.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { showMoment } from '../../platform/sentences.ts'
import { anyTicket, lockedTicket, standing, writeNote } from '../../tickets/public.ts'
import {
  hasLiveIncident,
  incidentById,
  type IncidentColumns,
  insertIncident,
  insertUpdate,
  saveIncident,
  type SeenIncident,
  unknownStakeholders,
} from '../incidents-store.ts'
import { composeReport } from '../rules/compose-report.ts'
import { whyNotDeclare, whyNotLead, whyNotReport } from '../rules/why-not.ts'
import { shownIncident, standingOf } from '../shown.ts'
import { tellStakeholders } from '../tell.ts'

async function held(ctx: Ctx, input: { id: string; version?: number | undefined }): Promise<SeenIncident> {
  // the ticket before what hangs on it, as everybody takes them
  const found = await incidentById(ctx.tx, ctx.actor, input.id)
  if (found === undefined || !found.seen) throw notFound('major-incident')
  await lockedTicket(ctx, { id: found.ticket_id })
  const now = (await incidentById(ctx.tx, ctx.actor, input.id, true))!
  if (input.version !== undefined && input.version !== now.version) throw stale(shownIncident(ctx.actor, now), input)
  return now
}
const reread = async (ctx: Ctx, id: string) => shownIncident(ctx.actor, (await incidentById(ctx.tx, ctx.actor, id))!)
const about = (i: { ticket_id: string }) => ({ kind: 'ticket', id: i.ticket_id })

/** 400 where somebody is named who is not here. */
async function demandPeople(
  ctx: Ctx,
  given: Partial<
    Pick<Input<typeof majorIncidents.edit>, 'commander' | 'communications' | 'technical' | 'persons' | 'teams'>
  >,
): Promise<void> {
  const roles = (['commander', 'communications', 'technical'] as const).flatMap((role) =>
    given[role] == null ? [] : [{ role, id: given[role] }],
  )
  const unknown = await unknownStakeholders(ctx.tx, ctx.actor.organisation, {
    persons: [...roles.map(({ id }) => id), ...(given.persons ?? [])],
    teams: given.teams ?? [],
  })
  const wrong =
    roles.find(({ id }) => unknown.persons.includes(id))?.role ??
    (unknown.persons.length > 0 ? 'persons' : unknown.teams.length > 0 ? 'teams' : undefined)
  if (wrong !== undefined) throw invalid(wrong, 'major-incidents.nobody')
}

/** Promises the next update: so many minutes from now, around the clock, by whoever does communications. */
async function promiseNext(
  ctx: Ctx,
  i: Pick<SeenIncident, 'id' | 'organisation_id' | 'headline' | 'reference' | 'update_minutes' | 'communications_id'>,
  cause: string,
): Promise<string> {
  const at = nowSeconds(ctx) + i.update_minutes * 60
  const [clock] = await startSteps(
    ctx,
    i.organisation_id,
    [
      {
        subject: { kind: 'major_incident', id: i.id },
        kind: 'incident_update',
        title: sentence('major-incidents.promise', { reference: i.reference, headline: i.headline }),
        owner: { person: i.communications_id, teams: [] },
        target: { at },
      },
    ],
    cause,
  )
  const nextAt = new Date(at * 1000).toISOString()
  await saveIncident(ctx.tx, i.id, { commitment_id: clock?.id ?? null, next_update_at: nextAt })
  return nextAt
}

export function leadIncident(outlet: MailOutlet | null) {
  async function tell(
    ctx: Ctx,
    i: SeenIncident,
    kind: 'declared' | 'update' | 'ended',
    words: string,
    promisedFor: string | null,
  ): Promise<void> {
    const update = await insertUpdate(ctx.tx, i.id, {
      kind,
      words,
      at: ctx.now,
      by_name: ctx.actor.name,
      promised_for: promisedFor,
    })
    const ticket = (await anyTicket(ctx.tx, i.ticket_id))!
    await writeNote(ctx, ticket, { public: true, body: paragraphs(words), attachments: [], quiet: true })
    await tellStakeholders(ctx, outlet, i, { kind, words, cause: update })
  }

  async function declare(
    ctx: Ctx,
    input: Input<typeof majorIncidents.declare>,
  ): Promise<Output<typeof majorIncidents.declare>> {
    const ticket = await lockedTicket(ctx, { id: input.id })
    const isLive = await hasLiveIncident(ctx.tx, ticket.id)
    refuse(
      whyNotDeclare(
        { open: ticket.open, confidential: ticket.confidential, isLive },
        standing(ctx, ticket),
        input.everyone,
      ),
    )
    await demandPeople(ctx, input)
    const id = newId()
    await insertIncident(ctx.tx, {
      id,
      organisation_id: ticket.organisation_id,
      ticket_id: ticket.id,
      headline: input.headline,
      affected: input.affected,
      update_minutes: input.updateMinutes,
      commander_id: input.commander,
      communications_id: input.communications,
      technical_id: input.technical,
      everyone: input.everyone,
      teams: input.teams,
      persons: input.persons,
      addresses: input.addresses,
      declared_at: ctx.now,
      declared_by_name: ctx.actor.name,
    })
    const cause = ctx.record({
      type: 'major-incident.declared',
      subject: { kind: 'ticket', id: ticket.id },
      after: { incident: id, headline: input.headline, minutes: input.updateMinutes },
    })
    const made = (await incidentById(ctx.tx, ctx.actor, id))!
    const next_update_at = await promiseNext(ctx, made, cause)
    await tell(ctx, { ...made, next_update_at }, 'declared', input.words, null)
    return reread(ctx, id)
  }

  async function update(
    ctx: Ctx,
    input: Input<typeof majorIncidents.update>,
  ): Promise<Output<typeof majorIncidents.update>> {
    const i = await held(ctx, input)
    refuse(whyNotLead(i, standingOf(ctx.actor, i)))
    const cause = ctx.record({ type: 'major-incident.updated', subject: about(i), after: { incident: i.id } })
    await endSteps(ctx, [i.commitment_id], 'stop', cause)
    const next_update_at = await promiseNext(ctx, i, cause)
    await tell(ctx, { ...i, next_update_at }, 'update', input.words, i.next_update_at)
    return reread(ctx, i.id)
  }

  async function end(ctx: Ctx, input: Input<typeof majorIncidents.end>): Promise<Output<typeof majorIncidents.end>> {
    const i = await held(ctx, input)
    refuse(whyNotLead(i, standingOf(ctx.actor, i)))
    const cause = ctx.record({
      type: 'major-incident.ended',
      subject: about(i),
      after: { incident: i.id, headline: i.headline },
    })
    await endSteps(ctx, [i.commitment_id], 'stop', cause)
    await tell(ctx, i, 'ended', input.words, i.next_update_at)
    const { updates } = (await incidentById(ctx.tx, ctx.actor, i.id))!
    const report = composeReport(
      {
        reference: i.reference,
        headline: i.headline,
        affected: i.affected,
        declaredAt: i.declared_at,
        endedAt: ctx.now,
        commander: i.commander_name,
        communications: i.communications_name,
        technical: i.technical_name,
        updates: updates.map((u) => ({ kind: u.kind, words: u.words, at: u.at, promisedFor: u.promised_for })),
      },
      {
        sentence: (key, params) => sentence(key, params, ctx.actor.zone),
        moment: (at) => showMoment(at, ctx.actor.zone),
      },
    )
    await saveIncident(ctx.tx, i.id, {
      state: 'ended',
      ended_at: ctx.now,
      ended_by_name: ctx.actor.name,
      commitment_id: null,
      next_update_at: null,
      report,
    })
    return reread(ctx, i.id)
  }

  async function saveReport(
    ctx: Ctx,
    input: Input<typeof majorIncidents.saveReport>,
  ): Promise<Output<typeof majorIncidents.saveReport>> {
    const i = await held(ctx, input)
    refuse(whyNotReport(i, standingOf(ctx.actor, i)))
    if (input.report === i.report && !input.send) {
      ctx.unchanged()
      return shownIncident(ctx.actor, i)
    }
    await saveIncident(ctx.tx, i.id, { report: input.report, ...(input.send ? { report_sent_at: ctx.now } : {}) })
    const cause = ctx.record({
      type: input.send ? 'major-incident.report-sent' : 'major-incident.report-edited',
      subject: about(i),
      after: { incident: i.id, headline: i.headline },
    })
    if (input.send) await tellStakeholders(ctx, outlet, i, { kind: 'report', words: input.report, cause })
    return reread(ctx, i.id)
  }

  async function edit(ctx: Ctx, input: Input<typeof majorIncidents.edit>): Promise<Output<typeof majorIncidents.edit>> {
    const i = await held(ctx, input)
    refuse(whyNotLead(i, standingOf(ctx.actor, i)))
    const ticket = (await anyTicket(ctx.tx, i.ticket_id))!
    if (ticket.confidential && input.everyone === true) refuse({ code: 'major-incidents.confidential' })
    await demandPeople(ctx, input)
    const was: Partial<IncidentColumns> = {
      headline: i.headline,
      affected: i.affected,
      update_minutes: i.update_minutes,
      commander_id: i.commander_id,
      communications_id: i.communications_id,
      technical_id: i.technical_id,
      everyone: i.everyone,
      teams: i.teams,
      persons: i.persons,
      addresses: i.addresses,
    }
    const after: Partial<IncidentColumns> = {
      headline: input.headline ?? i.headline,
      affected: input.affected ?? i.affected,
      update_minutes: input.updateMinutes ?? i.update_minutes,
      commander_id: input.commander ?? i.commander_id,
      communications_id: input.communications ?? i.communications_id,
      technical_id: input.technical === undefined ? i.technical_id : input.technical,
      everyone: input.everyone ?? i.everyone,
      teams: input.teams ?? i.teams,
      persons: input.persons ?? i.persons,
      addresses: input.addresses ?? i.addresses,
    }
    const change = changes({ ...was }, { ...after })
    if (Object.keys(change.after).length === 0) {
      ctx.unchanged()
      return shownIncident(ctx.actor, i)
    }
    await saveIncident(ctx.tx, i.id, after)
    const cause = ctx.record({ type: 'major-incident.changed', subject: about(i), ...change })
    if (after.update_minutes !== i.update_minutes) {
      // the next is promised anew, from now on
      await endSteps(ctx, [i.commitment_id], 'cancel', cause)
      await promiseNext(ctx, { ...i, ...after }, cause)
    } else if (after.communications_id !== i.communications_id)
      await giveStep(ctx, i.commitment_id, { person: after.communications_id!, teams: [] })
    return reread(ctx, i.id)
  }
  return { declare, update, end, saveReport, edit }
}

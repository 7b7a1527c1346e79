import type { Input, Output } from '../../../contract/action.ts'
import type { attestations } from '../../../contract/attestations.ts'
import { keepAccuracy } from '../../asset-audits/public.ts'
import { locationById } from '../../locations/public.ts'
import { personById } from '../../people/public.ts'
import { type Ctx, todayOf } from '../../platform/ctx.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import {
  addCounts,
  attestationById,
  type Chosen,
  freezeAsks,
  insertAttestation,
  saveAttestation,
  type StoredAttestation,
  teamName,
} from '../attestations-store.ts'
import { followAttestationTask } from '../follow-job.ts'
import { keepCampaignMoment } from '../moments.ts'
import { whyNotChange, whyNotClose } from '../rules/why-not-attest.ts'
import { shownAttestation } from '../shown.ts'

type Who = Input<typeof attestations.start>['who']

/** Whom a campaign asks, and in words; 400 where that says nobody. */
async function chosenOf(ctx: Ctx, who: Who): Promise<{ chosen: Chosen; words: string }> {
  const { organisation } = ctx.actor
  const unknown = invalid('who', 'attestations.who-unknown')
  if (who.kind === 'all') return { chosen: { kind: 'all' }, words: '' }
  if (who.kind === 'department') {
    if (who.department === undefined) throw unknown
    return { chosen: { kind: 'department', department: who.department }, words: who.department }
  }
  if (who.kind === 'people') {
    if (who.people === undefined) throw unknown
    return { chosen: { kind: 'people', people: who.people }, words: '' }
  }
  if (who.id === undefined) throw unknown
  const words =
    who.kind === 'location'
      ? (await locationById(ctx.tx, organisation, who.id))?.full_name
      : await teamName(ctx.tx, organisation, who.id)
  if (words === undefined) throw unknown
  return { chosen: { kind: who.kind, id: who.id }, words }
}

/** The campaign, held; 404 where there is none, 409 where the act is based on an old version. */
export async function heldAttestation(
  ctx: Ctx,
  input: { id: string; version?: number | undefined },
): Promise<StoredAttestation> {
  const found = await attestationById(ctx.tx, ctx.actor.organisation, input.id, true)
  if (found === undefined) throw notFound('campaign')
  if (input.version !== undefined && input.version !== found.version)
    throw stale(shownAttestation(ctx.actor, found), input)
  return found
}

const follow = (ctx: Ctx, id: string, anew: boolean): void =>
  ctx.addJob(
    followAttestationTask,
    { attestation: id, organisation: ctx.actor.organisation, by: ctx.actor.name, anew },
    { queue: `${followAttestationTask} ${id}` },
  )

async function told(ctx: Ctx, id: string, type: string, before: object | null, after: Record<string, unknown>) {
  const now = (await attestationById(ctx.tx, ctx.actor.organisation, id))!
  const cause = ctx.record({
    type: `attestation.${type}`,
    subject: { kind: 'attestation', id },
    before: before as Record<string, unknown> | null,
    after,
  })
  await keepCampaignMoment(ctx, now, cause)
  return shownAttestation(ctx.actor, now)
}

/** Begins a campaign: who is asked about what is frozen, and a job tells them. */
export async function startAttestation(
  ctx: Ctx,
  input: Input<typeof attestations.start>,
): Promise<Output<typeof attestations.start>> {
  const { organisation } = ctx.actor
  if (input.dueOn <= todayOf(ctx)) throw invalid('dueOn', 'attestations.due-past')
  const ownerId = input.owner ?? ctx.actor.person
  const owner = ownerId === null ? undefined : await personById(ctx.tx, organisation, ownerId)
  if (owner === undefined || !owner.active) throw invalid('owner', 'attestations.owner-unknown')
  const { chosen, words } = await chosenOf(ctx, input.who)
  const id = newId()
  await insertAttestation(ctx.tx, {
    id,
    organisation_id: organisation,
    name: input.name,
    note: input.note,
    owner_id: owner.id,
    asked_kind: input.who.kind,
    asked_words: words,
    due_on: input.dueOn,
  })
  const { people, items } = await freezeAsks(ctx.tx, organisation, id, chosen)
  if (people === 0) throw invalid('who', 'attestations.nobody')
  await addCounts(ctx.tx, id, { people, items })
  follow(ctx, id, false)
  return told(ctx, id, 'started', null, { name: input.name, people, items, due_on: input.dueOn })
}

/** Another day for the answers; whoever has not answered is reminded by that. */
export async function moveAttestation(
  ctx: Ctx,
  input: Input<typeof attestations.move>,
): Promise<Output<typeof attestations.move>> {
  const before = await heldAttestation(ctx, input)
  refuse(whyNotChange(before.state))
  if (input.dueOn <= todayOf(ctx)) throw invalid('dueOn', 'attestations.due-past')
  if (input.dueOn === before.due_on) {
    ctx.unchanged()
    return shownAttestation(ctx.actor, before)
  }
  await saveAttestation(ctx.tx, before.id, { due_on: input.dueOn })
  follow(ctx, before.id, true)
  return told(ctx, before.id, 'moved', { due_on: before.due_on }, { due_on: input.dueOn })
}

/** Closes a campaign. What was not answered says nothing of the register, and counts nowhere. */
export async function closeAttestation(
  ctx: Ctx,
  input: Input<typeof attestations.close>,
): Promise<Output<typeof attestations.close>> {
  const before = await heldAttestation(ctx, input)
  refuse(whyNotClose(before.state, before.unsettled))
  await saveAttestation(ctx.tx, before.id, {
    state: 'closed',
    closed_at: ctx.now,
    closed_by_name: ctx.actor.name,
  })
  const { mine, not_mine: missing, gaps: fresh } = before
  await keepAccuracy(ctx.tx, before.organisation_id, {
    kind: 'attestation',
    id: before.id,
    closedOn: todayOf(ctx),
    found: mine,
    missing,
    elsewhere: 0,
    fresh,
  })
  follow(ctx, before.id, true)
  return told(ctx, before.id, 'closed', { state: before.state }, { state: 'closed', mine, of: mine + missing + fresh })
}

export async function cancelAttestation(
  ctx: Ctx,
  input: Input<typeof attestations.cancel>,
): Promise<Output<typeof attestations.cancel>> {
  const before = await heldAttestation(ctx, input)
  refuse(whyNotChange(before.state))
  await saveAttestation(ctx.tx, before.id, {
    state: 'cancelled',
    closed_at: ctx.now,
    closed_by_name: ctx.actor.name,
  })
  follow(ctx, before.id, true)
  return told(ctx, before.id, 'cancelled', { state: before.state }, { state: 'cancelled', reason: input.reason })
}

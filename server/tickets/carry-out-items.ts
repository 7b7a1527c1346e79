import type { ItemTask } from '../../contract/ticket-items.ts'
import { changeAssets, lockedAsset, moveAsset } from '../assets/public.ts'
import { demandOwner, startByHand } from '../commitments/public.ts'
import { handOut, takeBack } from '../custody/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Ctx, nowSeconds } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { itemDone, itemsOf, type StoredItem } from './items-store.ts'
import { afterRepair, theftSteps } from './rules/item-tasks.ts'
import type { StoredTicket } from './tickets-store.ts'

/** What the history of an asset, which more people read than the ticket, says of it. */
const reasonOf = (ticket: StoredTicket): string =>
  ticket.confidential ? sentence('ticket-items.confidential') : ticket.reference

/** What a task does to an asset as soon as it is linked. The reason that the asset's history tells is the ticket. */
export async function beginTask(ctx: Ctx, ticket: StoredTicket, asset: string, task: ItemTask): Promise<void> {
  if (task !== 'repair' && task !== 'stolen') return
  const before = await lockedAsset(ctx, asset)
  const to = task === 'repair' ? 'in_repair' : 'stolen'
  if (before.state !== to) await moveAsset(ctx, before, to, { reason: reasonOf(ticket) })
  if (task === 'stolen') await promiseTheftSteps(ctx, ticket, before.tag)
}

/** A theft opens its checklist: each step a commitment of whoever has the ticket, else of the team that serves its queue. */
async function promiseTheftSteps(ctx: Ctx, ticket: StoredTicket, tag: string): Promise<void> {
  const [team] = ticket.queue_teams
  const owner = await demandOwner(
    ctx,
    ticket.assignee_id !== null
      ? { kind: 'person', id: ticket.assignee_id }
      : team === undefined
        ? undefined
        : { kind: 'team', id: team },
  )
  for (const { step, hours, needsEvidence } of theftSteps)
    await startByHand(ctx, {
      kind: 'task',
      title: sentence(`tickets.theft.${step}`, { tag }),
      note: '',
      subject: { kind: 'ticket', id: ticket.id },
      owner,
      warnSeconds: null,
      dueAt: nowSeconds(ctx) + hours * 3600,
      allDay: false,
      zone: ctx.actor.zone,
      private: false,
      needsEvidence,
      madeBy: ctx.actor.id,
      madeByName: ctx.actor.name,
      series: null,
      occursOn: null,
    })
}

/**
 * Carries out what a ticket planned with assets, as it is resolved: all of it or nothing, so that no deployment is closed whose device is still in
 * stock. 409 with the reason where the register does not allow it.
 */
export async function carryOutItems(ctx: Ctx, ticket: StoredTicket): Promise<void> {
  for (const item of await itemsOf(ctx.tx, ticket.id)) {
    if (item.task === 'affected' || item.task === 'stolen' || item.done_at !== null) continue
    if (item.task === 'deploy') await deploy(ctx, ticket, item)
    else if (item.task === 'take_back') await bringBack(ctx, ticket, item)
    else await endRepair(ctx, ticket, item)
    await itemDone(ctx.tx, item.id, ctx.now)
  }
}

async function deploy(ctx: Ctx, ticket: StoredTicket, item: StoredItem): Promise<void> {
  const to =
    item.to_kind !== null
      ? { kind: item.to_kind, id: item.to_id! }
      : ticket.requester_id === null
        ? null
        : { kind: 'person' as const, id: ticket.requester_id }
  if (to === null) throw new Problem(409, 'ticket-items.to-nobody', { tag: item.reference })
  if (item.holder_id !== to.id)
    await handOut(ctx, {
      assets: [item.item_id],
      to,
      note: reasonOf(ticket),
      ...(item.due_back_on === null ? {} : { dueBackOn: item.due_back_on }),
    })
  if (item.warranty_until === null) return
  const before = await lockedAsset(ctx, item.item_id)
  await changeAssets(ctx, [{ before, columns: { warranty_until: item.warranty_until } }], {
    type: 'asset.changed',
    reason: reasonOf(ticket),
  })
}

async function bringBack(ctx: Ctx, ticket: StoredTicket, item: StoredItem): Promise<void> {
  // somebody took it back at the counter already
  if (item.holder_id === null) return
  if (item.held_since !== null && item.held_since > item.planned_at)
    throw new Problem(409, 'ticket-items.with-another', { tag: item.reference, holder: item.holder_name ?? '' })
  await takeBack(ctx, {
    assets: [item.item_id],
    condition: 'good',
    note: reasonOf(ticket),
    repair: false,
    ...(item.place_id === null ? {} : { location: item.place_id }),
  })
}

async function endRepair(ctx: Ctx, ticket: StoredTicket, item: StoredItem): Promise<void> {
  const before = await lockedAsset(ctx, item.item_id)
  // moved on by hand meanwhile: lost in the workshop, retired as beyond repair
  if (before.state !== 'in_repair') return
  await moveAsset(ctx, before, afterRepair(before.holder_id !== null), {
    reason: reasonOf(ticket),
    given: item.place_id === null ? {} : { location_id: item.place_id },
  })
}

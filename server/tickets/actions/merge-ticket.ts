import type { Input, Output } from '../../../contract/action.ts'
import type { ticketMerges } from '../../../contract/ticket-merges.ts'
import { isDone } from '../../../contract/tickets.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { notFound, refuse } from '../../platform/errors.ts'
import { changeTicket, leftToQueue, lockedTicket, standing } from '../changing.ts'
import { cancelMerged, resumeMerged } from '../merged-clocks.ts'
import { holdInOrder, leftToDo, letInByOthers, letInFurther, saveMerge, takeMerge } from '../merges-store.ts'
import { ancestorsOf, handChildren, holdFamilies } from '../parents-store.ts'
import { whyNotMerge, whyNotTakeApart } from '../rules/why-not-merge.ts'
import { refreshSearchText } from '../search-text.ts'
import { addWatcher, anyTicket, removeWatcher, saveTicket, type StoredTicket, watchersOf } from '../tickets-store.ts'

/** What a floor above knows of a ticket. */
export interface HangsOnTicket {
  /** A major incident goes on with it. */
  hasLiveIncident(db: Db, ticket: string): Promise<boolean>
}

/**
 * Merges a ticket into another one. It keeps all that is its own; its clocks end, whoever followed it follows the other from now on, save where
 * that is confidential.
 */
export const mergeTicket =
  ({ hasLiveIncident }: HangsOnTicket) =>
  async (ctx: Ctx, input: Input<typeof ticketMerges.merge>): Promise<Output<typeof ticketMerges.merge>> => {
    await holdFamilies(ctx.tx, ctx.actor.organisation)
    await holdInOrder(ctx.tx, [input.id, input.into])
    const loser = await lockedTicket(ctx, input)
    const survivor = await lockedTicket(ctx, { id: input.into })
    const who = { loser: standing(ctx, loser), survivor: standing(ctx, survivor) }
    const isAbove = (await ancestorsOf(ctx.tx, survivor.id)).includes(loser.id)
    const isMajor = await hasLiveIncident(ctx.tx, loser.id)
    refuse(whyNotMerge(loser, survivor, who, { ...(await leftToDo(ctx.tx, loser.id)), isAbove, isMajor }))
    return changeTicket(
      ctx,
      loser,
      { state: 'closed', waiting_since: null, closed_at: ctx.now, merged_into: survivor.id },
      {
        type: 'ticket.merged',
        names: { after: { merged_into_name: survivor.reference } },
        afterSaving: async (event) => {
          await cancelMerged(ctx, loser, event)
          const watchers = await letIn(ctx, loser, survivor)
          await saveMerge(ctx.tx, {
            ticket_id: loser.id,
            into_id: survivor.id,
            merged_at: ctx.now,
            merged_by_name: ctx.actor.name,
            event_id: event,
            state: loser.state,
            waiting_since: loser.waiting_since,
            resolved_at: loser.resolved_at,
            closed_at: loser.closed_at,
            watchers,
            children: await handOn(ctx, loser, survivor, null),
          })
          await touched(ctx, survivor, 'ticket.gathered', { ticket: loser.id, reference: loser.reference })
        },
      },
    )
  }

/** Brings a merged ticket back as it stood; who was let into the other for its sake follows that no longer. */
export async function takeApart(
  ctx: Ctx,
  input: Input<typeof ticketMerges.takeApart>,
): Promise<Output<typeof ticketMerges.takeApart>> {
  await holdFamilies(ctx.tx, ctx.actor.organisation)
  const loser = await lockedTicket(ctx, input)
  refuse(whyNotTakeApart(loser, standing(ctx, loser)))
  const merge = await takeMerge(ctx.tx, loser.id)
  const survivor = await anyTicket(ctx.tx, loser.merged_into!)
  if (merge === undefined || survivor === undefined) throw notFound('ticket')
  const { state, waiting_since, resolved_at, closed_at } = merge
  const back = await changeTicket(
    ctx,
    loser,
    { state, waiting_since, resolved_at, closed_at, merged_into: null },
    {
      type: 'ticket.taken-apart',
      names: { before: { merged_into_name: survivor.reference } },
      afterSaving: async () => {
        await resumeMerged(ctx, loser, merge.event_id)
        // a child that stands above the ticket by now would close a circle
        const above = await ancestorsOf(ctx.tx, loser.id)
        const children = merge.children.filter((child) => !above.includes(child))
        await handOn(ctx, survivor, loser, children)
        for (const person of merge.watchers) await letGo(ctx, survivor.id, person)
        await touched(ctx, survivor, 'ticket.let-go', { ticket: loser.id, reference: loser.reference })
      },
    },
  )
  return isDone(state) ? back : leftToQueue(ctx, loser, back)
}

/** Whoever takes part in the one takes part in the other; nobody is let into a confidential ticket by this. Answers who was added. */
async function letIn(ctx: Ctx, loser: StoredTicket, survivor: StoredTicket): Promise<string[]> {
  if (survivor.confidential) return []
  const people = (await watchersOf(ctx.tx, loser.id)).map((one) => one.id)
  if (loser.requester_id !== null) people.push(loser.requester_id)
  const added: string[] = []
  for (const person of new Set(people))
    if (person !== survivor.requester_id && (await addWatcher(ctx.tx, survivor.id, person))) added.push(person)
  return added
}

/** Whom a merge let in follows that ticket no longer, nor those into which it was merged itself; save where another merge let them in, too. */
async function letGo(ctx: Ctx, ticket: string, person: string): Promise<void> {
  for (let at: string | undefined = ticket; at !== undefined; at = await letInFurther(ctx.tx, at, person)) {
    if ((await letInByOthers(ctx.tx, at)).includes(person)) return
    await removeWatcher(ctx.tx, at, person)
  }
}

/** The children of the one are from now on those of the other; `named`: of those that it has. */
async function handOn(
  ctx: Ctx,
  from: StoredTicket,
  to: StoredTicket,
  named: readonly string[] | null,
): Promise<string[]> {
  const children = named?.length === 0 ? [] : await handChildren(ctx.tx, from.id, to.id, named)
  for (const child of children)
    ctx.record({
      type: 'ticket.parent-set',
      subject: { kind: 'ticket', id: child },
      before: { parent_id: from.id, parent_name: from.reference },
      after: { parent_id: to.id, parent_name: to.reference },
    })
  return children
}

async function touched(ctx: Ctx, ticket: StoredTicket, type: string, after: Record<string, unknown>): Promise<void> {
  await saveTicket(ctx.tx, ticket.id, {}, ctx.now)
  ctx.record({ type, subject: { kind: 'ticket', id: ticket.id }, after })
  await refreshSearchText(ctx.tx, [ticket.id])
}

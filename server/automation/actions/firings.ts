import type { Input, Output } from '../../../contract/action.ts'
import type { Firing, ticketRules } from '../../../contract/ticket-rules.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse } from '../../platform/errors.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { anyTicket, assignTicket, changeState, editTicket, namesOf, ticketByKey } from '../../tickets/public.ts'
import { valueOf } from '../carry-out.ts'
import { type EffectDone, firingById, firingPage, firingsOf, markUndone, type StoredFiring } from '../firings-store.ts'
import { ruleById } from '../rules-store.ts'
import { whyNotUndo } from '../rules/why-not-undo.ts'
import { becauseWords, doneWords, idsOfFiring } from '../sentences.ts'

async function shown(ctx: Ctx, firings: readonly StoredFiring[]): Promise<Firing[]> {
  const names = await namesOf(ctx.tx, ctx.actor.organisation, [...new Set(firings.flatMap(idsOfFiring))])
  return firings.map((f) => ({
    id: f.id,
    rule: { id: f.rule_id, name: f.rule_name },
    ticket: { id: f.ticket_id, reference: f.reference, title: f.title },
    at: f.at,
    because: becauseWords(f.conditions, names),
    did: f.done.map((one) => doneWords(one, names)),
    undone: f.undone_at === null ? null : { at: f.undone_at, by: f.undone_by_name ?? '' },
    refusals: shownRefusals({ undo: whyNotUndo(f.undone_at, f.done) }),
  }))
}

export async function listFirings(
  ctx: Ctx,
  input: Input<typeof ticketRules.firings>,
): Promise<Output<typeof ticketRules.firings>> {
  if ((await ruleById(ctx.tx, ctx.actor.organisation, input.id)) === undefined) throw notFound('rule')
  const { rows, next } = await firingPage(ctx.tx, ctx.actor, input.id, input.limit, input.after)
  return { items: await shown(ctx, rows), next }
}

export async function firingsOfTicket(
  ctx: Ctx,
  input: Input<typeof ticketRules.ofTicket>,
): Promise<Output<typeof ticketRules.ofTicket>> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, input.id)
  if (ticket === undefined || !ticket.inside) throw notFound('ticket')
  return { items: await shown(ctx, await firingsOf(ctx.tx, ticket.id)) }
}

/** The last change first. What somebody changed since stays, and so do notes and replies: they were read. */
export async function undoFiring(ctx: Ctx, input: { id: string }): Promise<Firing> {
  const found = await firingById(ctx.tx, ctx.actor, input.id)
  if (found === undefined) throw notFound('firing')
  const ticket = await ticketByKey(ctx.tx, ctx.actor, found.ticket_id)
  if (ticket === undefined || !ticket.inside) throw notFound('firing')
  refuse(whyNotUndo(found.undone_at, found.done))
  for (const done of found.done.toReversed()) await putBack(ctx, found.ticket_id, done)
  await markUndone(ctx.tx, found.id, ctx.actor.name, ctx.now)
  ctx.record({
    type: 'ticket.rule-undone',
    subject: { kind: 'ticket', id: found.ticket_id },
    after: { rule: found.rule_id, rule_name: found.rule_name },
  })
  return (await shown(ctx, [{ ...found, undone_at: ctx.now, undone_by_name: ctx.actor.name }]))[0]!
}

async function putBack(ctx: Ctx, id: string, done: EffectDone): Promise<void> {
  if (done.refused !== null || done.before === done.after) return
  const now = (await anyTicket(ctx.tx, id))!
  if (valueOf(now, done.do) !== done.after) return
  const { before } = done
  switch (done.do) {
    case 'queue':
      return void (await assignTicket(ctx, { id, queue: before! }))
    case 'assignee':
      return void (await assignTicket(ctx, { id, assignee: before }))
    case 'category':
      return void (await editTicket(ctx, { id, category: before }))
    case 'kind':
      return void (await editTicket(ctx, { id, kind: before as 'incident' | 'request' }))
    case 'impact':
    case 'urgency':
      return void (await editTicket(ctx, { id, [done.do]: Number(before) }))
    case 'state':
      // a ticket that was new before is being worked on by now
      return void (await changeState(ctx, { id, state: before === 'new' ? 'in_progress' : (before as 'in_progress') }))
    default:
      return
  }
}

import type { AssignWay, RuleEffect } from '../../contract/ticket-rules.ts'
import { insertNotices } from '../notifications/public.ts'
import { actorOfPerson } from '../people/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { tellNodes } from '../platform/outbox.ts'
import { carryOutEffect, namesOf, type StoredTicket, ticketByKey } from '../tickets/public.ts'
import { candidates, holdAssigning, leadsOf, neededFor, takeTurn } from './candidates-store.ts'
import type { StoredRule } from './rules-store.ts'
import { chooseAssignee, type Chosen } from './rules/whose-turn.ts'
import { nobodyWords } from './sentences.ts'

type Nobody = Extract<Chosen, { person: null }>

/**
 * Gives a ticket to whoever is chosen among those who serve its queue, are there and have the skills that rule and category need. Where there is nobody it stays as
 * it is, and where it has no assignee those who lead the queue's teams are told: it is never given to somebody who cannot do it.
 */
export async function assignByChoice(
  ctx: Ctx,
  rule: StoredRule,
  ticket: StoredTicket,
  effect: RuleEffect & { value: AssignWay },
  firing: string,
): Promise<Chosen> {
  const needed = await neededFor(ctx.tx, ticket.organisation_id, ticket.category_id, effect.skills ?? [])
  await holdAssigning(ctx.tx, ticket.organisation_id)
  const people = await candidates(ctx.tx, ticket.queue_id, rule.id, ticket.confidential)
  const choice = chooseAssignee(people, effect.value, needed)
  if (choice.person === null) {
    const isWaiting = ticket.open && ticket.assignee_id === null
    const told = isWaiting ? await tellLeads(ctx, rule, ticket, { ...choice, needed, told: [] }, firing) : []
    return { ...choice, needed, told }
  }
  await takeTurn(ctx.tx, rule.id, choice.person)
  await carryOutEffect(ctx, ticket.id, { do: 'assignee', value: choice.person })
  return { ...choice, needed, told: [] }
}

/** Answers who was told: the leads who see the ticket, else the coordinators who do. */
async function tellLeads(
  ctx: Ctx,
  rule: StoredRule,
  ticket: StoredTicket,
  choice: Nobody,
  firing: string,
): Promise<string[]> {
  const { leads, coordinators } = await leadsOf(ctx.tx, ticket.organisation_id, ticket.queue_id)
  const seeing = async (ids: readonly string[]): Promise<string[]> => {
    const found: string[] = []
    for (const id of ids) {
      const actor = await actorOfPerson(ctx.tx, id)
      if (actor !== null && (await ticketByKey(ctx.tx, actor, ticket.id)) !== undefined) found.push(id)
    }
    return found
  }
  const chosen = await seeing(leads)
  const told = chosen.length > 0 ? chosen : await seeing(coordinators)
  const why = nobodyWords(choice, await namesOf(ctx.tx, ticket.organisation_id, choice.needed))
  const written = await insertNotices(
    ctx.tx,
    told.map((person) => ({
      person,
      kind: 'ticket.nobody-found',
      code: 'notifications.nobody-found',
      params: { rule: rule.name, why },
      subject: { kind: 'ticket', id: ticket.id },
      cause: `rule-firing:${firing}`,
      at: ctx.now,
    })),
  )
  await tellNodes(
    ctx.tx,
    written.map(({ id }) => ({ kind: 'notification', id })),
  )
  return told
}

import type { Actor, Ctx } from '../platform/ctx.ts'
import { anyTicket, carryOutEffect, type StoredTicket } from '../tickets/public.ts'
import type { RuleEffect } from '../../contract/ticket-rules.ts'
import { candidates, type EffectDone, takeTurn } from './firings-store.ts'
import type { StoredRule } from './rules-store.ts'
import { leastLoaded, nextInTurn } from './rules/whose-turn.ts'

/** A rule acts under its own name, with the rights of whoever coordinates, on tickets of all teams, confidential ones too: it may move one between them. */
export const ruleActor = (
  rule: Pick<StoredRule, 'id' | 'name' | 'organisation_id'>,
  teams: readonly string[],
): Actor => ({
  kind: 'automation',
  id: rule.id,
  name: rule.name,
  role: 'coordinator',
  organisation: rule.organisation_id,
  person: null,
  account: null,
  session: null,
  teams,
  confidentialTeams: teams,
  zone: 'UTC',
})

/** The value of a ticket that an effect changes, as text; null for effects that only add something. */
export function valueOf(ticket: StoredTicket, effect: RuleEffect['do']): string | null {
  switch (effect) {
    case 'queue':
      return ticket.queue_id
    case 'category':
      return ticket.category_id
    case 'assignee':
      return ticket.assignee_id
    case 'kind':
    case 'state':
      return ticket[effect]
    case 'impact':
    case 'urgency':
      return String(ticket[effect])
    default:
      return null
  }
}

/** Carries out one effect; what is refused is said and holds up nothing else. */
export async function carryOut(ctx: Ctx, rule: StoredRule, ticketId: string, effect: RuleEffect): Promise<EffectDone> {
  const before = (await anyTicket(ctx.tx, ticketId))!
  const refused = await ctx.attempt(() => act(ctx, rule, before, effect))
  const after = (await anyTicket(ctx.tx, ticketId))!
  return {
    ...effect,
    before: valueOf(before, effect.do),
    after: valueOf(after, effect.do),
    refused: refused === null ? null : { code: refused.code, params: refused.params },
  }
}

async function act(ctx: Ctx, rule: StoredRule, ticket: StoredTicket, effect: RuleEffect): Promise<void> {
  return effect.do === 'assignee' ? assign(ctx, rule, ticket, effect.value) : carryOutEffect(ctx, ticket.id, effect)
}

async function assign(ctx: Ctx, rule: StoredRule, ticket: StoredTicket, value: string): Promise<void> {
  let assignee: string | null = value
  if (value === 'least-loaded' || value === 'in-turn') {
    const people = await candidates(ctx.tx, ticket.queue_id, rule.id)
    assignee = value === 'in-turn' ? nextInTurn(people) : leastLoaded(people)
    // nobody is there: it stays as it is, for people to see
    if (assignee === null) return
    await takeTurn(ctx.tx, rule.id, assignee, ctx.now)
  }
  await carryOutEffect(ctx, ticket.id, { do: 'assignee', value: assignee })
}

import type { Actor, Ctx } from '../platform/ctx.ts'
import { anyTicket, carryOutEffect, type StoredTicket } from '../tickets/public.ts'
import { isAssignWay, type RuleEffect } from '../../contract/ticket-rules.ts'
import { assignByChoice } from './assign.ts'
import type { EffectDone } from './firings-store.ts'
import type { StoredRule } from './rules-store.ts'
import type { Chosen } from './rules/whose-turn.ts'

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

/** Carries out one effect; what is refused is said and holds up nothing else. `firing`: what the leads hear of once. */
export async function carryOut(
  ctx: Ctx,
  rule: StoredRule,
  ticketId: string,
  effect: RuleEffect,
  firing: string,
): Promise<EffectDone> {
  const before = (await anyTicket(ctx.tx, ticketId))!
  let chosen: Chosen | undefined
  const refused = await ctx.attempt(async () => {
    if (effect.do === 'assignee' && isAssignWay(effect.value))
      chosen = await assignByChoice(ctx, rule, before, { ...effect, value: effect.value }, firing)
    else await carryOutEffect(ctx, ticketId, effect)
  })
  const after = (await anyTicket(ctx.tx, ticketId))!
  return {
    ...effect,
    before: valueOf(before, effect.do),
    after: valueOf(after, effect.do),
    refused: refused === null ? null : { code: refused.code, params: refused.params },
    ...(chosen === undefined || refused !== null ? {} : { chosen }),
  }
}

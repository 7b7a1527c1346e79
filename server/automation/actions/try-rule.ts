import type { Input, Output } from '../../../contract/action.ts'
import type { ticketRules } from '../../../contract/ticket-rules.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sentence } from '../../platform/catalogue.ts'
import { type Names, namesOf } from '../../tickets/public.ts'
import { newestTickets } from '../facts-store.ts'
import { matchTicket } from '../rules/match-ticket.ts'
import { becauseWords, chosenWords, idsIn, nobodyWords } from '../sentences.ts'
import { assignTrial, type Tried } from '../try-assign.ts'
import { demandConditions, demandEffects } from './set-up-rules.ts'

const shownMost = 100

function triedWords(tried: Tried, names: Names): string {
  if (tried.person === null) return sentence('rules.would-not', { why: nobodyWords({ ...tried, told: [] }, names) })
  return sentence('rules.would', {
    name: names[tried.person] ?? sentence('rules.value.gone'),
    why: chosenWords(tried.way, { ...tried, told: [] }, names),
  })
}

/** As the tickets and those who serve stand now; what was written on them later is not looked at. */
export async function tryRule(
  ctx: Ctx,
  input: Input<typeof ticketRules.tryOut>,
): Promise<Output<typeof ticketRules.tryOut>> {
  await demandConditions(ctx, input.conditions)
  await demandEffects(ctx, input.effects)
  const assign = assignTrial(ctx, input.rule ?? null, input.effects)
  let [of, matched, nobody] = [0, 0, 0]
  const found: {
    item: Omit<Output<typeof ticketRules.tryOut>['items'][number], 'because' | 'assigned'>
    why: (string | null)[]
    tried: Tried | null
  }[] = []
  for await (const some of newestTickets(ctx.tx, ctx.actor, input.newest)) {
    of += some.length
    for (const ticket of some) {
      const why = matchTicket(input.conditions, ticket.facts)
      if (why === null) continue
      matched += 1
      const tried = await assign(ticket)
      if (tried?.person === null) nobody += 1
      const { id, reference, title, openedAt } = ticket
      if (found.length < shownMost) found.push({ item: { id, reference, title, openedAt }, why, tried })
    }
  }
  const names = await namesOf(ctx.tx, ctx.actor.organisation, [
    ...new Set([
      ...idsIn({ conditions: input.conditions, effects: [] }),
      ...found.flatMap(({ tried }) =>
        tried === null ? [] : [...tried.needed, ...(tried.person === null ? [] : [tried.person])],
      ),
    ]),
  ])
  return {
    matched,
    of,
    nobody,
    items: found.map(({ item, why, tried }) => ({
      ...item,
      because: becauseWords(
        input.conditions.map((condition, place) => ({ ...condition, held: why[place] ?? null })),
        names,
      ),
      assigned: tried === null ? null : triedWords(tried, names),
    })),
  }
}

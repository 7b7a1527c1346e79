import type { Input, Output } from '../../../contract/action.ts'
import type { tickets } from '../../../contract/tickets.ts'
import { isEmptyText, sanitised } from '../../notes/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { Problem, refuse } from '../../platform/errors.ts'
import { lockedTicket, standing } from '../changing.ts'
import { carryOutEffect } from '../effects/carry-out-effect.ts'
import { effectWords } from '../effects/effect-words.ts'
import { namesOf } from '../effects/names-store.ts'
import { isId } from '../../platform/identifiers.ts'
import { countUse } from '../macros/macros-store.ts'
import { macroOf } from '../macros/set-up-macros.ts'
import { whyNotNote } from '../rules/ticket-states.ts'
import { shownTicket } from '../shown-ticket.ts'
import { anyTicket, ticketByKey } from '../tickets-store.ts'
import { writeTime } from '../time/enter-time.ts'
import { addNote } from './add-note.ts'

/**
 * Sends what was written and, with a macro, does what it does, and keeps the time it took: all of it or, where one act is refused, nothing, with the reason. A ticket that leaves the
 * writer's sight does so last.
 */
export async function sendNote(
  ctx: Ctx,
  input: Input<typeof tickets.addNote>,
): Promise<Output<typeof tickets.addNote>> {
  if (input.macro === undefined && input.time === undefined) return addNote(ctx, input)
  const before = await lockedTicket(ctx, input)
  refuse(whyNotNote(standing(ctx, before), false, before))
  if (input.time !== undefined)
    await writeTime(ctx, before, { ...input.time, kind: 'remote', words: '' }, 'time.duration')
  if (input.macro === undefined) return addNote(ctx, input)
  const macro = await macroOf(ctx, input.macro.id)
  if (macro.version !== input.macro.version) throw new Problem(409, 'macros.changed', { name: macro.name })
  const chosen = macro.effects.filter((_, place) => input.macro!.acts.includes(place))
  const saysSomething = !isEmptyText(sanitised(input.body)) || input.attachments.length > 0
  if (saysSomething || chosen.length === 0) await addNote(ctx, input)
  const names = await namesOf(ctx.tx, ctx.actor.organisation, chosen.map(({ value }) => value).filter(isId))
  ctx.record({
    type: 'ticket.macro-used',
    subject: { kind: 'ticket', id: before.id },
    after: {
      name: macro.name,
      macro: macro.id,
      ...(chosen.length === 0 ? {} : { did: chosen.map((effect) => effectWords(effect, names)).join(', ') }),
    },
  })
  const outOfSight = (effect: (typeof chosen)[number]) => Number(effect.do === 'queue')
  for (const effect of chosen.toSorted((a, b) => outOfSight(a) - outOfSight(b)))
    await carryOutEffect(ctx, before.id, effect)
  await countUse(ctx.tx, macro.id, ctx.now)
  return shownTicket(ctx, (await ticketByKey(ctx.tx, ctx.actor, before.id)) ?? (await anyTicket(ctx.tx, before.id))!)
}

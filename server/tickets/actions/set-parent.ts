import type { Input, Output } from '../../../contract/action.ts'
import type { ticketParents } from '../../../contract/ticket-parents.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { refuse } from '../../platform/errors.ts'
import { changeTicket, lockedTicket, standing } from '../changing.ts'
import { holdInOrder } from '../merges-store.ts'
import { ancestorsOf, holdFamilies } from '../parents-store.ts'
import { whyNotParent, whyNotPart } from '../rules/why-not-parent.ts'
import { anyTicket, type StoredTicket } from '../tickets-store.ts'

/**
 * Makes a ticket a child of another one, or of none. Said in the history of all three: child, parent, and the parent it had. `opening`: whoever opens a ticket
 * says of which one it is a part, also where others work on it from then on.
 */
export async function setParent(
  ctx: Ctx,
  input: Input<typeof ticketParents.set>,
  { opening = false } = {},
): Promise<Output<typeof ticketParents.set>> {
  await holdFamilies(ctx.tx, ctx.actor.organisation)
  await holdInOrder(ctx.tx, [input.id, ...(input.parent === null ? [] : [input.parent])])
  const child = await lockedTicket(ctx, input)
  const before = child.parent_id === null ? undefined : await anyTicket(ctx.tx, child.parent_id)
  const parent = input.parent === null ? null : await lockedTicket(ctx, { id: input.parent })
  const own = opening ? { ...standing(ctx, child), inside: true } : standing(ctx, child)
  if (parent === null) refuse(whyNotPart(child, own))
  else if (parent.id !== before?.id) {
    const who = { child: own, parent: standing(ctx, parent) }
    refuse(whyNotParent(child, parent, who, await ancestorsOf(ctx.tx, parent.id)))
  }
  const told = (of: StoredTicket, type: string) =>
    ctx.record({
      type,
      subject: { kind: 'ticket', id: of.id },
      after: { ticket: child.id, reference: child.reference },
    })
  return changeTicket(
    ctx,
    child,
    { parent_id: parent?.id ?? null },
    {
      type: parent === null ? 'ticket.parent-removed' : 'ticket.parent-set',
      names: {
        ...(before === undefined ? {} : { before: { parent_name: before.reference } }),
        ...(parent === null ? {} : { after: { parent_name: parent.reference } }),
      },
      ...(parent?.id === before?.id
        ? {}
        : {
            afterSaving: () => {
              if (before !== undefined) told(before, 'ticket.child-removed')
              if (parent !== null) told(parent, 'ticket.child-added')
              return Promise.resolve()
            },
          }),
    },
  )
}

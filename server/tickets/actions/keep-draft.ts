import type { Input, Output } from '../../../contract/action.ts'
import type { ticketDrafts } from '../../../contract/ticket-drafts.ts'
import { isEmptyText, sanitised } from '../../notes/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, refuse } from '../../platform/errors.ts'
import { standing } from '../changing.ts'
import { draftsBy, draftsOf, dropDraft, saveDraft } from '../drafts-store.ts'
import { whyNotNote } from '../rules/ticket-states.ts'
import { type StoredTicket, ticketByKey } from '../tickets-store.ts'

async function seen(ctx: Ctx, id: string): Promise<StoredTicket> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, id)
  if (ticket === undefined) throw notFound('ticket')
  return ticket
}

export async function listDrafts(
  ctx: Ctx,
  input: Input<typeof ticketDrafts.list>,
): Promise<Output<typeof ticketDrafts.list>> {
  const ticket = await seen(ctx, input.id)
  return { items: await draftsOf(ctx.tx, ctx.actor, ticket.id) }
}

export const listMyDrafts = async (ctx: Ctx): Promise<Output<typeof ticketDrafts.mine>> => ({
  items: await draftsBy(ctx.tx, ctx.actor),
})

/** Keeps what is being written as it is. Nobody else hears of it, so it is no event. A key writes for nobody in particular: nothing is kept for it. */
export async function keepDraft(
  ctx: Ctx,
  input: Input<typeof ticketDrafts.keep>,
): Promise<Output<typeof ticketDrafts.keep>> {
  const ticket = await seen(ctx, input.id)
  // what was written is kept, also while the ticket is merged into another one
  refuse(whyNotNote(standing(ctx, ticket), input.public, { merged_into: null }))
  ctx.unchanged()
  const { person } = ctx.actor
  if (person === null) return { keptAt: null }
  const body = sanitised(input.body)
  if (isEmptyText(body) && input.files.length === 0 && input.macro === null) {
    await dropDraft(ctx.tx, ticket.id, person, input.public)
    return { keptAt: null }
  }
  await saveDraft(ctx.tx, {
    ticket: ticket.id,
    person,
    public: input.public,
    body,
    files: input.files,
    macro: input.macro,
    at: ctx.now,
  })
  return { keptAt: ctx.now }
}

import type { Input, Output } from '../../../contract/action.ts'
import type { ticketMail } from '../../../contract/ticket-mail.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem } from '../../platform/errors.ts'
import { standing, type StoredTicket, ticketByKey } from '../../tickets/public.ts'
import { answeringMailbox } from '../answering-mailbox.ts'
import { correspondentsOf, isAnsweredByMail, mailedTicket } from '../letters-store.ts'
import { outsideParticipants, removeParticipant } from '../threads-store.ts'

/** The ticket, where the actor works on it for IT; 403 for who only sees it. */
async function worked(ctx: Ctx, id: string): Promise<StoredTicket> {
  const ticket = await ticketByKey(ctx.tx, ctx.actor, id)
  if (ticket === undefined) throw notFound('ticket')
  if (!standing(ctx, ticket).inside) throw new Problem(403, 'tickets.not-yours-to-work')
  return ticket
}

async function factsOf(ctx: Ctx, ticket: StoredTicket): Promise<Output<typeof ticketMail.show>> {
  const mailed = (await mailedTicket(ctx.tx, ticket.id))!
  const answered = isAnsweredByMail(mailed)
  const mailbox = await answeringMailbox(ctx.tx, mailed)
  const to = answered ? await correspondentsOf(ctx.tx, mailed) : []
  return {
    answered,
    from: mailbox?.addresses[0] ?? null,
    to: to.map(({ name, address }) => ({ name, address })),
    outside: await outsideParticipants(ctx.tx, ticket.id),
  }
}

export const showTicketMail = async (
  ctx: Ctx,
  input: Input<typeof ticketMail.show>,
): Promise<Output<typeof ticketMail.show>> => factsOf(ctx, await worked(ctx, input.id))

export async function leaveOutAddress(
  ctx: Ctx,
  input: Input<typeof ticketMail.leaveOut>,
): Promise<Output<typeof ticketMail.leaveOut>> {
  const ticket = await worked(ctx, input.id)
  if (!(await removeParticipant(ctx.tx, ticket.id, input.address))) ctx.unchanged()
  else
    ctx.record({
      type: 'ticket.address-left-out',
      subject: { kind: 'ticket', id: ticket.id },
      before: { address: input.address },
    })
  return factsOf(ctx, ticket)
}

import type { Input, Output } from '../../../contract/action.ts'
import type { tickets } from '../../../contract/tickets.ts'
import { attachFiles } from '../../files/public.ts'
import { insertNote, isEmptyText, type MailOrigin, plainText, sanitised } from '../../notes/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { Problem, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { isHeard } from '../../service-levels/public.ts'
import { demandFiles, lockedTicket, standing, tellClocks } from '../changing.ts'
import { dropDraft } from '../drafts-store.ts'
import { type Standing, whyNotNote } from '../rules/ticket-states.ts'
import { refreshSearchText } from '../search-text.ts'
import { shownTicket } from '../shown-ticket.ts'
import { noteAdded, type StoredTicket, ticketByKey } from '../tickets-store.ts'

export async function addNote(ctx: Ctx, input: Input<typeof tickets.addNote>): Promise<Output<typeof tickets.addNote>> {
  const before = await lockedTicket(ctx, input)
  refuse(whyNotNote(standing(ctx, before), input.public, before))
  const body = sanitised(input.body)
  if (isEmptyText(body) && input.attachments.length === 0)
    throw new Problem(
      400,
      'invalid',
      { fields: 'body: nothing is left to send' },
      { fields: [{ path: 'body', message: 'nothing is left to send' }] },
    )
  await writeNote(ctx, before, { public: input.public, body, attachments: input.attachments, quiet: false })
  if (ctx.actor.person !== null) await dropDraft(ctx.tx, before.id, ctx.actor.person, input.public)
  return shownTicket(ctx, (await ticketByKey(ctx.tx, ctx.actor, before.id))!)
}

/**
 * Writes a note and tells the clocks of an answer; answers its id. `quiet`: part of another act that tells them itself, or nothing that a clock may
 * hear. `standing`: what the author is to the ticket, where that is not seen from the account.
 */
export async function writeNote(
  ctx: Ctx,
  ticket: StoredTicket,
  note: {
    public: boolean
    body: string
    attachments: readonly string[]
    quiet: boolean
    mail?: MailOrigin
    folded?: string | null
    standing?: Standing
  },
): Promise<string> {
  const id = newId()
  await insertNote(ctx.tx, {
    id,
    subject: { kind: 'ticket', id: ticket.id },
    public: note.public,
    body: note.body,
    excerpt: plainText(note.body),
    author: { kind: ctx.actor.kind, id: ctx.actor.id, name: ctx.actor.name },
    at: ctx.now,
    mail: note.mail ?? null,
    folded: note.folded ?? null,
  })
  demandFiles(
    note.attachments.length,
    await attachFiles(ctx.tx, ctx.actor, note.attachments, { kind: 'ticket', id: ticket.id, note: id }),
  )
  await noteAdded(ctx.tx, ticket.id, { id, public: note.public }, ctx.now)
  const event = ctx.record({
    type: note.public ? 'ticket.replied' : 'ticket.noted',
    subject: { kind: 'ticket', id: ticket.id },
    after: { note: id, public: note.public, ...(note.mail === undefined ? {} : { mail: note.mail.id }) },
  })
  // W1: a public reply by a human of IT who is not the requester answers the ticket
  const who = note.standing ?? standing(ctx, ticket)
  if (
    !note.quiet &&
    note.public &&
    ctx.actor.kind === 'person' &&
    who.inside &&
    ticket.requester_id !== ctx.actor.person
  )
    await tellClocks(ctx, ticket, { kind: 'answered' }, event)
  else if (!note.quiet) {
    const kind = !note.public ? 'noted' : who.requester && !who.inside ? 'requester-replied' : null
    if (kind !== null && (await isHeard(ctx, kind))) await tellClocks(ctx, ticket, { kind }, event)
  }
  await refreshSearchText(ctx.tx, [ticket.id])
  return id
}

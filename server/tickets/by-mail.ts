import { isDone } from '../../contract/tickets.ts'
import { attachFiles } from '../files/public.ts'
import type { MailOrigin } from '../notes/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { writeNote } from './actions/add-note.ts'
import { writeOpened } from './actions/open-ticket.ts'
import { changeTicket, demandFiles, leftToQueue } from './changing.ts'
import { queueGiven } from './queues-store.ts'
import { asReopened } from './rules/ticket-states.ts'
import { refreshSearchText } from './search-text.ts'
import { addWatcher, anyTicket, saveOrigin, type StoredTicket } from './tickets-store.ts'

interface Named {
  id: string
  name: string
}

/** What came by mail, ready to be written. HTML is sanitised, files are uploads of the actor. */
export interface MailedText {
  body: string
  folded: string | null
  files: readonly string[]
  mail: MailOrigin
}

/** Opens a ticket from a mail. Who may is judged by the intake; the actor is whoever wrote. */
export async function openByMail(
  ctx: Ctx,
  given: MailedText & {
    title: string
    queue: string
    requester: string | null
    watchers: readonly Named[]
    confidential: boolean
    /** The reference of the ticket that it goes on from. */
    after: string | null
  },
): Promise<{ id: string; reference: string; dueAt: string | null }> {
  const queue = await queueGiven(ctx.tx, ctx.actor.organisation, given.queue)
  if (queue === undefined) throw new Problem(409, 'mailboxes.queue-closed')
  const { ticket, dueAt } = await writeOpened(ctx, {
    kind: 'incident',
    title: given.title,
    description: given.body,
    impact: 2,
    urgency: 2,
    queue,
    assignee: null,
    requester: given.requester,
    category: null,
    confidential: given.confidential,
    source: 'mail',
    told: { mail: given.mail.id, ...(given.after === null ? {} : { follows: given.after }) },
  })
  await saveOrigin(ctx.tx, ticket.id, given.mail, given.folded)
  demandFiles(given.files.length, await attachFiles(ctx.tx, ctx.actor, given.files, { kind: 'ticket', id: ticket.id }))
  await letWatch(ctx, ticket, given.watchers)
  return { id: ticket.id, reference: ticket.reference, dueAt }
}

/** Persons who were addressed with it follow the ticket from now on; nobody is let into a confidential one by a mail. */
async function letWatch(ctx: Ctx, ticket: StoredTicket, persons: readonly Named[]): Promise<void> {
  if (ticket.confidential) return
  let added = false
  for (const { id, name } of persons)
    if (id !== ticket.requester_id && (await addWatcher(ctx.tx, ticket.id, id))) {
      added = true
      ctx.record({
        type: 'ticket.watched',
        subject: { kind: 'ticket', id: ticket.id },
        after: { person: id, person_name: name },
      })
    }
  if (added) await refreshSearchText(ctx.tx, [ticket.id])
}

/**
 * Writes a mail into a ticket. A `quiet` one is a note for IT that moves nothing and no clock hears. 409 where the ticket was done meanwhile, so that
 * the intake judges anew.
 */
export async function replyByMail(
  ctx: Ctx,
  given: MailedText & {
    ticket: string
    quiet: boolean
    standing: { requester: boolean; inside: boolean }
    reopen: boolean
    watchers: readonly Named[]
  },
): Promise<string> {
  const before = await anyTicket(ctx.tx, given.ticket)
  if (before === undefined) throw new Problem(409, 'mailboxes.ticket-gone')
  // merged meanwhile: its conversation goes on elsewhere, as the intake then finds
  if (!given.quiet && (before.merged_into !== null || isDone(before.state) !== given.reopen))
    throw new Problem(409, 'mailboxes.moved-on')
  if (given.reopen && !given.quiet) {
    const reopened = await changeTicket(ctx, before, asReopened(before), {
      type: 'ticket.reopened',
      happening: { kind: 'reopened' },
      note: '',
    })
    await leftToQueue(ctx, before, reopened)
  }
  const note = await writeNote(ctx, before, {
    public: !given.quiet,
    body: given.body,
    folded: given.folded,
    attachments: given.files,
    quiet: given.quiet,
    mail: given.mail,
    standing: given.standing,
  })
  if (!given.quiet) await letWatch(ctx, before, given.watchers)
  return note
}

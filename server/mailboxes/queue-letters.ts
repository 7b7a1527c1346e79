import { type MailDraft } from '../mail/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import type { RecordedEvent } from '../platform/events.ts'
import { newId } from '../platform/identifiers.ts'
import type { Reaction } from '../platform/outbox.ts'
import type { Platform } from '../platform/platform.ts'
import { cut } from '../platform/rules/storable-text.ts'
import type { MailOutlet } from '../mail/public.ts'
import {
  answersLately,
  type Correspondent,
  correspondentsOf,
  isAnsweredByMail,
  letterNote,
  type MailedTicket,
  mailedTicket,
  reachedBy,
} from './letters-store.ts'
import { answeringMailbox } from './answering-mailbox.ts'
import { replyMessageId } from './reply-tokens.ts'
import { rememberThread } from './threads-store.ts'
import type { Work } from './work.ts'

/** Most machine answers to one address within an hour, and to all within ten minutes (RFC 3834, 2: responders must not answer without end). */
const mostToOne = 5
const mostToAll = 1000

const domainOf = (address: string): string => address.split('@').at(-1)!

/** May a machine answer be sent; says why not in the steps of the message. */
async function mayAnswer(ctx: Ctx, { mail, verdict }: Work, address: string): Promise<boolean> {
  const { own, all } = await answersLately(ctx.tx, mail.organisation_id, address)
  if (own < mostToOne && all < mostToAll) return true
  verdict.steps.push({
    code: 'mailboxes.step.answers-enough',
    params: { most: own < mostToOne ? mostToAll : mostToOne },
  })
  return false
}

/** Acknowledges a new ticket: with its reference and its due moment. */
export async function queueAcknowledgement(
  ctx: Ctx,
  work: Work,
  ticket: { id: string },
  to: { person: string; name: string; address: string },
): Promise<void> {
  const { parts, mail, mailbox, verdict } = work
  const address = to.address.toLowerCase()
  const [own] = mailbox.addresses
  if (parts.outlet === null || own === undefined || !(await mayAnswer(ctx, work, address))) return
  verdict.steps.push({ code: 'mailboxes.step.acknowledged', params: {} })
  await queueOne(ctx.tx, parts, mail.organisation_id, domainOf(own), ticket.id, {
    to: { person: to.person, name: to.name, address },
    kind: 'ticket-acknowledgement',
    content: { ticket: ticket.id, incoming: mail.id, mailbox: mailbox.id },
    cause: `acknowledged:${mail.id}`,
    now: ctx.now,
  })
}

/** Says politely why a message was not taken. */
export async function queueRefusal(ctx: Ctx, work: Work): Promise<void> {
  const { parts, mail, mailbox, read, verdict, gathered } = work
  const [own] = mailbox.addresses
  if (parts.outlet === null || own === undefined || read.from === null) return
  const address = read.from.address.toLowerCase()
  if (!(await mayAnswer(ctx, work, address))) return
  verdict.steps.push({ code: 'mailboxes.step.told', params: {} })
  const id = newId()
  const person = gathered.sender?.person ?? null
  const draft: MailDraft = {
    id,
    messageId: `<${id}@${domainOf(own)}>`,
    organisation: mail.organisation_id,
    person,
    to: { name: read.from.name || read.from.address, address },
    kind: 'mail-refusal',
    content: {
      incoming: mail.id,
      mailbox: mailbox.id,
      template: verdict.answer,
      subject: cut(read.subject, 250),
      messageId: read.messageId,
      size: mail.size,
    },
    cause: `refused:${mail.id}`,
    sendAt: ctx.now,
    waits: null,
  }
  await parts.outlet.queue(ctx.tx, [draft])
}

async function queueOne(
  tx: Db,
  { platform, outlet }: { platform: Pick<Platform, 'secret'>; outlet: MailOutlet | null },
  organisation: string,
  domain: string,
  ticket: string,
  given: { to: Correspondent; kind: string; content: Record<string, unknown>; cause: string; now: string },
): Promise<void> {
  const id = newId()
  const messageId = replyMessageId(platform.secret, id, ticket, given.to.address, domain)
  const made = await outlet!.queue(tx, [
    {
      id,
      messageId,
      organisation,
      person: given.to.person,
      to: { name: given.to.name, address: given.to.address },
      kind: given.kind,
      content: given.content,
      cause: given.cause,
      sendAt: given.now,
      waits: null,
    },
  ])
  if (made.length > 0) await rememberThread(tx, organisation, ticket, messageId, true)
}

/** Mails public replies to those who take part by mail, with the words themselves. */
export const mailReplies = (platform: Platform, outlet: MailOutlet | null): Reaction => ({
  name: 'mailboxes.mail-replies',
  hears: ['ticket.replied', 'ticket.resolved'],
  async react(event) {
    if (outlet === null) return
    const { db } = platform.database
    const said = await saidBy(db, event)
    if (said === null) return
    const mailbox = await answeringMailbox(db, said.ticket)
    const [own] = mailbox?.addresses ?? []
    const domain = domainOf(own ?? platform.config.mail!.from.address)
    await db.transaction().execute(async (tx) => {
      for (const to of said.to)
        await queueOne(tx, { platform, outlet }, said.ticket.organisation_id, domain, said.ticket.ticket, {
          to,
          kind: 'ticket-letter',
          content: { ticket: said.ticket.ticket, note: said.note, by: event.actor.name },
          cause: said.note === null ? `resolved:${event.id}` : `note:${said.note}`,
          now: new Date().toISOString(),
        })
    })
  },
})

interface Said {
  ticket: MailedTicket
  note: string | null
  to: Correspondent[]
}

/** What an event says by mail and to whom; null where it says nothing. */
async function saidBy(db: Db, event: RecordedEvent): Promise<Said | null> {
  const ticket = await mailedTicket(db, event.subject.id)
  if (ticket === undefined || !isAnsweredByMail(ticket)) return null
  const all = await correspondentsOf(db, ticket)
  const others = all.filter((one) => one.person === null || one.person !== event.actor.id)
  if (event.type === 'ticket.resolved') {
    // its words are a reply of their own
    const words = event.after?.['resolution']
    return typeof words === 'string' && words !== '' ? null : { ticket, note: null, to: others }
  }
  const note = event.after?.['note']
  const written = typeof note === 'string' ? await letterNote(db, note) : undefined
  if (written === undefined || !written.public) return null
  const reached = new Set(written.incoming === null ? [] : await reachedBy(db, written.incoming))
  return { ticket, note: written.id, to: others.filter((one) => !reached.has(one.address)) }
}

/** Persons who are mailed the words of an event, so that no notice of it is mailed to them as well. */
export const mailedByLetter =
  (platform: Platform, outlet: MailOutlet | null) =>
  async (event: RecordedEvent): Promise<ReadonlySet<string>> => {
    if (outlet === null || (event.type !== 'ticket.replied' && event.type !== 'ticket.resolved')) return new Set()
    const { db } = platform.database
    const ticket = await mailedTicket(db, event.subject.id)
    if (ticket === undefined || !isAnsweredByMail(ticket)) return new Set()
    return new Set((await correspondentsOf(db, ticket)).flatMap((one) => one.person ?? []))
  }

import type { MailTemplate, TemplateName } from '../../contract/mailboxes.ts'
import type { FileContents } from '../files/public.ts'
import type { Composed, Composer, Letter, Recipient } from '../mail/public.ts'
import { filled } from '../notes/public.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Db } from '../platform/db.ts'
import type { Refusal } from '../platform/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { answeringMailbox } from './answering-mailbox.ts'
import {
  conversationOf,
  correspondentsOf,
  filesOfNote,
  letterNote,
  type MailedTicket,
  mailedTicket,
  messageIdOf,
} from './letters-store.ts'
import { mailboxById, type StoredMailbox } from './mailboxes-store.ts'
import { htmlAsText } from './reading/html-as-text.ts'
import { replyAddress, subjectTag } from './reply-tokens.ts'
import { type LetterHtml, letterHtml } from './rules/letter-html.ts'
import { usualTemplate } from './usual-templates.ts'
import { zoneFor } from './zone-store.ts'
import { wholeMinute } from '../platform/sentences.ts'

/** Beyond this the files of a reply stay in Linchpin and the mail names them. Bytes. */
const mostAttached = 15 * 1024 * 1024
const mostReferences = 20

interface Parts {
  platform: Platform
  contents: FileContents
}

const gone: Refusal = { code: 'mail.skipped.gone' }
const templateOf = (mailbox: StoredMailbox | undefined, name: TemplateName): MailTemplate =>
  mailbox?.templates[name] ?? usualTemplate(name)

/** Composers of the mails of a conversation: replies, acknowledgements, refusals. */
export const letterComposers = (parts: Parts): Composer[] => [
  { kind: 'ticket-letter', compose: (tx, to, mail) => composeReply(parts, tx, to, mail) },
  { kind: 'ticket-acknowledgement', compose: (tx, to, mail) => composeAcknowledgement(parts, tx, to, mail) },
  { kind: 'mail-refusal', compose: (tx, to, mail) => composeRefusal(parts, tx, to, mail) },
]

interface Mail {
  id: string
  content: Record<string, unknown>
  now: string
}

function fromOf(platform: Platform, mailbox: StoredMailbox | undefined): Letter['from'] {
  const [address] = mailbox?.addresses ?? []
  return address === undefined ? platform.config.mail!.from : { name: mailbox!.name, address }
}

const replyTo = (
  platform: Platform,
  mailbox: StoredMailbox | undefined,
  ticket: string,
  to: Recipient,
): string | null => {
  const [address] = mailbox?.addresses ?? []
  if (address === undefined) return null
  return mailbox!.tagged_replies ? replyAddress(platform.secret, address, ticket, to.address) : null
}

function composed(subject: string, words: LetterHtml, letter: Omit<Letter, 'text' | 'html'>): Composed {
  return {
    subject: subject.replace(/\s+/g, ' ').trim().slice(0, 250),
    body: { title: subject, intro: [], sections: [], footer: [] },
    thread: null,
    unsubscribe: null,
    letter: { ...letter, ...words },
  }
}

const link = (platform: Platform, ticket: MailedTicket): string =>
  `${platform.config.publicUrl}/tickets/${encodeURIComponent(ticket.reference)}`

async function composeReply(
  { platform, contents }: Parts,
  tx: Db,
  to: Recipient,
  mail: Mail,
): Promise<Composed | Refusal> {
  const ticket = await mailedTicket(tx, mail.content['ticket'] as string)
  if (ticket === undefined) return gone
  // whoever does not take part any more is not told what was said since
  const isStill = (await correspondentsOf(tx, ticket)).some((one) =>
    one.person === null ? one.address === to.address && to.person === null : one.person === to.person,
  )
  if (!isStill) return gone
  const noteId = mail.content['note'] as string | null
  const note = noteId === null ? null : await letterNote(tx, noteId)
  if (note === undefined || note?.public === false) return gone
  const mailbox = await answeringMailbox(tx, ticket)
  const files = note === null ? [] : await filesOfNote(tx, note.id)
  const attached = files.reduce((sum, file) => sum + file.size, 0) <= mostAttached
  const attachments: Letter['attachments'][number][] = []
  for (const file of attached ? files : []) {
    const content = await contents.open(file.sha256)
    if (content === null) continue
    const parts: Buffer[] = []
    for await (const part of content.body) parts.push(part as Buffer)
    attachments.push({
      name: file.name,
      type: file.type,
      content: Buffer.concat(parts),
      ...(note!.body.includes(`/api/v1/files/${file.id}"`) ? { cid: cidOf(file.id) } : {}),
    })
  }
  const left =
    attached || files.length === 0
      ? ''
      : sentence('mailboxes.letter.files-left', { names: files.map((one) => one.name).join(', ') })
  const body =
    note === null
      ? `<p>${sentence('mailboxes.letter.resolved')}</p>`
      : note.body.replace(/\/api\/v1\/files\/([0-9a-f-]{36})(?=")/g, (_all, id: string) => `cid:${cidOf(id)}`)
  const template = templateOf(mailbox, 'reply')
  const values = {
    ...common(platform, mailbox, ticket, to),
    author: note?.author_name ?? String(mail.content['by'] ?? ''),
    state: note !== null && ticket.due_at === 'infinity' ? sentence('mailboxes.letter.is-resolved') : '',
    files: left,
  }
  const conversation = (
    await conversationOf(tx, ticket.organisation_id, ticket.ticket, to.address, mostReferences)
  ).filter((id) => !id.startsWith(`<${mail.id.replaceAll('-', '')}.`))
  return composed(filled(template.subject, values), letterHtml(template.body, values, body, htmlAsText(body)), {
    from: fromOf(platform, mailbox),
    replyTo: replyTo(platform, mailbox, ticket.ticket, to),
    inReplyTo: conversation.at(-1) ?? null,
    references: conversation,
    attachments,
    // what a participant wrote is passed on by a machine
    automatic: note?.incoming == null ? null : 'auto-generated',
  })
}

const cidOf = (file: string): string => `${file}@linchpin`

const common = (platform: Platform, mailbox: StoredMailbox | undefined, ticket: MailedTicket, to: Recipient) => ({
  reference: ticket.reference,
  tag: subjectTag(platform.secret, ticket.reference),
  title: ticket.title,
  name: to.name,
  mailbox: mailbox?.name ?? platform.config.mail!.from.name,
  link: link(platform, ticket),
})

async function composeAcknowledgement(
  { platform }: Parts,
  tx: Db,
  to: Recipient,
  mail: Mail,
): Promise<Composed | Refusal> {
  const ticket = await mailedTicket(tx, mail.content['ticket'] as string)
  if (ticket === undefined) return gone
  const mailbox = await mailboxById(tx, ticket.organisation_id, mail.content['mailbox'] as string)
  if (mailbox === undefined) return gone
  const template = templateOf(mailbox, 'acknowledgement')
  const zone = await zoneFor(tx, ticket.organisation_id, to.person)
  const hasDue = ticket.due_at < '9999' && ticket.due_at !== 'infinity'
  const values = {
    ...common(platform, mailbox, ticket, to),
    due: hasDue
      ? sentence('mailboxes.letter.due', { dueAt: wholeMinute(ticket.due_at) }, zone)
      : sentence('mailboxes.letter.no-due'),
  }
  const answered = await messageIdOf(tx, mail.content['incoming'] as string)
  return composed(filled(template.subject, values), letterHtml(template.body, values, '', ''), {
    from: fromOf(platform, mailbox),
    replyTo: replyTo(platform, mailbox, ticket.ticket, to),
    inReplyTo: answered,
    references: answered === null ? [] : [answered],
    attachments: [],
    automatic: 'auto-replied',
  })
}

async function composeRefusal({ platform }: Parts, tx: Db, to: Recipient, mail: Mail): Promise<Composed | Refusal> {
  const { content } = mail
  const mailbox = await mailboxById(tx, to.actor.organisation, content['mailbox'] as string)
  if (mailbox === undefined) return gone
  const template = templateOf(mailbox, content['template'] === 'tooLarge' ? 'tooLarge' : 'refusal')
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`
  const values = {
    title: String(content['subject'] ?? ''),
    name: to.name,
    mailbox: mailbox.name,
    address: mailbox.addresses[0] ?? '',
    size: megabytes(Number(content['size'])),
    most: megabytes(mailbox.most_bytes),
  }
  const answered = (content['messageId'] as string | null) ?? null
  return composed(filled(template.subject, values), letterHtml(template.body, values, '', ''), {
    from: fromOf(platform, mailbox),
    replyTo: null,
    inReplyTo: answered,
    references: answered === null ? [] : [answered],
    attachments: [],
    automatic: 'auto-replied',
  })
}

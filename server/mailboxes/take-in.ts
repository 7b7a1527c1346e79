import { takeBounce, type TakenBounce } from '../mail/public.ts'
import { recordSender } from '../people/public.ts'
import { type Actor, type Ctx, systemActor } from '../platform/ctx.ts'
import { runCommand } from '../platform/platform.ts'
import { cut } from '../platform/rules/storable-text.ts'
import { type MailedText, openByMail, replyByMail } from '../tickets/public.ts'
import { gatherKnown, type Lookup } from './gather-known.ts'
import { isStillReceived, type Settled, settleIncoming, type TakenIncoming } from './incoming-store.ts'
import { letterOfMail } from './letters-store.ts'
import { queueAcknowledgement, queueRefusal } from './queue-letters.ts'
import { factsOf } from './mail-facts.ts'
import { keepContents, type ShownText, shownText, writeFiles } from './mailed-text.ts'
import type { StoredMailbox } from './mailboxes-store.ts'
import type { ReadMessage } from './reading/read-message.ts'
import {
  addParticipants,
  personsByAddresses,
  rememberFollowUp,
  rememberThread,
  rememberTicket,
} from './threads-store.ts'
import { decideMail } from './rules/decide-mail.ts'
import { titleOf } from './rules/subject-tags.ts'
import { whatAutomatic } from './rules/what-automatic.ts'
import { personWithoutAccount, outsideActor } from './sender.ts'
import type { IntakeParts, Work } from './work.ts'

/** Takes one message in: looks up what is known, lets the rule decide, and carries it out in one transaction with the state of the message. */
export async function takeIn(
  parts: IntakeParts,
  mail: TakenIncoming,
  { raw, read }: { raw: Buffer; read: ReadMessage },
  mailbox: StoredMailbox,
  ownAddresses: ReadonlySet<string>,
  /** Hears which ticket it points at before anything can fail: what it is kept with then. */
  onTicket: (ticket: string | null) => void = () => undefined,
): Promise<void> {
  const { platform } = parts
  const lookup: Lookup = {
    db: platform.database.db,
    secret: platform.secret,
    organisation: mail.organisation_id,
    mailbox,
    ownAddresses,
  }
  const gathered = await gatherKnown(lookup, read, {
    id: mail.id,
    recipients: mail.recipients,
    receivedAt: mail.received_at,
    decided: mail.decided,
  })
  onTicket(gathered.known.candidates[0]?.id ?? null)
  const verdict = decideMail(factsOf(read, mail.size, mailbox.authserv_id), gathered.known)
  const shown = verdict.action === 'open' || verdict.action === 'reply' ? shownText(read) : null
  if (shown !== null) await keepContents(parts.contents, shown)
  const work: Work = { parts, mail, raw, read, mailbox, gathered, verdict, ownAddresses }
  const tell = await runCommand(
    platform,
    actorFor(work),
    async (ctx) => {
      if (!(await isStillReceived(ctx.tx, mail.id))) {
        ctx.unchanged()
        return null
      }
      const done = await carryOut(ctx, work, shown)
      await settleIncoming(ctx.tx, mail.id, done.settled, {
        message_id: read.messageId?.slice(0, 1000) ?? null,
        from_name: read.from === null ? null : cut(read.from.name, 200),
        from_address: read.from?.address.toLowerCase() ?? null,
        person_id: done.person,
        subject: cut(read.subject, 500),
        kind: read.kind,
        fingerprint: gathered.fingerprint,
        addressed: [...read.to, ...read.cc].slice(0, 200).map((one) => one.address.toLowerCase()),
      })
      return done.tell
    },
    { name: 'take mail in' },
  )
  if (tell !== null) await parts.onBouncing(platform, tell.person, tell.address)
}

interface Done {
  settled: Settled
  person: string | null
  tell: { person: string; address: string } | null
}

/** Who acts: whoever wrote, where that is known and proven; else the sender as the message names them. */
function actorFor({ mail, read, mailbox, gathered, verdict }: Work): Actor {
  if (gathered.actor !== null && verdict.quiet !== 'outsider') return gathered.actor
  if (verdict.action !== 'open' && verdict.action !== 'reply')
    return systemActor(mail.organisation_id, mailbox.name, 'integration')
  const from = read.from ?? { name: '', address: mailbox.name }
  return outsideActor(mail.organisation_id, mailbox.id, from.name === '' ? from.address : from.name)
}

async function carryOut(ctx: Ctx, work: Work, shown: ShownText | null): Promise<Done> {
  const { verdict, mail, gathered } = work
  const settled: Settled = {
    state: 'taken',
    did: verdict.action,
    steps: verdict.steps,
    ticket: verdict.ticket?.id ?? null,
    note: null,
  }
  const person = gathered.sender?.person ?? null
  if (verdict.bounce) return takenBounce(ctx, work, settled, person)
  if (verdict.action === 'open') return opened(ctx, work, shown!, settled)
  if (verdict.action === 'reply') {
    const note = await replied(ctx, work, shown!, person)
    return { settled: { ...settled, note }, person, tell: null }
  }
  if (verdict.answer !== null) await queueRefusal(ctx, work)
  const state = stateOf[verdict.action]
  ctx.record({
    type: `incoming-mail.${state}`,
    subject: { kind: 'incoming-mail', id: mail.id },
    after: { why: verdict.steps.at(-1)?.code ?? null },
  })
  return { settled: { ...settled, state }, person, tell: null }
}

const stateOf = { quarantine: 'quarantined', refuse: 'refused', ignore: 'ignored', park: 'parked' } as const

const originOf = ({ mail, read, verdict }: Work): MailedText['mail'] => ({
  id: mail.id,
  from: { name: read.from?.name ?? '', address: read.from?.address ?? '' },
  standing: verdict.quiet ?? 'participant',
})

async function replied(ctx: Ctx, work: Work, shown: ShownText, person: string | null): Promise<string> {
  const { verdict, read, mail } = work
  const ticket = verdict.ticket!
  const isQuiet = verdict.quiet !== null
  const others = isQuiet ? { known: [], unknown: [] } : await addressed(ctx, work, person)
  const note = await replyByMail(ctx, {
    ticket: ticket.id,
    body: shown.body,
    folded: shown.folded,
    files: await writeFiles(ctx, shown),
    mail: originOf(work),
    quiet: isQuiet,
    standing: { requester: ticket.isRequester, inside: ticket.isInside },
    reopen: verdict.onward === 'reopen',
    watchers: others.known,
  })
  if (!isQuiet && !ticket.confidential) await addParticipants(ctx.tx, ticket.id, others.unknown)
  // an outsider's message is no way into the ticket: what answers it names the mails before it too
  if (verdict.quiet !== 'outsider') await rememberThread(ctx.tx, mail.organisation_id, ticket.id, read.messageId)
  return note
}

async function opened(ctx: Ctx, work: Work, shown: ShownText, settled: Settled): Promise<Done> {
  const { verdict, read, mail, mailbox, gathered } = work
  const forwarded = verdict.requester === 'forwarded' ? read.forwardedFrom : null
  const asking = forwarded ?? read.from
  const author =
    asking === null
      ? null
      : forwarded === null && gathered.sender !== null
        ? { id: gathered.sender.person, name: gathered.sender.name, fresh: false }
        : await recordSender(ctx, { name: asking.name, email: asking.address.toLowerCase() })
  // whoever was not known before acts as who they are from now on
  const acting =
    gathered.actor === null && author !== null && forwarded === null
      ? { ...ctx, actor: personWithoutAccount(mail.organisation_id, { person: author.id, name: author.name }) }
      : ctx
  const others = await addressed(ctx, work, author?.id ?? null)
  const confidential = mailbox.confidential || verdict.ticket?.confidential === true
  const ticket = await openByMail(acting, {
    title: titleOf(read.subject) || firstWords(read.textWithoutQuotes) || mailbox.name,
    body: shown.body,
    folded: shown.folded,
    files: await writeFiles(acting, shown),
    mail: originOf(work),
    queue: mailbox.queue_id,
    requester: author?.id ?? null,
    watchers: others.known,
    confidential,
    after: verdict.onward === 'follow-up' ? verdict.ticket!.reference : null,
  })
  if (verdict.onward === 'follow-up') {
    const before = verdict.ticket!
    ctx.record({
      type: 'ticket.followed-up',
      subject: { kind: 'ticket', id: before.id },
      after: { ticket: ticket.id, reference: ticket.reference },
    })
    await rememberFollowUp(ctx.tx, mail.organisation_id, {
      ticket: before.id,
      mailbox: mailbox.id,
      address: asking?.address.toLowerCase() ?? '',
      followUp: ticket.id,
    })
  }
  if (!confidential) await addParticipants(ctx.tx, ticket.id, others.unknown)
  await rememberThread(ctx.tx, mail.organisation_id, ticket.id, read.messageId)
  if (asking !== null)
    await rememberTicket(ctx.tx, mail.organisation_id, {
      ticket: ticket.id,
      mailbox: mailbox.id,
      incoming: mail.id,
      address: asking.address.toLowerCase(),
    })
  if (verdict.acknowledge && asking !== null && author !== null)
    await queueAcknowledgement(ctx, work, ticket, { person: author.id, name: author.name, address: asking.address })
  return {
    settled: {
      ...settled,
      ticket: ticket.id,
      did: author?.fresh === true && forwarded === null ? 'opened-for-new' : 'opened',
    },
    person: gathered.sender?.person ?? author?.id ?? null,
    tell: null,
  }
}

const firstWords = (text: string): string => cut(text.replace(/\s+/g, ' ').trim(), 80)

/** Who else was addressed: persons who are known follow, the others are kept by address. Whom a machine or a list wrote to takes no part by that. */
async function addressed(ctx: Ctx, { read, ownAddresses }: Work, author: string | null) {
  const isAutomatic = whatAutomatic({ ...read, isAnswer: read.inReplyTo.length > 0 }) !== null
  if (isAutomatic) return { known: [], unknown: [] }
  const all = [...read.to, ...read.cc].filter(({ address }) => {
    const plain = address.toLowerCase().replace(/\+[^@]*@/, '@')
    return !ownAddresses.has(plain) && plain !== read.from?.address.toLowerCase()
  })
  if (all.length === 0) return { known: [], unknown: [] }
  const some = all.slice(0, 30)
  const persons = await personsByAddresses(
    ctx.tx,
    ctx.actor.organisation,
    some.map((one) => one.address.toLowerCase()),
  )
  return {
    known: [...new Map([...persons.values()].map((one) => [one.id, one])).values()].filter((one) => one.id !== author),
    unknown: some.filter((one) => !persons.has(one.address.toLowerCase())),
  }
}

/** A report of failed delivery marks the address where its return path is ours, and is told in the ticket whose mail came back. */
async function takenBounce(
  ctx: Ctx,
  { parts, mail, raw }: Work,
  settled: Settled,
  person: string | null,
): Promise<Done> {
  ctx.record({
    type: 'incoming-mail.ignored',
    subject: { kind: 'incoming-mail', id: mail.id },
    after: { why: 'mailboxes.step.bounce' },
  })
  const found: TakenBounce[] = []
  const refused = await ctx.attempt(async () => {
    found.push(await takeBounce(ctx, parts.platform.secret, raw, true))
  })
  const ignored = { ...settled, state: 'ignored' as const, did: 'bounce' }
  const [about] = found
  if (refused !== null || about === undefined) {
    const why = refused === null ? [] : [{ code: refused.code, params: refused.params }]
    return { settled: { ...ignored, steps: [...settled.steps, ...why] }, person, tell: null }
  }
  const letter = await letterOfMail(ctx.tx, about.mail)
  if (letter !== null)
    ctx.record({
      type: 'ticket.mail-came-back',
      subject: { kind: 'ticket', id: letter.ticket },
      after: { address: letter.address, mail: mail.id },
    })
  return {
    settled: {
      ...ignored,
      ticket: letter?.ticket ?? settled.ticket,
      steps: [...settled.steps, { code: about.dead ? 'mailboxes.step.bounce-dead' : 'mailboxes.step.bounce-taken' }],
    },
    person,
    tell: about.tell,
  }
}

import type { Input, Output } from '../../../contract/action.ts'
import type { IncomingRow, incomingMails } from '../../../contract/incoming-mails.ts'
import { may } from '../../../contract/permissions.ts'
import type { FileContents } from '../../files/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Actor, Ctx } from '../../platform/ctx.ts'
import { notFound, Problem, refuse } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { ticketByKey } from '../../tickets/public.ts'
import { explainMail } from '../explain-mail.ts'
import { decideIncoming, type Decided } from '../incoming-store.ts'
import { idsIn, incomingById, incomingCounts, incomingPage, type StoredIncoming } from '../incoming-page-store.ts'
import { knownFor } from '../known-for.ts'
import { rawOf } from '../raw-of.ts'
import { readMessage } from '../reading/read-message.ts'
import { headersOf } from '../rules/headers-of.ts'
import { whyNotDecide } from '../rules/why-not-decide.ts'

const mostAtOnce = 1000
const mostText = 200_000

/** The acts and questions of the pages of mail that came in. */
export function incomingActions(platform: Platform, contents: FileContents, onDecided: () => void) {
  const row = (m: StoredIncoming, actor: Actor): IncomingRow => {
    // that it is acknowledged says nothing of where it went
    const last = m.steps.findLast((step) => step.code !== 'mailboxes.step.acknowledged')
    const keeps = may(actor.role, 'mail.manage') ? null : { code: 'forbidden', params: { permission: 'mail.manage' } }
    const why = keeps ?? whyNotDecide(m)
    return {
      id: m.id,
      mailbox: { id: m.mailbox_id, name: m.mailbox_name },
      state: m.state,
      from: m.from_address === null ? null : { name: m.from_name ?? '', address: m.from_address },
      subject: m.subject,
      receivedAt: m.received_at,
      size: m.size,
      attempts: m.attempts,
      why: last === undefined ? null : sentence(last.code, last.params ?? {}, actor.zone),
      ticket: m.ticket_id === null ? null : { id: m.ticket_id, reference: m.reference ?? '', title: m.title ?? '' },
      refusals: shownRefusals({ retry: why, link: why, open: why, refuse: why }),
    }
  }
  const found = async (ctx: Ctx, id: string, lock = false): Promise<StoredIncoming> => {
    const mail = await incomingById(ctx.tx, ctx.actor, id, lock)
    if (mail === undefined) throw notFound('message')
    return mail
  }

  /** Hands a message back to the intake with what a person decided about it. */
  async function decide(ctx: Ctx, id: string, decided: Pick<Decided, 'what' | 'ticket'>): Promise<IncomingRow> {
    refuse(whyNotDecide(await found(ctx, id, true)))
    await decideIncoming(ctx.tx, [id], { ...decided, by: ctx.actor.id, byName: ctx.actor.name })
    ctx.record({
      type: 'incoming-mail.decided',
      subject: { kind: 'incoming-mail', id },
      after: { what: decided.what, ...(decided.ticket === undefined ? {} : { ticket: decided.ticket }) },
    })
    onDecided()
    return row(await found(ctx, id), ctx.actor)
  }

  return {
    async list(ctx: Ctx, input: Input<typeof incomingMails.list>): Promise<Output<typeof incomingMails.list>> {
      const { rows, next } = await incomingPage(
        ctx.tx,
        ctx.actor,
        { state: input.state, mailbox: input.mailbox },
        input.limit,
        input.after,
      )
      return { items: rows.map((m) => row(m, ctx.actor)), next }
    },
    counts: (ctx: Ctx): Promise<Output<typeof incomingMails.counts>> => incomingCounts(ctx.tx, ctx.actor),
    async show(ctx: Ctx, input: Input<typeof incomingMails.show>): Promise<Output<typeof incomingMails.show>> {
      const mail = await found(ctx, input.id)
      const raw = await rawOf(contents, mail)
      const read = await readMessage(raw ?? Buffer.alloc(0))
      return {
        ...row(mail, ctx.actor),
        to: [...read.to, ...read.cc].map((one) => one.address),
        recipients: mail.recipients,
        headers: raw === null ? [] : headersOf(raw),
        text: read.text.slice(0, mostText),
        attachments: read.attachments.map(({ name, type, size }) => ({ name, type, size })),
        problems: read.problems.map((one) => sentence(one.code, one.params)),
        steps: mail.steps.map((one) => sentence(one.code, one.params ?? {}, ctx.actor.zone)),
        doneAt: mail.done_at,
      }
    },
    retry: (ctx: Ctx, input: Input<typeof incomingMails.retry>) => decide(ctx, input.id, { what: 'anew' }),
    async retryAll(
      ctx: Ctx,
      input: Input<typeof incomingMails.retryAll>,
    ): Promise<Output<typeof incomingMails.retryAll>> {
      const found = await idsIn(ctx.tx, ctx.actor, input.state, input.ids, mostAtOnce)
      const anew = { what: 'anew' as const, by: ctx.actor.id, byName: ctx.actor.name }
      const ids = found.length === 0 ? [] : await decideIncoming(ctx.tx, found, anew)
      if (ids.length === 0) ctx.unchanged()
      for (const id of ids)
        ctx.record({ type: 'incoming-mail.decided', subject: { kind: 'incoming-mail', id }, after: { what: 'anew' } })
      onDecided()
      return { begun: ids.length }
    },
    async link(ctx: Ctx, input: Input<typeof incomingMails.link>): Promise<Output<typeof incomingMails.link>> {
      const ticket = await ticketByKey(ctx.tx, ctx.actor, input.ticket)
      if (ticket === undefined) throw new Problem(400, 'mailboxes.no-ticket', { ticket: input.ticket })
      return decide(ctx, input.id, { what: 'link', ticket: ticket.id })
    },
    open: (ctx: Ctx, input: Input<typeof incomingMails.open>) => decide(ctx, input.id, { what: 'open' }),
    async refuse(ctx: Ctx, input: Input<typeof incomingMails.refuse>): Promise<Output<typeof incomingMails.refuse>> {
      if (input.answer) return decide(ctx, input.id, { what: 'answer' })
      return decide(ctx, input.id, { what: 'aside' })
    },
    async explain(ctx: Ctx, input: Input<typeof incomingMails.explain>): Promise<Output<typeof incomingMails.explain>> {
      const raw = Buffer.from(input.raw, 'base64')
      const lookup = knownFor(platform, ctx.actor, input.mailbox)
      const mail = await explainMail(raw, (read) => lookup.ask(ctx.tx, read))
      return {
        from: mail.from,
        to: [...mail.to, ...mail.cc].map((one) => one.address),
        subject: mail.subject,
        text: mail.textWithoutQuotes.slice(0, mostText),
        attachments: mail.attachments.map(({ name, type, size }) => ({ name, type, size })),
        problems: mail.problems,
        action: mail.verdict.action,
        ticket: mail.verdict.ticket ?? null,
        steps: mail.verdict.reasons,
      }
    },
  }
}

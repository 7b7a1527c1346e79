import type { Input, Output } from '../../../contract/action.ts'
import type { mail } from '../../../contract/mail.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { forbidden, notFound, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import {
  bouncingPage,
  mailById,
  mailCounts,
  mailPage,
  queueAgain,
  type StoredMail,
  withdrawMail,
} from '../mail-page-store.ts'
import { clearBouncing } from '../bounces-store.ts'
import { insertMails } from '../mails-store.ts'
import { messageDomain } from '../message.ts'
import { whyNotGiveUp, whyNotRetry } from '../rules/why-not-retry.ts'
import type { MailSettings } from '../transport.ts'

/** The acts and questions of the mail page. `settings` is null where no mail server is named. */
export function mailActions(settings: MailSettings | null) {
  const shown = (m: StoredMail, zone: string): Output<typeof mail.retry> => ({
    id: m.id,
    to: { id: m.person_id, name: m.person_name ?? (m.to_name || m.to_address || '') },
    address: m.address ?? m.to_address,
    kind: m.kind,
    state: m.state,
    why:
      m.problem !== null
        ? sentence(m.problem.code, m.problem.params ?? {}, zone)
        : m.waits !== null && m.state === 'queued'
          ? sentence(m.waits)
          : null,
    reply: (m.problem?.params?.['response'] as string | undefined) || null,
    attempts: m.attempts,
    createdAt: m.created_at,
    nextAt: m.state === 'queued' ? m.next_at : null,
    doneAt: m.done_at,
    bouncedAt: m.bounced_at,
    refusals: shownRefusals({
      retry: whyNotRetry({ state: m.state, bounced: m.bounced_at !== null }, settings !== null),
      'give-up': whyNotGiveUp(m),
    }),
  })
  const locked = async (ctx: Ctx, id: string): Promise<StoredMail> => {
    const found = await mailById(ctx.tx, ctx.actor.organisation, id, true)
    if (found === undefined) throw notFound('mail')
    return found
  }
  const now = async (ctx: Ctx, id: string) =>
    shown((await mailById(ctx.tx, ctx.actor.organisation, id))!, ctx.actor.zone)
  return {
    async status(ctx: Ctx): Promise<Output<typeof mail.status>> {
      const dayBegan = Temporal.Instant.from(ctx.now).toZonedDateTimeISO(ctx.actor.zone).startOfDay().toInstant()
      const counts = await mailCounts(ctx.tx, ctx.actor.organisation, dayBegan.toString())
      return {
        server: settings === null ? null : { host: settings.server.host, from: settings.from.address },
        trouble:
          counts.trouble === null ? null : sentence(counts.trouble.code, counts.trouble.params ?? {}, ctx.actor.zone),
        queued: counts.queued,
        failed: counts.failed,
        sentToday: counts.sent,
        bouncing: counts.bouncing,
      }
    },
    async list(ctx: Ctx, input: Input<typeof mail.list>): Promise<Output<typeof mail.list>> {
      const { rows, next } = await mailPage(
        ctx.tx,
        ctx.actor.organisation,
        { state: input.state, person: input.person },
        input.limit,
        input.after,
      )
      return { items: rows.map((row) => shown(row, ctx.actor.zone)), next }
    },
    async retry(ctx: Ctx, input: Input<typeof mail.retry>): Promise<Output<typeof mail.retry>> {
      const found = await locked(ctx, input.id)
      refuse(whyNotRetry({ state: found.state, bounced: found.bounced_at !== null }, settings !== null))
      await queueAgain(ctx.tx, found.id, ctx.now)
      ctx.record({
        type: 'mail.tried-again',
        subject: { kind: 'mail', id: found.id },
        before: { state: found.state },
        after: { state: 'queued' },
      })
      return now(ctx, found.id)
    },
    async giveUp(ctx: Ctx, input: Input<typeof mail.giveUp>): Promise<Output<typeof mail.giveUp>> {
      const found = await locked(ctx, input.id)
      refuse(whyNotGiveUp(found))
      await withdrawMail(ctx.tx, found.id, ctx.now)
      ctx.record({
        type: 'mail.withdrawn',
        subject: { kind: 'mail', id: found.id },
        before: { state: found.state },
        after: { state: 'withdrawn' },
      })
      return now(ctx, found.id)
    },
    async test(ctx: Ctx): Promise<Output<typeof mail.test>> {
      if (ctx.actor.person === null) throw forbidden('account')
      if (settings === null) refuse({ code: 'mail.no-server' })
      const [id] = await insertMails(ctx.tx, messageDomain(settings!), [
        {
          organisation: ctx.actor.organisation,
          person: ctx.actor.person,
          kind: 'test',
          content: {},
          cause: `test:${newId()}`,
          sendAt: ctx.now,
          waits: null,
        },
      ])
      ctx.record({ type: 'mail.tested', subject: { kind: 'mail', id: id! } })
      return now(ctx, id!)
    },
    async bouncing(ctx: Ctx, input: Input<typeof mail.bouncing>): Promise<Output<typeof mail.bouncing>> {
      const { rows, next } = await bouncingPage(ctx.tx, ctx.actor.organisation, input.person, input.limit, input.after)
      return {
        items: rows.map((b) => ({
          id: b.address,
          address: b.address,
          person: b.person_id === null ? null : { id: b.person_id, name: b.person_name ?? '' },
          since: b.since,
          status: b.status,
          words: b.words,
        })),
        next,
      }
    },
    async clearBouncing(ctx: Ctx, input: Input<typeof mail.clearBouncing>): Promise<Output<typeof mail.clearBouncing>> {
      const cleared = await clearBouncing(ctx.tx, ctx.actor.organisation, input.address)
      if (cleared === undefined) throw notFound('address')
      ctx.record({
        type: 'mail.bounce-cleared',
        subject:
          cleared.person_id === null
            ? { kind: 'organisation', id: ctx.actor.organisation }
            : { kind: 'person', id: cleared.person_id },
        before: { status: cleared.status, since: cleared.since },
      })
      return { address: cleared.address }
    },
  }
}

import type { Ctx } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { bounced, type BouncedMail, mailReported, markBouncing, noteBounce } from './bounces-store.ts'
import { mailOfReturnPath } from './return-path.ts'
import { type DeliveryReport, isAddressDead, messageIdsIn, readReport } from './rules/read-report.ts'

/** A report holds the headers of what came back, or all of it; what lies beyond is not read. */
export const mostBytesOfReport = 2 * 1024 * 1024

export interface TakenBounce {
  mail: string
  /** Whether the address is not mailed any more. */
  dead: boolean
  /** Whom to tell in the app, the first time. */
  tell: { person: string; address: string } | null
}

/**
 * Takes a report of failed delivery (RFC 3464) as it came: finds the mail it is about by our signed return path, else by the Message-ID that
 * was sent back, notes it there, and marks the address where it is dead. A report about another address than ours was sent to marks none. Message-IDs are
 * seen by whoever was written to: where anybody can hand a report in (`byAnybody`), only the signed return path marks an address.
 */
export async function takeBounce(ctx: Ctx, secret: Buffer, raw: Buffer, byAnybody = false): Promise<TakenBounce> {
  const { simpleParser } = await import('mailparser')
  const report = await simpleParser(raw.subarray(0, mostBytesOfReport), {
    keepDeliveryStatus: true,
    skipTextLinks: true,
    skipHtmlToText: true,
  })
  const parts = report.attachments.map((part) => ({ type: part.contentType, text: part.content.toString('utf8') }))
  const said = parts.filter((part) => part.type === 'message/delivery-status').flatMap((part) => readReport(part.text))
  if (said.length === 0) throw new Problem(400, 'mail.bounce.unreadable')
  const { about, isSigned } = await mailOf(ctx, secret, recipientsOf(raw), parts)
  if (about === undefined) throw new Problem(404, 'mail.bounce.unknown')
  const own = said.find((one) => one.recipient === about.address)
  // an address that passes mail on reports under another name; its failure is still ours to know, not ours to mark
  const ours = own ?? (said.length === 1 ? said[0] : undefined)
  if (ours === undefined) throw new Problem(404, 'mail.bounce.unknown')
  if (ours.action !== 'failed' && ours.action !== 'delayed') {
    ctx.unchanged()
    return { mail: about.id, dead: false, tell: null }
  }
  return noted(ctx, about, ours, own !== undefined && (isSigned || !byAnybody))
}

async function noted(ctx: Ctx, about: BouncedMail, report: DeliveryReport, mayMark: boolean): Promise<TakenBounce> {
  const code = report.action === 'failed' ? 'mail.problem.came-back' : 'mail.problem.delayed'
  const problem = { code, params: { response: report.words }, what: 'address', at: ctx.now }
  const dead = mayMark && isAddressDead(report) && about.address !== null
  const fresh = report.action === 'failed' ? await noteBounce(ctx.tx, about.id, ctx.now, problem) : false
  const marked =
    dead &&
    (await markBouncing(ctx.tx, {
      organisation: about.organisation_id,
      address: about.address!,
      person_id: about.person_id,
      since: ctx.now,
      mail: about.id,
      status: report.status,
      words: report.words,
    }))
  if (!fresh && !marked) ctx.unchanged()
  else {
    ctx.record({
      type: 'mail.came-back',
      subject: { kind: 'mail', id: about.id },
      after: { status: report.status, action: report.action, dead },
    })
    if (marked)
      ctx.record({
        type: 'mail.address-bounced',
        subject: bounced(about.person_id, about.id),
        after: { status: report.status, mail: about.id },
      })
  }
  return {
    mail: about.id,
    dead,
    tell: marked && about.person_id !== null ? { person: about.person_id, address: about.address! } : null,
  }
}

async function mailOf(
  ctx: Ctx,
  secret: Buffer,
  recipients: readonly string[],
  parts: readonly { type: string; text: string }[],
): Promise<{ about: BouncedMail | undefined; isSigned: boolean }> {
  const { organisation } = ctx.actor
  const signed = recipients.map((one) => mailOfReturnPath(secret, one)).find((id) => id !== null)
  if (signed != null) return { about: await mailReported(ctx.tx, organisation, { id: signed }), isSigned: true }
  const messageIds = parts
    .filter((part) => part.type === 'message/rfc822' || part.type === 'text/rfc822-headers')
    .flatMap((part) => messageIdsIn(part.text))
  const about = messageIds.length === 0 ? undefined : await mailReported(ctx.tx, organisation, { messageIds })
  return { about, isSigned: false }
}

/** Where the report itself went, by every header that may keep it. */
function recipientsOf(raw: Buffer): string[] {
  const head = raw
    .subarray(0, 64 * 1024)
    .toString('utf8')
    .split(/\r?\n\r?\n/)[0]!
    .replace(/\r?\n[ \t]+/g, ' ')
  return [...head.matchAll(/^(?:to|delivered-to|x-original-to|envelope-to):(.*)$/gim)].map((found) => found[1]!)
}

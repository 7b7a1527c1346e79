import { sentence } from '../platform/catalogue.ts'
import type { Actor } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'
import type { Refusal } from '../platform/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { linkFor } from './links-store.ts'
import type { MailLinks } from './mail-links.ts'
import { closeBatch, noticesOfBatch } from './routing-store.ts'
import { topicOf } from './rules/topics.ts'
import { type SaidNotice, sayNotices } from './say-notices.ts'
import { wholeMinute } from '../platform/sentences.ts'

interface Line {
  words: string
  href: string | null
  detail: string | null
  actions: { label: string; href: string }[]
}

/** Days for which the links of a mail act. */
const linkDays = 7

/**
 * Composes the mail of a batch of notices for the mail queue: what its reader has not read in the app and may still see. Composing closes the
 * batch, so that what comes later is in the next mail; composing again makes the same links.
 */
export function mailNotices(platform: Platform, links: MailLinks) {
  const { publicUrl } = platform.config
  const { subjects } = platform
  return {
    kind: 'notices',
    async compose(
      tx: Db,
      to: { person: string | null; name: string; actor: Actor },
      mail: { id: string; content: Record<string, unknown> },
    ) {
      const batch = mail.content['batch'] as string
      await closeBatch(tx, batch)
      const unread = (await noticesOfBatch(tx, batch)).filter((n) => n.read_at === null)
      if (unread.length === 0) return skipped('mail.skipped.read')
      const said = (await sayNotices(tx, subjects, to.actor, unread)).filter((n) => n.visible)
      if (said.length === 0) return skipped('mail.skipped.gone')
      const about = new Map(said.flatMap((n) => (n.subject === null ? [] : [[n.subject.id, n.subject]])))
      const alone = about.size === 1 && said.every((n) => n.subject !== null) ? [...about.values()][0]! : null
      const lines: Line[] = []
      for (const one of said) lines.push(await lineOf(tx, to.actor, one, mail.id))
      const topics = [...new Set(said.map((n) => topicOf(n.row.kind)))]
      const unsubscribe = await links.unsubscribe(tx, to.person!, topics, mail.id)
      const title = said.length === 1 ? said[0]!.sentence : sentence('notifications.mail.several', { n: said.length })
      return {
        // one subject line for all mails about a record: they stay together whatever the mail program goes by
        subject: alone === null ? title : sentence(subjectLine(said), { ...alone }),
        body: {
          title,
          intro: [],
          sections: [
            { heading: null, lines: said.length === 1 ? [{ ...lines[0]!, words: openWords(said[0]!) }] : lines },
          ],
          footer: [
            {
              words: sentence('notifications.mail.why', { name: to.name }),
              href: `${publicUrl}/settings/notifications`,
            },
            { words: sentence(`notifications.mail.unsubscribe`, { topics: topicWords(topics) }), href: unsubscribe },
          ],
        },
        thread: alone === null ? null : { kind: alone.kind, id: alone.id },
        unsubscribe,
      }
    },
  }

  async function lineOf(tx: Db, reader: Actor, one: SaidNotice, mail: string): Promise<Line> {
    const { subject, row } = one
    const actions: Line['actions'] = []
    const act = async (
      act: 'acknowledge' | 'take' | 'snooze' | 'decide' | 'rate' | 'mute',
      target: Record<string, unknown>,
      about: string,
    ) =>
      actions.push({
        label: sentence(`links.${act}.label`),
        href: links.address(
          await linkFor(tx, platform.secret, {
            person: reader.person!,
            act,
            target,
            madeFor: `${mail}:${act}:${about}`,
            days: linkDays,
          }),
        ),
      })
    if (subject !== null && (await links.mayDecide(tx, reader, subject)))
      await act('decide', { kind: subject.kind, id: subject.id }, subject.id)
    if (subject !== null && row.kind === 'ticket.resolved' && (await links.mayRate(tx, reader, subject)))
      await act('rate', { kind: subject.kind, id: subject.id }, subject.id)
    await act('acknowledge', { notification: row.id }, row.id)
    if (subject !== null) {
      if (await links.mayTake(tx, reader, subject))
        await act('take', { kind: subject.kind, id: subject.id }, subject.id)
      const { commitment } = row.params
      if (typeof commitment === 'string' && (await links.maySnooze(tx, reader, commitment)))
        await act('snooze', { kind: subject.kind, id: subject.id, commitment }, commitment)
      await act('mute', { kind: subject.kind, id: subject.id }, subject.id)
    }
    return {
      words: one.sentence,
      href: subject === null ? `${publicUrl}/notifications` : links.ofSubject(subject),
      detail: sentence('notifications.mail.at', { noticedAt: wholeMinute(row.at) }, reader.zone),
      actions,
    }
  }
}

const skipped = (code: string): Refusal => ({ code, params: {} })

/** The title says the sentence already; the line under it names the record. */
const openWords = ({ subject }: SaidNotice): string =>
  subject === null ? sentence('notifications.mail.open') : `${subject.reference} ${subject.title}`

function subjectLine(said: readonly SaidNotice[]): string {
  const codes = said.map((n) => n.row.code)
  if (said.some((n) => n.row.kind === 'unacted')) return 'notifications.mail.subject.unacted'
  if (codes.includes('commitments.notice.late')) return 'notifications.mail.subject.late'
  if (codes.includes('commitments.notice.due')) return 'notifications.mail.subject.due'
  if (codes.includes('commitments.notice.ahead')) return 'notifications.mail.subject.ahead'
  return 'notifications.mail.subject.plain'
}

export const topicWords = (topics: readonly string[]): string =>
  topics.map((topic) => sentence(`notifications.topic.${topic}`)).join(', ')

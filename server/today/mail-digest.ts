import type { TodayLine, TodayPage } from '../../contract/today.ts'
import { may } from '../../contract/permissions.ts'
import type { Composer, MailLine, MailSection } from '../mail/public.ts'
import type { MailLinks } from '../notifications/public.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Actor } from '../platform/ctx.ts'
import { openCtx, type Platform } from '../platform/platform.ts'
import { showToday } from './show-today.ts'

/** Lines of each part; the page has the rest. */
const most = 8
const parts = ['late', 'dueSoon', 'waiting', 'unowned'] as const

/**
 * The day of one person, composed in the morning when it is sent: what is late, due today and waiting of theirs, and what nobody has in the
 * queues they serve; whoever coordinates gets all of it. Nothing to tell: no mail.
 */
export const mailDigest = (platform: Platform, links: MailLinks): Composer => ({
  kind: 'digest',
  async compose(tx, to, mail) {
    const { actor } = to
    const { ctx } = openCtx(platform, actor, tx, null, mail.now)
    const today = showToday(platform.subjects)
    const everything = await today(ctx, { limit: most })
    const own = may(actor.role, 'tickets.all') ? everything : await today(ctx, { limit: most, person: 'me' })
    const day: Pick<TodayPage, (typeof parts)[number]> = { ...own, unowned: everything.unowned }
    const told = parts.filter((part) => day[part].lines.length > 0)
    if (told.length === 0) return { code: 'mail.skipped.empty' }
    const unsubscribe = await links.unsubscribe(tx, to.person!, ['digest'], mail.id)
    const { publicUrl } = platform.config
    return {
      subject: sentence('today.digest.subject', {
        dayOn: Temporal.Instant.from(ctx.now).toZonedDateTimeISO(actor.zone).toPlainDate().toString(),
        late: day.late.total,
        soon: day.dueSoon.total,
      }),
      body: {
        title: sentence('today.digest.title', { name: to.name }),
        intro: [],
        sections: told.map((part) => sectionOf(part, day[part], actor, links)),
        footer: [
          { words: sentence('today.digest.open'), href: `${publicUrl}/today` },
          { words: sentence('today.digest.settings'), href: `${publicUrl}/settings/notifications` },
          { words: sentence('today.digest.unsubscribe'), href: unsubscribe },
        ],
      },
      thread: null,
      unsubscribe,
    }
  },
})

function sectionOf(
  part: (typeof parts)[number],
  section: TodayPage['late'],
  reader: Actor,
  links: MailLinks,
): MailSection {
  const more = section.total - section.lines.length
  return {
    heading: sentence(`today.digest.${part}`, { n: section.total, more: section.totalCapped ? 'yes' : 'no' }),
    lines: section.lines.map((line) => lineOf(line, reader, links)),
    more: more > 0 ? sentence('today.digest.more', { n: more }) : null,
  }
}

function lineOf(line: TodayLine, reader: Actor, links: MailLinks): MailLine {
  const { clock } = line
  const told = [
    clock?.dueAt == null ? null : sentence('today.digest.due', { dueAt: clock.dueAt }, reader.zone),
    line.waitingFor === null ? null : sentence('today.digest.waitsFor', { name: line.waitingFor }),
    line.assignee === null ? null : sentence('today.digest.assignee', { name: line.assignee.name }),
    line.queue?.name ?? null,
  ].filter((words) => words !== null)
  return {
    words: `${line.subject.reference} ${line.subject.title}`,
    href: links.ofSubject(line.subject),
    detail: told.length === 0 ? null : told.join(' · '),
    actions: [],
  }
}

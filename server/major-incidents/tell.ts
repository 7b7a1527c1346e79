import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { Composer, MailOutlet } from '../mail/public.ts'
import { insertNotices } from '../notifications/public.ts'
import { personsTold, type StoredIncident } from './incidents-store.ts'
import { wholeMinute } from '../platform/sentences.ts'

export const mailKind = 'major-incident'
type News = 'declared' | 'update' | 'ended' | 'report'

/**
 * Tells the stakeholders by name: people of the organisation as they wish to hear, addresses by mail. `cause`: what makes each of them hear of it once. Who
 * wrote it is not told what they wrote.
 */
export async function tellStakeholders(
  ctx: Ctx,
  outlet: MailOutlet | null,
  incident: StoredIncident,
  news: { kind: News; words: string; cause: string },
): Promise<void> {
  const persons = (await personsTold(ctx.tx, incident)).filter((person) => person !== ctx.actor.person)
  await insertNotices(
    ctx.tx,
    persons.map((person) => ({
      person,
      kind: 'major-incident.news',
      code: `major-incidents.notice.${news.kind}`,
      params: { headline: incident.headline, words: shortened(news.words) },
      subject: { kind: 'major_incident', id: incident.id },
      cause: `major-incident:${news.cause}`,
      at: ctx.now,
    })),
  )
  await outlet?.queue(
    ctx.tx,
    incident.addresses.map((address) => ({
      organisation: incident.organisation_id,
      person: null,
      to: { name: '', address },
      kind: mailKind,
      content: { news: news.kind, headline: incident.headline, words: news.words, nextAt: incident.next_update_at },
      cause: `major-incident:${news.cause}:${address}`,
      sendAt: ctx.now,
      waits: null,
    })),
  )
}

const shortened = (words: string): string => (words.length <= 300 ? words : `${words.slice(0, 299).trimEnd()}…`)

/** What an address that is not known here is mailed. */
export const incidentMail = (publicUrl: string): Composer => ({
  kind: mailKind,
  compose: async (_tx, to, { content }) => {
    const { news, headline, words, nextAt } = content as {
      news: News
      headline: string
      words: string
      nextAt: string | null
    }
    const subject = sentence(`major-incidents.mail.${news}`, { headline })
    return {
      subject,
      body: {
        title: subject,
        intro: [
          ...words.split(/\n+/).filter((line) => line.trim() !== ''),
          ...(nextAt === null || news === 'ended' || news === 'report'
            ? []
            : [sentence('major-incidents.mail.next', { nextAt: wholeMinute(nextAt) }, to.actor.zone)]),
        ],
        sections: [],
        footer: [{ words: sentence('mail.footer.from'), href: publicUrl }],
      },
      thread: null,
      unsubscribe: null,
    }
  },
})

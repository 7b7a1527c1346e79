import type { Input, Output } from '../../../contract/action.ts'
import type { ActLink, actLinks, NoticeTopic } from '../../../contract/notifications.ts'
import { actorOfPerson } from '../../people/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Actor, Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { invalid, Problem } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { type LinkRow, linkBy, spendLink } from '../links-store.ts'
import { linkState } from '../rules/link-state.ts'
import { topicWords } from '../mail-notices.ts'
import { saveSettings, settingsOf, muteSubject } from '../settings-store.ts'
import { markRead } from '../store.ts'

/** What higher floors do on behalf of whoever pressed the button. */
export interface LinkedActs {
  take(ctx: Ctx, subject: { kind: string; id: string }): Promise<void>
  /** `until`: ISO instant. Refuses as the action of the app does. */
  snooze(ctx: Ctx, commitment: string, until: string, reason: string): Promise<void>
  decide(ctx: Ctx, approval: string, approve: boolean, comment: string): Promise<void>
  rate(ctx: Ctx, ticket: string, score: number, words: string): Promise<void>
  /** What there is to know of the record before deciding, as the reader sees it. */
  facts(ctx: Ctx, subject: { kind: string; id: string }): Promise<{ label: string; text: string }[]>
}

/** Links in mails: looking at one does nothing (mail scanners look at all of them), pressing the button of its page acts, once. */
export function actLinkActions(platform: Platform, acts: LinkedActs) {
  const { secret, subjects } = platform
  const opened = async (ctx: Ctx, token: string, lock: boolean): Promise<{ link: LinkRow; person: Actor }> => {
    const link = await linkBy(ctx.tx, secret, token, lock)
    const person = link === undefined ? null : await actorOfPerson(ctx.tx, link.person_id)
    if (link === undefined || person === null) throw new Problem(404, 'links.unknown')
    return { link, person }
  }
  const stateOf = (ctx: Ctx, link: LinkRow): ActLink['state'] =>
    linkState(
      { person: link.person_id, expiresAt: link.expires_at, used: link.used_at !== null },
      { signedIn: ctx.actor.person ?? (ctx.actor.kind === 'apiKey' ? ctx.actor.id : null) },
      ctx.now,
    )
  const namesOf = async (tx: Db, person: Actor, { target }: LinkRow): Promise<{ reference: string; title: string }> => {
    const { kind, id } = target as { kind?: string; id?: string }
    const unseen = { reference: '', title: sentence('links.unseen') }
    if (kind === undefined || id === undefined) return unseen
    const seen = await subjects.visibleIds(tx, person, kind, [id])
    return seen.has(id) ? ((await subjects.describe(tx, [{ kind, id }])).get(id) ?? unseen) : unseen
  }
  const asWords = async (tx: Db, person: Actor, link: LinkRow, what: 'asks' | 'done'): Promise<string> => {
    const from = link.target['from'] as string[] | undefined
    return sentence(`links.${link.act}.${what}`, {
      name: person.name,
      topics: from === undefined ? '' : topicWords(from),
      ...(await namesOf(tx, person, link)),
    })
  }
  return {
    async show(ctx: Ctx, input: Input<typeof actLinks.show>): Promise<Output<typeof actLinks.show>> {
      const { link, person } = await opened(ctx, input.token, false)
      const state = stateOf(ctx, link)
      // whoever it was not mailed to learns nothing of what it is about
      const words = state === 'not-yours' ? sentence('links.not-yours') : await asWords(ctx.tx, person, link, 'asks')
      return {
        act: link.act,
        name: state === 'not-yours' ? '' : person.name,
        sentence: words,
        state,
        zone: person.zone,
        facts:
          state === 'open' && link.act === 'decide' ? await acts.facts(asPerson(ctx, person), subjectOf(link)) : [],
      }
    },
    async act(ctx: Ctx, input: Input<typeof actLinks.act>): Promise<Output<typeof actLinks.act>> {
      const { link, person } = await opened(ctx, input.token, true)
      const state = stateOf(ctx, link)
      if (state !== 'open') throw new Problem(state === 'not-yours' ? 403 : 410, `links.${state}`)
      await spendLink(ctx.tx, link.id, ctx.now)
      await perform(asPerson(ctx, person), link, input)
      const kind = link.target['kind'] as string | undefined
      const { reference } = await namesOf(ctx.tx, person, link)
      return {
        sentence: await asWords(ctx.tx, person, link, 'done'),
        subject: kind === undefined || reference === '' ? null : { kind, reference },
      }
    },
  }

  async function perform(ctx: Ctx, link: LinkRow, given: Input<typeof actLinks.act>): Promise<void> {
    const person = link.person_id
    const subject = subjectOf(link)
    switch (link.act) {
      case 'acknowledge':
        await markRead(ctx.tx, person, [String(link.target['notification'])])
        ctx.record({
          type: 'notification.acknowledged',
          subject: { kind: 'notification', id: String(link.target['notification']) },
        })
        return
      case 'take':
        return acts.take(ctx, subject)
      case 'snooze':
        if (given.until === undefined) throw invalid('until', 'links.until-when')
        return acts.snooze(ctx, String(link.target['commitment']), given.until, given.reason)
      case 'decide':
        if (given.approve === undefined) throw invalid('approve', 'links.approve-or-not')
        return acts.decide(ctx, subject.id, given.approve, given.reason)
      case 'rate':
        if (given.score === undefined) throw invalid('score', 'links.score-missing')
        return acts.rate(ctx, subject.id, given.score, given.reason)
      case 'mute':
        await muteSubject(ctx.tx, person, subject)
        ctx.record({
          type: 'notification-settings.muted',
          subject: { kind: 'person', id: person },
          after: { subject: subject.id },
        })
        return
      case 'unsubscribe':
        await unsubscribe(ctx, person, link.target['from'] as (NoticeTopic | 'digest')[])
    }
  }
}

const subjectOf = ({ target }: LinkRow) => ({ kind: String(target['kind']), id: String(target['id']) })

async function unsubscribe(ctx: Ctx, person: string, from: readonly (NoticeTopic | 'digest')[]): Promise<void> {
  const before = await settingsOf(ctx.tx, person, true)
  const ways = { ...before.ways }
  for (const topic of from) if (topic !== 'digest') ways[topic] = { ...ways[topic], mail: 'off' }
  const digest = from.includes('digest') ? 'off' : before.digest
  await saveSettings(ctx.tx, person, { ...before, ways, digest })
  ctx.record({
    type: 'notification-settings.changed',
    subject: { kind: 'person', id: person },
    before: { ways: before.ways, digest: before.digest },
    after: { ways, digest },
  })
}

/** Whoever has the mail acts as its recipient, and the log says so. */
const asPerson = (ctx: Ctx, person: Actor): Ctx => ({
  ...ctx,
  actor: person,
  record: (event) => ctx.record({ ...event, actor: { kind: 'person', id: person.id, name: person.name } }),
})

import { chatChannels, escalation } from '../../contract/chat-channels.ts'
import { actLinks, notificationPreferences, notifications } from '../../contract/notifications.ts'
import type { Platform } from '../platform/platform.ts'
import { actLinkActions, type LinkedActs } from './actions/act-links.ts'
import { chatActions } from './actions/chat-channels.ts'
import { saveEscalation, showEscalation } from './actions/escalation.ts'
import { ownChannels } from './channels-store.ts'
import { preferenceActions, type PreferenceParts } from './actions/preferences.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { sayNotices } from './say-notices.ts'
import { markRead, noticePage } from './store.ts'

/** The reader's own notifications; what they are about is named only while the reader still sees it. */
const inApp = (subjects: Subjects): Route[] => [
  serve(notifications.list, async (ctx, input) => {
    if (ctx.actor.person === null) return { items: [], next: null }
    const { rows, next } = await noticePage(ctx.tx, ctx.actor.person, input.unread === true, input.limit, input.after)
    const said = await sayNotices(ctx.tx, subjects, ctx.actor, rows)
    return {
      items: said.map(({ row, sentence, subject }) => ({
        id: row.id,
        at: row.at,
        readAt: row.read_at,
        kind: row.kind,
        sentence,
        subject,
      })),
      next,
    }
  }),
  serve(notifications.read, async (ctx, input) => {
    const read = ctx.actor.person === null ? 0 : await markRead(ctx.tx, ctx.actor.person, input.ids)
    // reading one's mail is no act upon the records of others; it is not logged
    ctx.unchanged()
    return { read }
  }),
]

export interface NotificationParts extends Pick<PreferenceParts, 'bouncingOf'> {
  acts: LinkedActs
}

export function notificationRoutes(platform: Platform, parts: NotificationParts): Route[] {
  const mine = preferenceActions({
    subjects: platform.subjects,
    mails: platform.config.mail !== null,
    bouncingOf: parts.bouncingOf,
    hasChat: async (db, person) => (await ownChannels(db, person)).some((channel) => channel.active),
  })
  const chat = chatActions(platform)
  const links = actLinkActions(platform, parts.acts)
  return [
    ...inApp(platform.subjects),
    serve(notificationPreferences.show, mine.show),
    serve(notificationPreferences.save, mine.save),
    serve(notificationPreferences.mute, mine.mute),
    serve(notificationPreferences.unmute, mine.unmute),
    serve(actLinks.show, links.show),
    serve(actLinks.act, links.act),
    serve(chatChannels.list, chat.list),
    serve(chatChannels.create, chat.create),
    serve(chatChannels.edit, chat.edit),
    serve(chatChannels.test, chat.test),
    serve(chatChannels.remove, chat.remove),
    serve(escalation.show, showEscalation),
    serve(escalation.save, saveEscalation),
  ]
}

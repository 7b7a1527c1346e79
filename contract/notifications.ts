import { z } from 'zod'
import {
  basedOn,
  command,
  givenDate,
  id,
  instant,
  listOf,
  page,
  plainDate,
  query,
  queryBoolean,
  ref,
} from './action.ts'

export const notification = z.object({
  id,
  at: instant,
  readAt: instant.nullable(),
  kind: z.string(),
  sentence: z.string(),
  subject: z.object({ kind: z.string(), id, reference: z.string(), title: z.string() }).nullable(),
})
export type Notification = z.output<typeof notification>

export const notifications = {
  list: query({
    name: 'notifications.list',
    path: '/notifications',
    permission: 'signed-in',
    summary: "The reader's notifications, newest first.",
    input: z.object({ unread: queryBoolean.optional(), ...page }),
    output: listOf(notification),
  }),
  read: command({
    name: 'notifications.read',
    method: 'POST',
    path: '/notifications/reading',
    permission: 'signed-in',
    summary: 'Mark notifications as read; all of them without ids.',
    input: z.object({ ids: z.array(id).max(500).optional() }),
    output: z.object({ read: z.int() }),
  }),
}

/** What notices are about, as people choose by it. */
export const noticeTopics = [
  'calls',
  'incidents',
  'approvals',
  'promises',
  'escalations',
  'assignments',
  'conversation',
  'outcomes',
  'other',
] as const
export const noticeTopic = z.enum(noticeTopics)
export type NoticeTopic = z.output<typeof noticeTopic>

/** How a topic goes out by a channel. In the app it is always shown. */
export const wayNames = ['off', 'at-once', 'working-hours'] as const
export const way = z.enum(wayNames)
export type Way = z.output<typeof way>
const waysOfTopic = z.object({ mail: way.optional(), chat: way.optional() })
export const ways = z.partialRecord(noticeTopic, waysOfTopic)
export type Ways = z.output<typeof ways>

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as 07:30')
const quiet = z.object({ from: localTime, until: localTime }).nullable()

export const notificationSettings = z.object({
  version: z.int(),
  /** Every topic and channel, with the default of the role where nothing was chosen. */
  ways: z.array(z.object({ topic: noticeTopic, mail: way, chat: way })),
  /** Working hours: the person's own choice, else those of the organisation. */
  calendar: ref.nullable(),
  ownCalendar: z.boolean(),
  calendars: z.array(ref),
  quiet,
  /** Local time of the morning digest; null: none. */
  digestAt: localTime.nullable(),
  /** Whole days of the person's zone, the last included. */
  absence: z.object({ firstDay: plainDate, lastDay: plainDate, delegate: ref.nullable() }).nullable(),
  muted: z.array(z.object({ kind: z.string(), id, reference: z.string(), title: z.string() })),
  /** Whether this installation mails at all, and whether this person is mailed. */
  mail: z.object({ on: z.boolean(), bouncing: z.object({ address: z.string(), since: instant }).nullable() }),
  chat: z.object({ on: z.boolean() }),
})
export type NotificationSettings = z.output<typeof notificationSettings>

export const notificationPreferences = {
  show: query({
    name: 'notification-settings.show',
    path: '/me/notification-settings',
    permission: 'signed-in',
    summary: 'How the reader is told of what concerns them.',
    input: z.object({}),
    output: notificationSettings,
  }),
  save: command({
    name: 'notification-settings.save',
    method: 'PATCH',
    path: '/me/notification-settings',
    permission: 'signed-in',
    summary: 'Change how the reader is told.',
    input: z.object({
      version: basedOn,
      ways: ways.optional(),
      calendar: id.nullable().optional(),
      quiet: quiet.optional(),
      digestAt: localTime.nullable().optional(),
      absence: z.object({ firstDay: givenDate, lastDay: givenDate, delegate: id.nullable() }).nullable().optional(),
    }),
    output: notificationSettings,
  }),
  mute: command({
    name: 'notification-settings.mute',
    method: 'PUT',
    path: '/me/muted/{id}',
    permission: 'signed-in',
    summary: 'Hear no more of a record; escalations pass over whoever muted it.',
    input: z.object({ id, kind: z.string().max(40) }),
    output: notificationSettings,
  }),
  unmute: command({
    name: 'notification-settings.unmute',
    method: 'DELETE',
    path: '/me/muted/{id}',
    permission: 'signed-in',
    summary: 'Hear of a record again.',
    input: z.object({ id }),
    output: notificationSettings,
  }),
}

/** A link in a mail, as the page it opens shows it. Nothing happens until its button is pressed. */
export const actLink = z.object({
  act: z.enum(['acknowledge', 'take', 'snooze', 'decide', 'rate', 'mute', 'unsubscribe']),
  /** Whom the mail was for. */
  name: z.string(),
  /** What pressing the button does. */
  sentence: z.string(),
  state: z.enum(['open', 'used', 'expired', 'not-yours']),
  /** IANA zone in which that person gives times. */
  zone: z.string(),
  /** What there is to know before deciding. */
  facts: z.array(z.object({ label: z.string(), text: z.string() })),
})
export type ActLink = z.output<typeof actLink>
const linkToken = z.string().min(20).max(200)

export const actLinks = {
  show: query({
    name: 'links.show',
    path: '/links/{token}',
    permission: 'public',
    summary: 'What a link of a mail would do.',
    input: z.object({ token: linkToken }),
    output: actLink,
  }),
  act: command({
    name: 'links.act',
    method: 'POST',
    path: '/links/{token}',
    permission: 'public',
    summary:
      'Do what the link says, once, as the person it was mailed to. Putting aside needs a moment and a reason, a decision and a mark say which.',
    input: z.object({
      token: linkToken,
      until: instant.optional(),
      approve: z.boolean().optional(),
      score: z.int().min(1).max(5).optional(),
      reason: z.string().trim().max(500).default(''),
    }),
    output: z.object({
      sentence: z.string(),
      subject: z.object({ kind: z.string(), reference: z.string() }).nullable(),
    }),
  }),
}

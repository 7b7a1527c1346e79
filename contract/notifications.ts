import { z } from 'zod'
import { command, id, instant, listOf, page, query, queryBoolean } from './action.ts'

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

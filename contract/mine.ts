import { z } from 'zod'
import { command, instant, query, ref } from './action.ts'
import { role, zoneName } from './people.ts'
import { permissions } from './permissions.ts'

export const theme = z.enum(['auto', 'light', 'dark'])
export const settings = z.object({ zone: zoneName, locale: z.string().max(20), theme, notifyBrowser: z.boolean() })

/** The signed-in reader: what the web app needs before anything else. */
export const me = z.object({
  /** Null for an API key. */
  person: ref.extend({ email: z.string().nullable() }).nullable(),
  role,
  permissions: z.array(z.enum(permissions)),
  teams: z.array(ref),
  queues: z.array(ref),
  settings,
  secondFactor: z.boolean(),
  unreadNotifications: z.int(),
  /** True where there is more than one organisation. */
  organisations: z.array(ref),
})
export type Me = z.output<typeof me>

export const session = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  address: z.string().nullable(),
  browser: z.string().nullable(),
})

export const mine = {
  show: query({
    name: 'me.show',
    path: '/me',
    permission: 'signed-in',
    summary: 'The reader: role, permissions, teams, settings.',
    input: z.object({}),
    output: me,
  }),
  saveSettings: command({
    name: 'me.save-settings',
    method: 'PATCH',
    path: '/me/settings',
    permission: 'signed-in',
    summary: "Change the reader's own settings.",
    input: settings.partial(),
    output: me,
  }),
  sessions: query({
    name: 'me.sessions',
    path: '/me/sessions',
    permission: 'signed-in',
    summary: 'Where the reader is signed in.',
    input: z.object({}),
    output: z.object({ items: z.array(session) }),
  }),
  revokeSession: command({
    name: 'me.revoke-session',
    method: 'DELETE',
    path: '/me/sessions/{id}',
    permission: 'signed-in',
    summary: "End one of the reader's sessions.",
    input: z.object({ id: z.string().max(100) }),
    output: z.object({ items: z.array(session) }),
  }),
}

import type { Key } from './platform/catalogue.ts'
import type { Permission } from '../contract/permissions.ts'

/** How the four states of a page come about in the browser journeys. */
export interface PageStates {
  /** An address with something to show; `{ticket}` and the like are filled in by the journeys from the running server. */
  data: string
  /** `no-items`: every question answers an empty list. `not-found`: the record of the address does not exist. `form`: a form, empty as it opens. */
  empty: 'no-items' | 'not-found' | 'form'
  /** `query-fails`: every question answers 500. `act-fails`: there is no question; the act of the form answers 500. */
  error: 'query-fails' | 'act-fails'
  /** `forbidden`: the reader lacks the permission. `public`: the page is for everybody; a spent link stands in for it. */
  noPermission: 'forbidden' | 'public'
}

export interface PageSpec {
  id: string
  path: string
  title: Key
  permission: Permission | 'public' | 'signed-in'
  /** Names of the actions it asks when it opens. */
  queries: readonly string[]
  states: PageStates
}

const list = (data: string): PageStates => ({
  data,
  empty: 'no-items',
  error: 'query-fails',
  noPermission: 'forbidden',
})
const record = (data: string): PageStates => ({
  data,
  empty: 'not-found',
  error: 'query-fails',
  noPermission: 'forbidden',
})
const form = (data: string): PageStates => ({ data, empty: 'form', error: 'query-fails', noPermission: 'forbidden' })
const open = (data: string): PageStates => ({ data, empty: 'form', error: 'act-fails', noPermission: 'public' })

/** Every page there is: the router and the journeys both read this. */
export const pages = [
  {
    id: 'sign-in',
    path: '/sign-in',
    title: 'signIn.title',
    permission: 'public',
    queries: [],
    states: open('/sign-in'),
  },
  {
    id: 'setup',
    path: '/setup',
    title: 'setup.title',
    permission: 'public',
    queries: ['setup.status'],
    states: { ...open('/setup?token=spent'), error: 'query-fails' },
  },
  {
    id: 'invitation',
    path: '/invitations/$token',
    title: 'invitation.title',
    permission: 'public',
    queries: ['setup.invitation'],
    states: { ...open('/invitations/spent'), empty: 'not-found', error: 'query-fails' },
  },
  {
    id: 'today',
    path: '/today',
    title: 'today.title',
    permission: 'today.read',
    queries: ['today.show'],
    states: list('/today'),
  },
  {
    id: 'tickets',
    path: '/tickets',
    title: 'queue.title',
    permission: 'tickets.read',
    queries: ['tickets.list', 'queues.list'],
    states: list('/tickets?view=open'),
  },
  {
    id: 'ticket-new',
    path: '/tickets/new',
    title: 'ticketNew.title',
    permission: 'tickets.open',
    queries: ['queues.list', 'categories.list'],
    states: form('/tickets/new'),
  },
  {
    id: 'ticket',
    path: '/tickets/$reference',
    title: 'ticket.title',
    permission: 'tickets.read',
    queries: ['tickets.show', 'tickets.timeline'],
    states: record('/tickets/{ticket}'),
  },
  {
    id: 'commitments',
    path: '/commitments',
    title: 'commitments.title',
    permission: 'commitments.read',
    queries: ['commitments.list'],
    states: list('/commitments?view=all'),
  },
  {
    id: 'commitment-series',
    path: '/commitments/recurring',
    title: 'series.title',
    permission: 'commitments.read',
    queries: ['commitment-series.list'],
    states: list('/commitments/recurring'),
  },
  {
    id: 'commitment',
    path: '/commitments/$reference',
    title: 'commitment.title',
    permission: 'commitments.read',
    queries: ['commitments.show', 'commitments.explain'],
    states: record('/commitments/{commitment}'),
  },
  {
    id: 'on-call',
    path: '/on-call',
    title: 'onCall.title',
    permission: 'on-call.read',
    queries: ['on-call.list'],
    states: list('/on-call'),
  },
  {
    id: 'on-call-schedule',
    path: '/on-call/$id',
    title: 'onCall.schedule',
    permission: 'on-call.read',
    queries: ['on-call.show', 'on-call.shifts', 'on-call.notes'],
    states: record('/on-call/{onCall}'),
  },
  {
    id: 'people',
    path: '/people',
    title: 'people.title',
    permission: 'people.read',
    queries: ['people.list'],
    states: list('/people'),
  },
  {
    id: 'person',
    path: '/people/$id',
    title: 'person.title',
    permission: 'people.read',
    queries: ['people.show'],
    states: record('/people/{person}'),
  },
  {
    id: 'teams',
    path: '/teams',
    title: 'teams.title',
    permission: 'people.read',
    queries: ['teams.list'],
    states: list('/teams'),
  },
  {
    id: 'team',
    path: '/teams/$id',
    title: 'team.title',
    permission: 'people.read',
    queries: ['teams.show'],
    states: record('/teams/{team}'),
  },
  {
    id: 'vendors',
    path: '/vendors',
    title: 'vendors.title',
    permission: 'vendors.read',
    queries: ['vendors.list'],
    states: list('/vendors'),
  },
  {
    id: 'vendor',
    path: '/vendors/$id',
    title: 'vendor.title',
    permission: 'vendors.read',
    queries: ['vendors.show'],
    states: record('/vendors/{vendor}'),
  },
  {
    id: 'calendars',
    path: '/calendars',
    title: 'calendars.title',
    permission: 'calendars.read',
    queries: ['calendars.list'],
    states: list('/calendars'),
  },
  {
    id: 'calendar-new',
    path: '/calendars/new',
    title: 'calendarNew.title',
    permission: 'calendars.write',
    queries: ['calendars.countries'],
    states: form('/calendars/new'),
  },
  {
    id: 'calendar',
    path: '/calendars/$id',
    title: 'calendar.title',
    permission: 'calendars.read',
    queries: ['calendars.show'],
    states: record('/calendars/{calendar}'),
  },
  {
    id: 'service-levels',
    path: '/service-levels',
    title: 'serviceLevels.title',
    permission: 'service-levels.read',
    queries: ['service-levels.list'],
    states: list('/service-levels'),
  },
  {
    id: 'service-level-new',
    path: '/service-levels/new',
    title: 'serviceLevelNew.title',
    permission: 'service-levels.write',
    queries: ['calendars.list', 'queues.list', 'categories.list'],
    states: form('/service-levels/new'),
  },
  {
    id: 'service-level',
    path: '/service-levels/$id',
    title: 'serviceLevel.title',
    permission: 'service-levels.read',
    queries: ['service-levels.show', 'calendars.list', 'queues.list', 'categories.list'],
    states: record('/service-levels/{serviceLevel}'),
  },
  {
    id: 'imports',
    path: '/imports',
    title: 'imports.title',
    permission: 'imports.run',
    queries: ['imports.list'],
    states: list('/imports'),
  },
  {
    id: 'import-new',
    path: '/imports/new',
    title: 'importNew.title',
    permission: 'imports.run',
    queries: ['imports.sources'],
    states: { ...form('/imports/new'), empty: 'no-items' },
  },
  {
    id: 'import',
    path: '/imports/$id',
    title: 'import.title',
    permission: 'imports.run',
    queries: ['imports.show', 'imports.rows'],
    states: record('/imports/{import}'),
  },
  {
    id: 'reports',
    path: '/reports',
    title: 'reports.title',
    permission: 'reports.read',
    queries: ['reports.promises'],
    states: list('/reports'),
  },
  {
    id: 'mail',
    path: '/mail',
    title: 'mail.title',
    permission: 'mail.manage',
    queries: ['mail.list'],
    states: list('/mail'),
  },
  {
    id: 'notifications',
    path: '/notifications',
    title: 'notifications.title',
    permission: 'signed-in',
    queries: ['notifications.list'],
    states: list('/notifications'),
  },
  {
    id: 'act-link',
    path: '/links/$token',
    title: 'actLink.title',
    permission: 'public',
    queries: ['links.show'],
    states: { ...open('/links/a-link-that-nobody-was-mailed'), empty: 'not-found', error: 'query-fails' },
  },
  {
    id: 'events',
    path: '/events',
    title: 'events.title',
    permission: 'events.read',
    queries: ['events.list'],
    states: list('/events'),
  },
  {
    id: 'system',
    path: '/system',
    title: 'system.title',
    permission: 'system.read',
    queries: ['system.health'],
    states: list('/system'),
  },
  {
    id: 'jobs',
    path: '/system/jobs',
    title: 'jobs.title',
    permission: 'system.read',
    queries: ['jobs.list'],
    states: list('/system/jobs'),
  },
  {
    id: 'backups',
    path: '/system/backups',
    title: 'backups.title',
    permission: 'system.read',
    queries: ['backups.list'],
    states: list('/system/backups'),
  },
  {
    id: 'webhooks',
    path: '/system/webhooks',
    title: 'webhooks.title',
    permission: 'webhooks.manage',
    queries: ['webhooks.list'],
    states: list('/system/webhooks'),
  },
  {
    id: 'webhook',
    path: '/system/webhooks/$id',
    title: 'webhook.title',
    permission: 'webhooks.manage',
    queries: ['webhooks.show', 'webhooks.deliveries'],
    states: record('/system/webhooks/{webhook}'),
  },
  {
    id: 'settings',
    path: '/settings',
    title: 'mySettings.title',
    permission: 'signed-in',
    queries: ['me.sessions'],
    states: list('/settings'),
  },
  {
    id: 'feeds',
    path: '/settings/feeds',
    title: 'feeds.title',
    permission: 'commitments.read',
    queries: ['feeds.list'],
    states: list('/settings/feeds'),
  },
  {
    id: 'my-notifications',
    path: '/settings/notifications',
    title: 'myNotifications.title',
    permission: 'signed-in',
    queries: ['notification-settings.show'],
    states: { ...form('/settings/notifications'), empty: 'not-found' },
  },
  {
    id: 'organisation',
    path: '/settings/organisation',
    title: 'organisation.title',
    permission: 'tickets.configure',
    queries: ['queues.list', 'ticket-settings.show'],
    states: list('/settings/organisation'),
  },
  {
    id: 'categories',
    path: '/settings/categories',
    title: 'categories.title',
    permission: 'tickets.configure',
    queries: ['categories.list'],
    states: list('/settings/categories'),
  },
  {
    id: 'channels',
    path: '/settings/channels',
    title: 'channels.page',
    permission: 'mail.manage',
    queries: ['chat-channels.list'],
    states: list('/settings/channels'),
  },
  {
    id: 'keys',
    path: '/settings/keys',
    title: 'apiKeys.title',
    permission: 'keys.manage',
    queries: ['keys.list'],
    states: list('/settings/keys'),
  },
] as const satisfies readonly PageSpec[]

export type PageId = (typeof pages)[number]['id']

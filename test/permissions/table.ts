/**
 * Who may do what: reviewed by hand, and never made from contract/permissions.ts, which it checks. One letter per
 * reader, in this order. `trusted` is a technician who was given the team's confidential tickets.
 *
 *   a  allowed     r  refused: 401, 403 or a rule's "not yours"     h  hidden: 404, or left out of the list
 */
export const readers = [
  'requester',
  'technician',
  'trusted',
  'coordinator',
  'manager',
  'auditor',
  'administrator',
] as const
export type Reader = (typeof readers)[number]

/**
 * Every reader is a member of the own team, which serves the own queue. `own`: the reader asked for it, in the queue of
 * another team. `ownTeam`, `otherTeam`: somebody else asked for it, in that queue. `confidential`: as `ownTeam`, and
 * confidential.
 */
export const situations = ['own', 'ownTeam', 'otherTeam', 'confidential'] as const
export type Situation = (typeof situations)[number]

export type Row = { everywhere: string } | Record<Situation, string>

const everywhere = (row: string): Row => ({ everywhere: row })
const at = (own: string, ownTeam: string, otherTeam: string, confidential: string): Row => ({
  own,
  ownTeam,
  otherTeam,
  confidential,
})

//                              r t T c m a A
const everybody = everywhere('a a a a a a a')
const staff = everywhere('r a a a a a a')
const keepers = everywhere('r r r a r r a')
const administrators = everywhere('r r r r r r a')
const makers = everywhere('r a a a a r a')

//                     own              own team         other team       confidential
const seeing = at('a a a a a a a', 'h a a a a a a', 'h h h a a a a', 'h h a h h h h')
const working = at('r r r a r r a', 'r a a a r r a', 'r h h a r r a', 'r h a h r r h')
const asking = at('a a a a a r a', 'h a a a r r a', 'h h h a r r a', 'h h a h h r h')
const joining = at('a a a a a r a', 'h a a a a r a', 'h h h a a r a', 'h h a h h r h')
const inside = at('r r r a r r a', 'h a a a r r a', 'h h h a r r a', 'h h a h h r h')
const looking = at('r a a a a a a', 'r a a a a a a', 'r h h a a a a', 'r h a h h h h')
const keeping = at('r r r a r r a', 'r a a a r r a', 'r h h a r r a', 'r h a h h r h')
// who belongs to the team that owns the promise puts it aside, also without working the ticket
const shelving = at('r r r a r r a', 'r a a a a r a', 'r h h a r r a', 'r h a h h r h')
const auditing = at('r r r r r a a', 'r r r r r a a', 'r r r r r a a', 'r r r r r h h')

/** A name after `#` is a second way of asking for the same action. */
export const table: Record<string, Row> = {
  'tickets.list': seeing,
  'tickets.show': seeing,
  'tickets.timeline': seeing,
  'tickets.open': everywhere('a a a a a r a'),
  'tickets.open#for-another': everywhere('r a a a r r a'),
  'tickets.edit': asking,
  'tickets.edit#priority': inside,
  'tickets.assign': working,
  'tickets.change-state': working,
  'tickets.resolve': working,
  'tickets.close': asking,
  'tickets.reopen': asking,
  'tickets.add-note': joining,
  'tickets.add-note#internal': inside,
  'tickets.watch': joining,
  'tickets.watch#another': inside,
  'tickets.unwatch': joining,
  'search.everything': seeing,
  // what one merely asked for belongs to the portal, not to a technician's day
  'today.show': at('r h h a a a a', 'r a a a a a a', 'r h h a a a a', 'r h a h h h h'),
  'events.list': auditing,
  'system.health': everywhere('r r r r r a a'),
  'jobs.list': everywhere('r r r r r a a'),
  'jobs.retry': administrators,
  'jobs.give-up': administrators,
  'backups.list': everywhere('r r r r r a a'),
  'backups.settings': everywhere('r r r r r a a'),
  'backups.save': administrators,
  'backups.start': administrators,
  'backups.test': administrators,
  'webhooks.list': administrators,
  'webhooks.show': administrators,
  'webhooks.event-types': administrators,
  'webhooks.create': administrators,
  'webhooks.edit': administrators,
  'webhooks.rotate': administrators,
  'webhooks.remove': administrators,
  'webhooks.test': administrators,
  'webhooks.deliveries': administrators,
  'webhooks.repeat': administrators,
  'events.erase': administrators,
  'audit.status': everywhere('r r r r r a a'),
  'audit.verify': everywhere('r r r r r a a'),
  'commitments.list': looking,
  'commitments.show': looking,
  'commitments.explain': seeing,
  'commitments.waive': working,
  'commitments.hand-over': working,
  'commitments.make': makers,
  'commitments.make#about-a-ticket': at('r a a a a r a', 'r a a a a r a', 'r h h a a r a', 'r h a h h r h'),
  'commitments.complete': keeping,
  'commitments.move': keeping,
  'commitments.snooze': shelving,
  'commitment-series.list': staff,
  'commitment-series.show': everywhere('r h h a a a a'),
  'commitment-series.preview': makers,
  'commitment-series.create': makers,
  'commitment-series.edit': everywhere('r h h a r r a'),
  'feeds.list': staff,
  'feeds.create': staff,
  'feeds.revoke': staff,
  'on-call.list': staff,
  'on-call.show': staff,
  'on-call.create': keepers,
  'on-call.edit': keepers,
  'on-call.shifts': staff,
  // of another team
  'on-call.add-override': keepers,
  'on-call.remove-override': keepers,
  'on-call.notes': staff,
  'on-call.write-note': keepers,
  'on-call.read-note': keepers,
  'on-call-pages.list': looking,
  'on-call-pages.call': looking,
  'on-call-pages.take': at('r r r a r r a', 'r r r a r r a', 'r h h a r r a', 'r h r h h h h'),
  'clocks.simulate': staff,

  'queues.list': everybody,
  'queues.create': keepers,
  'queues.edit': keepers,
  'queues.assignees': everywhere('r a a a r r a'),
  'categories.list': everybody,
  'categories.create': keepers,
  'categories.edit': keepers,
  'ticket-settings.show': everybody,
  'ticket-settings.edit': keepers,

  'people.list': staff,
  'people.show': staff,
  'people.create': keepers,
  'people.edit': keepers,
  'people.invite': keepers,
  'people.invite#administrator': administrators,
  'people.change-role': keepers,
  'people.change-role#administrator': administrators,
  'people.unlock': keepers,
  'people.deactivate': keepers,
  'people.reactivate': keepers,
  'teams.list': staff,
  'teams.show': staff,
  'teams.create': keepers,
  'teams.edit': keepers,
  'teams.set-member': keepers,
  'teams.remove-member': keepers,
  'keys.list': administrators,
  'keys.create': administrators,
  'keys.revoke': administrators,
  'me.show': everybody,
  'me.save-settings': everybody,
  'me.sessions': everybody,
  'me.revoke-session': everybody,
  'notifications.list': everybody,
  'notifications.read': everybody,

  'notification-settings.show': everybody,
  'notification-settings.save': everybody,
  'notification-settings.mute': seeing,
  'notification-settings.unmute': everybody,
  'chat-channels.list': everybody,
  'chat-channels.list#shared': keepers,
  'chat-channels.create': everybody,
  'chat-channels.create#shared': keepers,
  'chat-channels.edit': everybody,
  'chat-channels.edit#of-another': everywhere('h h h h h h h'),
  'chat-channels.test': everybody,
  'chat-channels.remove': everybody,
  'escalation.show': keepers,
  'escalation.save': keepers,
  'links.show': everybody,
  // each reader presses the button of a link that was mailed to them
  'links.act': everybody,

  'mail.status': keepers,
  'mail.list': keepers,
  'mail.retry': keepers,
  'mail.give-up': keepers,
  'mail.test': keepers,
  'mail.bouncing': keepers,
  'mail.clear-bouncing': keepers,

  'calendars.list': staff,
  'calendars.show': staff,
  'calendars.countries': staff,
  'calendars.holidays': staff,
  'calendars.preview': staff,
  'calendars.measure': staff,
  'calendars.create': keepers,
  'calendars.edit': keepers,
  'service-levels.list': staff,
  'service-levels.show': staff,
  'service-levels.create': keepers,
  'service-levels.edit': keepers,
  'service-levels.preview': keepers,
  'service-levels.moves': staff,
  'service-levels.tried': keepers,
  'service-levels.reorder': keepers,
  'reports.promises': staff,
  'reports.tickets': staff,
  'reports.as-if': everywhere('r r r a a a a'),
  'reports.as-if-runs': everywhere('r r r a a a a'),
  'reports.as-if-tickets': everywhere('r r r a a a a'),
  'assets.list': staff,
  'assets.show': staff,
  'assets.history': staff,
  'assets.register': keepers,
  'assets.edit': keepers,
  'assets.edit-many': keepers,
  'assets.change-state': everywhere('r a a a r r a'),
  'assets.reveal': keepers,
  'stock.list': staff,
  'stock.show': staff,
  'stock.create': keepers,
  'stock.edit': keepers,
  'stock.move': everywhere('r a a a r r a'),
  'manufacturers.list': staff,
  'manufacturers.create': keepers,
  'manufacturers.edit': keepers,
  'asset-categories.list': staff,
  'asset-categories.create': keepers,
  'asset-categories.edit': keepers,
  'depreciation-classes.list': staff,
  'depreciation-classes.create': keepers,
  'depreciation-classes.edit': keepers,
  'asset-models.list': staff,
  'asset-models.show': staff,
  'asset-models.create': keepers,
  'asset-models.edit': keepers,
  'loan-pools.list': staff,
  'loan-pools.create': keepers,
  'loan-pools.edit': keepers,
  'locations.list': staff,
  'locations.show': staff,
  'locations.create': keepers,
  'locations.edit': keepers,
  'fields.list': staff,
  'fields.kinds': staff,
  'fields.define': keepers,
  'fields.edit': keepers,
  'vendors.list': staff,
  'vendors.show': staff,
  'vendors.create': keepers,
  'vendors.edit': keepers,
  'agents.list': staff,
  'agents.show': staff,
  'inventories.list': staff,
  'inventories.show': staff,
  'devices.list': staff,
  'devices.show': staff,
  'devices.ignore': keepers,
  'devices.wait': keepers,
  'device-pairs.list': staff,
  'device-pairs.show': staff,
  'device-pairs.decide': keepers,
  'device-pairs.undo': keepers,
  'agent-keys.list': keepers,
  'agent-keys.create': keepers,
  'agent-keys.revoke': keepers,
  'discovery-settings.show': staff,
  'discovery-settings.save': keepers,
  'imports.sources': keepers,
  'imports.list': keepers,
  'imports.show': keepers,
  'imports.rows': keepers,
  'imports.start': keepers,
  'imports.cancel': keepers,
  'imports.resume': keepers,

  'setup.status': everybody,
  // set up once, by whoever has the link
  'setup.complete': everywhere('r r r r r r r'),
  'setup.invitation': everybody,
  'setup.accept': everybody,
}

/** What somebody who is not signed in may ask; everything else is refused with 401. */
export const forVisitors = [
  'setup.status',
  'setup.complete',
  'setup.invitation',
  'setup.accept',
  'links.show',
  'links.act',
]

import { chatChannels, escalation } from '../../contract/chat-channels.ts'
import { calendars, calendarArithmetic } from '../../contract/calendars.ts'
import { type Client } from '../../contract/client.ts'
import { clocks } from '../../contract/clocks.ts'
import { feeds } from '../../contract/calendar-feeds.ts'
import { commitmentSeries } from '../../contract/commitment-series.ts'
import { commitments } from '../../contract/commitments.ts'
import { audit, events } from '../../contract/events.ts'
import { imports } from '../../contract/imports.ts'
import { mail } from '../../contract/mail.ts'
import { actLinks, notificationPreferences, notifications } from '../../contract/notifications.ts'
import { onCall, onCallPages } from '../../contract/on-call.ts'
import { keys } from '../../contract/api-keys.ts'
import { mine } from '../../contract/mine.ts'
import { people, teams } from '../../contract/people.ts'
import { setup } from '../../contract/set-up.ts'
import { search } from '../../contract/search.ts'
import { reports } from '../../contract/reports.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { categories, queues, ticketSetup } from '../../contract/queues.ts'
import { skills } from '../../contract/skills.ts'
import { macroProbes } from './macro-probes.ts'
import { timeProbes } from './time-probes.ts'
import { ticketDrafts } from '../../contract/ticket-drafts.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { ticketParents } from '../../contract/ticket-parents.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { today } from '../../contract/today.ts'
import { vendors } from '../../contract/vendors.ts'
import { backups, jobs, system } from '../../contract/operations.ts'
import { webhooks } from '../../contract/webhooks.ts'
import type { TestPerson } from '../support/server.ts'
import { among } from './among.ts'
import { auditProbes } from './audit-probes.ts'
import { approvalProbes } from './approval-probes.ts'
import { portalProbes } from './portal-probes.ts'
import { catalogueProbes } from './catalogue-probes.ts'
import { attestationProbes } from './attestation-probes.ts'
import { custodyProbes } from './custody-probes.ts'
import { discoveryProbes } from './discovery-probes.ts'
import { incidentProbes } from './incident-probes.ts'
import { ruleProbes } from './rule-probes.ts'
import { bulkProbes } from './bulk-probes.ts'
import { viewProbes } from './view-probes.ts'
import { monitoringProbes } from './monitoring-probes.ts'
import { mailboxProbes } from './mailbox-probes.ts'
import { itemProbes } from './item-probes.ts'
import { type Ground, rota } from './ground.ts'
import { reconciliationProbes } from './reconciliation-probes.ts'
import { registerProbes } from './register-probes.ts'

export interface Cell {
  client: Client
  reader: TestPerson
  /** The ticket of the situation: a fresh one for a command. */
  ticket: Ticket
  /** Made by an administrator before the reader tries. */
  ground: Ground
  /** A text that is not used elsewhere. */
  fresh: string
}

/** How an action is tried, so that it succeeds for whoever may do it. */
export type Probe = (cell: Cell) => Promise<unknown>

const calendar = { zone: 'Europe/Berlin', week: { mon: [{ from: '09:00', to: '17:00' }] } }
const start = '2026-05-18T08:00:00Z'
// a name that never resolves (RFC 6761)
const webhook = 'https://hooks.invalid/services/T0/B0/x'
const ownChannel = ({ client, fresh }: Cell) =>
  client(chatChannels.create, { kind: 'slack', name: fresh, address: webhook, owner: { kind: 'person' } })
const due = { on: '2040-01-01' }
const recurrence = { rule: 'FREQ=MONTHLY', startsOn: '2040-01-01' }
const byHand = async ({ ground, ticket, fresh }: Cell) =>
  (await ground.insider(commitments.make, { title: fresh, due, about: { kind: 'ticket', id: ticket.id } })).id
const inTheFuture = { from: '2040-01-01T00:00:00Z', to: '2040-01-02T00:00:00Z' }
const called = async ({ ground, ticket }: Cell) =>
  (await ground.insider(onCallPages.call, { schedule: ground.onCall, about: { kind: 'ticket', id: ticket.id } })).id
const seriesOf = async ({ ground, fresh }: Cell) =>
  (await ground.insider(commitmentSeries.create, { title: fresh, ...recurrence })).id

const weeks = { from: '2026-01-05', to: '2026-03-30' }

export const probes: Record<string, Probe> = {
  'tickets.list': async ({ client, ticket }) => among((await client(tickets.list, { limit: 200 })).items, ticket.id),
  'tickets.show': ({ client, ticket }) => client(tickets.show, { id: ticket.reference }),
  'tickets.timeline': ({ client, ticket }) => client(tickets.timeline, { id: ticket.id }),
  'tickets.open': ({ client }) => client(tickets.open, { title: 'Mine' }),
  'tickets.open#for-another': ({ client, ground }) =>
    client(tickets.open, { title: 'Theirs', requester: ground.asker.id }),
  'tickets.edit': ({ client, ticket }) => client(tickets.edit, { id: ticket.id, title: 'Better words' }),
  'tickets.edit#priority': ({ client, ticket }) => client(tickets.edit, { id: ticket.id, impact: 1, urgency: 1 }),
  'tickets.assign': ({ client, ticket, ground }) =>
    client(tickets.assign, { id: ticket.id, assignee: ground.server.id }),
  'tickets.change-state': ({ client, ticket }) => client(tickets.changeState, { id: ticket.id, state: 'in_progress' }),
  'tickets.resolve': ({ client, ticket }) => client(tickets.resolve, { id: ticket.id, resolution: 'Done' }),
  'tickets.close': async ({ client, ticket, ground }) => {
    await ground.insider(tickets.resolve, { id: ticket.id })
    return client(tickets.close, { id: ticket.id })
  },
  'tickets.reopen': async ({ client, ticket, ground }) => {
    await ground.insider(tickets.resolve, { id: ticket.id })
    return client(tickets.reopen, { id: ticket.id })
  },
  'ticket-parents.set': async ({ client, ticket }) => {
    const parent = await client(tickets.open, { title: 'All of it', queue: ticket.queue.id })
    return client(ticketParents.set, { id: ticket.id, parent: parent.id })
  },
  'ticket-merges.merge': async ({ client, ticket }) => {
    // their own, so that they see the other one and the answer is about the ticket itself
    const other = await client(tickets.open, { title: 'The same again', queue: ticket.queue.id })
    return client(ticketMerges.merge, { id: ticket.id, into: other.id })
  },
  'ticket-merges.take-apart': async ({ client, ticket, ground }) => {
    const other = await ground.insider(tickets.open, { title: 'The same again', queue: ticket.queue.id })
    await ground.insider(ticketMerges.merge, { id: ticket.id, into: other.id })
    return client(ticketMerges.takeApart, { id: ticket.id })
  },
  'tickets.add-note': ({ client, ticket }) => client(tickets.addNote, { id: ticket.id, public: true, body: 'Hello' }),
  'tickets.add-note#internal': ({ client, ticket }) =>
    client(tickets.addNote, { id: ticket.id, public: false, body: 'Hm' }),
  ...macroProbes,
  ...timeProbes,
  'ticket-drafts.mine': ({ client }) => client(ticketDrafts.mine, {}),
  'ticket-drafts.list': ({ client, ticket }) => client(ticketDrafts.list, { id: ticket.id }),
  'ticket-drafts.keep': ({ client, ticket }) => client(ticketDrafts.keep, { id: ticket.id, public: true, body: 'Hel' }),
  'ticket-drafts.keep#internal': ({ client, ticket }) =>
    client(ticketDrafts.keep, { id: ticket.id, public: false, body: 'H' }),
  'tickets.watch': ({ client, ticket }) => client(tickets.watch, { id: ticket.id, person: 'me' }),
  'tickets.watch#another': ({ client, ticket, ground }) =>
    client(tickets.watch, { id: ticket.id, person: ground.asker.id }),
  'tickets.unwatch': ({ client, ticket }) => client(tickets.unwatch, { id: ticket.id, person: 'me' }),
  'search.everything': async ({ client, ticket }) =>
    among((await client(search.everything, { q: ticket.reference })).items, ticket.id),
  'today.show': async ({ client, ticket, ground }) => {
    await ground.makeOldest(ticket.id)
    among(
      (await client(today.show, { limit: 100 })).unowned.lines.map((line) => line.subject),
      ticket.id,
    )
  },
  'events.list': async ({ client, ticket }) =>
    among(
      (await client(events.list, { subject: ticket.id })).items.map((e) => e.subject),
      ticket.id,
    ),
  'system.health': ({ client }) => client(system.health, {}),
  'jobs.list': ({ client }) => client(jobs.list, {}),
  'jobs.retry': async ({ client, ground }) => client(jobs.retry, { id: await ground.job() }),
  'jobs.give-up': async ({ client, ground }) => client(jobs.giveUp, { id: await ground.job() }),
  'backups.list': ({ client }) => client(backups.list, {}),
  'backups.settings': ({ client }) => client(backups.settings, {}),
  'backups.save': ({ client }) => client(backups.save, { keepDays: 7 }),
  'backups.start': ({ client }) => client(backups.start, {}),
  'backups.test': async ({ client, ground }) => client(backups.test, { id: await ground.backup() }),
  'webhooks.list': ({ client }) => client(webhooks.list, {}),
  'webhooks.show': async ({ client, ground }) => client(webhooks.show, { id: await ground.webhook() }),
  'webhooks.event-types': ({ client }) => client(webhooks.eventTypes, {}),
  'webhooks.create': ({ client, fresh }) =>
    client(webhooks.create, { name: fresh, url: 'https://hooks.example.test/x', types: ['*'], role: 'coordinator' }),
  'webhooks.edit': async ({ client, ground, fresh }) =>
    client(webhooks.edit, { id: await ground.webhook(), name: fresh }),
  'webhooks.rotate': async ({ client, ground }) => client(webhooks.rotate, { id: await ground.webhook() }),
  'webhooks.remove': async ({ client, ground }) => client(webhooks.remove, { id: await ground.webhook() }),
  'webhooks.test': async ({ client, ground }) => client(webhooks.test, { id: await ground.webhook() }),
  'webhooks.deliveries': async ({ client, ground }) => client(webhooks.deliveries, { id: await ground.webhook() }),
  'webhooks.repeat': async ({ client, ground }) => client(webhooks.repeat, { id: await ground.delivery() }),
  ...auditProbes,
  ...approvalProbes,
  ...incidentProbes,
  ...catalogueProbes,
  ...portalProbes,
  ...attestationProbes,
  ...custodyProbes,
  ...itemProbes,
  ...discoveryProbes,
  ...mailboxProbes,
  ...monitoringProbes,
  ...ruleProbes,
  ...bulkProbes,
  ...viewProbes,
  ...reconciliationProbes,
  'events.erase': async ({ client, ground }) => {
    const [event] = (await ground.insider(events.list, { limit: 1, type: 'vendor.created' })).items
    return client(events.erase, { id: event!.id, reason: 'asked for' })
  },
  'audit.status': ({ client }) => client(audit.status, {}),
  'audit.verify': ({ client }) => client(audit.verify, {}),
  'commitments.list': async ({ client, ticket }) =>
    among(
      (await client(commitments.list, { subject: ticket.id })).items.map((c) => c.subject),
      ticket.id,
    ),
  'commitments.show': ({ client, ticket }) => client(commitments.show, { id: ticket.clocks[0]!.commitment }),
  'commitments.explain': ({ client, ticket }) => client(commitments.explain, { id: ticket.clocks[0]!.commitment }),
  'commitments.waive': ({ client, ticket }) =>
    client(commitments.waive, { id: ticket.clocks[0]!.commitment, reason: 'Agreed' }),
  'commitments.hand-over': ({ client, ticket, ground }) =>
    client(commitments.handOver, { id: ticket.clocks[0]!.commitment, owner: { kind: 'person', id: ground.server.id } }),
  'commitments.make': ({ client, fresh }) => client(commitments.make, { title: fresh, due }),
  'commitments.make#about-a-ticket': ({ client, ticket, fresh }) =>
    client(commitments.make, { title: fresh, due, about: { kind: 'ticket', id: ticket.id } }),
  'commitments.complete': async (cell) => cell.client(commitments.complete, { id: await byHand(cell) }),
  'commitments.move': async (cell) =>
    cell.client(commitments.move, { id: await byHand(cell), due: { on: '2040-02-01' }, reason: 'Agreed' }),
  'commitments.snooze': ({ client, ticket }) =>
    client(commitments.snooze, { id: ticket.clocks[0]!.commitment, until: '2040-01-01T00:00:00Z', reason: 'Agreed' }),
  'commitment-series.list': ({ client }) => client(commitmentSeries.list, {}),
  'commitment-series.show': async (cell) => cell.client(commitmentSeries.show, { id: await seriesOf(cell) }),
  'commitment-series.preview': ({ client }) => client(commitmentSeries.preview, recurrence),
  'commitment-series.create': ({ client, fresh }) => client(commitmentSeries.create, { title: fresh, ...recurrence }),
  'commitment-series.edit': async (cell) =>
    cell.client(commitmentSeries.edit, { id: await seriesOf(cell), title: cell.fresh }),
  'feeds.list': ({ client }) => client(feeds.list, {}),
  'feeds.create': async ({ client, fresh }) => {
    const { feed } = await client(feeds.create, { name: fresh })
    await client(feeds.revoke, { id: feed.id })
  },
  'feeds.revoke': async ({ client, fresh }) =>
    client(feeds.revoke, { id: (await client(feeds.create, { name: fresh })).feed.id }),
  'on-call.list': ({ client }) => client(onCall.list, {}),
  'on-call.show': ({ client, ground }) => client(onCall.show, { id: ground.onCall }),
  'on-call.create': ({ client, ground, fresh, reader }) =>
    client(onCall.create, { team: ground.team, name: fresh, ...rota(reader.id) }),
  'on-call.edit': ({ client, ground, fresh }) => client(onCall.edit, { id: ground.onCall, name: fresh }),
  'on-call.shifts': ({ client, ground }) =>
    client(onCall.shifts, { id: ground.onCall, from: start, to: '2026-05-19T08:00:00Z' }),
  'on-call.add-override': ({ client, ground, reader }) =>
    client(onCall.addOverride, { id: ground.onCall, person: reader.id, ...inTheFuture }),
  'on-call.remove-override': async ({ client, ground }) => {
    await ground.insider(onCall.addOverride, { id: ground.onCall, person: ground.server.id, ...inTheFuture })
    const shown = await ground.insider(onCall.shifts, { id: ground.onCall, ...inTheFuture })
    return client(onCall.removeOverride, { id: ground.onCall, override: shown.overrides[0]!.id })
  },
  'on-call.notes': ({ client, ground }) => client(onCall.notes, { id: ground.onCall }),
  'on-call.write-note': ({ client, ground }) => client(onCall.writeNote, { id: ground.onCall, body: 'All quiet' }),
  'on-call.read-note': async ({ client, ground }) => {
    const note = await ground.insider(onCall.writeNote, { id: ground.onCall, body: 'All quiet' })
    return client(onCall.readNote, { id: ground.onCall, note: note.id })
  },
  'on-call-pages.list': async (cell) => {
    const page = await called(cell)
    among((await cell.client(onCallPages.list, { limit: 200 })).items, page)
  },
  'on-call-pages.call': ({ client, ground, ticket }) =>
    client(onCallPages.call, { schedule: ground.onCall, about: { kind: 'ticket', id: ticket.id } }),
  'on-call-pages.take': async (cell) => cell.client(onCallPages.take, { id: await called(cell) }),
  'clocks.simulate': ({ client }) =>
    client(clocks.simulateClock, { calendar, seconds: 60, events: [{ at: start, kind: 'start' }], asOf: start }),

  'queues.list': ({ client }) => client(queues.list, {}),
  'queues.create': ({ client, fresh }) => client(queues.create, { name: fresh }),
  'queues.edit': ({ client, ground, fresh }) => client(queues.edit, { id: ground.queue, description: fresh }),
  'queues.assignees': ({ client, ground }) => client(queues.assignees, { id: ground.queue }),
  'skills.list': ({ client }) => client(skills.list, {}),
  'skills.create': ({ client, fresh }) => client(skills.create, { name: fresh }),
  'skills.edit': ({ client, ground, fresh }) => client(skills.edit, { id: ground.skill, name: fresh }),
  'categories.list': ({ client }) => client(categories.list, {}),
  'categories.create': ({ client, fresh }) => client(categories.create, { name: fresh }),
  'categories.edit': ({ client, ground, fresh }) => client(categories.edit, { id: ground.category, name: fresh }),
  'ticket-settings.show': ({ client }) => client(ticketSetup.show, {}),
  'ticket-settings.edit': ({ client }) => client(ticketSetup.edit, { reopenDays: 14 }),

  'people.list': ({ client }) => client(people.list, {}),
  'people.show': ({ client, ground }) => client(people.show, { id: ground.asker.id }),
  'people.create': ({ client, fresh }) => client(people.create, { name: fresh }),
  'people.edit': ({ client, ground, fresh }) => client(people.edit, { id: ground.asker.id, department: fresh }),
  'people.invite': async ({ client, ground }) =>
    client(people.invite, { id: (await ground.someone()).id, role: 'requester' }),
  'people.invite#administrator': async ({ client, ground }) =>
    client(people.invite, { id: (await ground.someone()).id, role: 'administrator' }),
  'people.change-role': async ({ client, ground }) =>
    client(people.changeRole, { id: (await ground.someone()).id, role: 'manager' }),
  'people.change-role#administrator': async ({ client, ground }) =>
    client(people.changeRole, { id: (await ground.someone()).id, role: 'administrator' }),
  'people.unlock': ({ client, ground }) => client(people.unlock, { id: ground.asker.id }),
  'people.deactivate': async ({ client, ground }) =>
    client(people.deactivate, { id: (await ground.someone()).id, handOverTo: null }),
  'people.reactivate': ({ client, ground }) => client(people.reactivate, { id: ground.asker.id }),
  'teams.list': ({ client }) => client(teams.list, {}),
  'teams.show': ({ client, ground }) => client(teams.show, { id: ground.team }),
  'teams.create': ({ client, fresh }) => client(teams.create, { name: fresh }),
  'teams.edit': ({ client, ground, fresh }) => client(teams.edit, { id: ground.team, name: fresh }),
  'teams.set-member': ({ client, ground }) => client(teams.setMember, { id: ground.team, person: ground.asker.id }),
  'teams.remove-member': ({ client, ground }) =>
    client(teams.removeMember, { id: ground.team, person: ground.asker.id }),
  'keys.list': ({ client }) => client(keys.list, {}),
  'keys.create': ({ client, fresh }) => client(keys.create, { name: fresh, role: 'requester' }),
  'keys.revoke': async ({ client, ground }) => client(keys.revoke, { id: await ground.key() }),
  'me.show': ({ client }) => client(mine.show, {}),
  'me.save-settings': ({ client }) => client(mine.saveSettings, { theme: 'dark' }),
  'me.sessions': ({ client }) => client(mine.sessions, {}),
  'me.revoke-session': async ({ client, reader, ground }) =>
    client(mine.revokeSession, { id: await ground.session(reader) }),
  'notifications.list': ({ client }) => client(notifications.list, {}),
  'notifications.read': ({ client }) => client(notifications.read, {}),

  'notification-settings.show': ({ client }) => client(notificationPreferences.show, {}),
  'notification-settings.save': ({ client }) => client(notificationPreferences.save, { digestAt: '08:15' }),
  'notification-settings.mute': ({ client, ticket }) =>
    client(notificationPreferences.mute, { kind: 'ticket', id: ticket.id }),
  'notification-settings.unmute': ({ client, ground }) => client(notificationPreferences.unmute, { id: ground.queue }),
  'chat-channels.list': ({ client }) => client(chatChannels.list, {}),
  'chat-channels.list#shared': ({ client }) => client(chatChannels.list, { shared: true }),
  'chat-channels.create': async (cell) => {
    const { id } = await ownChannel(cell)
    await cell.client(chatChannels.remove, { id })
  },
  'chat-channels.create#shared': ({ client, fresh }) =>
    client(chatChannels.create, { kind: 'teams', name: fresh, address: webhook, owner: { kind: 'organisation' } }),
  'chat-channels.edit': async (cell) => {
    const { id } = await ownChannel(cell)
    await cell.client(chatChannels.edit, { id, name: 'Other' })
    await cell.client(chatChannels.remove, { id })
  },
  'chat-channels.edit#of-another': async ({ client, ground }) =>
    client(chatChannels.edit, { id: await ground.channel(), name: 'Mine now' }),
  'chat-channels.test': async (cell) => {
    const { id } = await ownChannel(cell)
    await cell.client(chatChannels.test, { id })
    await cell.client(chatChannels.remove, { id })
  },
  'chat-channels.remove': async (cell) => cell.client(chatChannels.remove, { id: (await ownChannel(cell)).id }),
  'escalation.show': ({ client }) => client(escalation.show, {}),
  'escalation.save': ({ client }) => client(escalation.save, { afterSeconds: 7200 }),
  'links.show': async ({ client, reader, ground }) => client(actLinks.show, { token: await ground.link(reader) }),
  'links.act': async ({ client, reader, ground }) => client(actLinks.act, { token: await ground.link(reader) }),

  'mail.status': ({ client }) => client(mail.status, {}),
  'mail.list': ({ client }) => client(mail.list, {}),
  'mail.retry': async ({ client, ground }) => client(mail.retry, { id: await ground.mail() }),
  'mail.give-up': async ({ client, ground }) => client(mail.giveUp, { id: await ground.mail() }),
  'mail.test': ({ client }) => client(mail.test, {}),
  'mail.bouncing': ({ client }) => client(mail.bouncing, {}),
  'mail.clear-bouncing': async ({ client, ground }) =>
    client(mail.clearBouncing, { address: await ground.bouncingAddress() }),

  'calendars.list': ({ client }) => client(calendars.list, {}),
  'calendars.show': ({ client, ground }) => client(calendars.show, { id: ground.calendar }),
  'calendars.countries': ({ client }) => client(calendars.countries, {}),
  'calendars.holidays': ({ client }) => client(calendars.holidays, { country: 'DE', year: 2026 }),
  'calendars.preview': ({ client }) => client(calendarArithmetic.previewCalendar, { calendar, start, seconds: 60 }),
  'calendars.measure': ({ client }) => client(calendarArithmetic.measureCalendar, { calendar, from: start, to: start }),
  'calendars.create': ({ client, fresh }) => client(calendars.create, { name: fresh, ...calendar }),
  'calendars.edit': ({ client, ground, fresh }) => client(calendars.edit, { id: ground.calendar, name: fresh }),
  'service-levels.list': ({ client }) => client(serviceLevels.list, {}),
  'service-levels.show': ({ client, ground }) => client(serviceLevels.show, { id: ground.serviceLevel }),
  'service-levels.create': ({ client, ground, fresh }) =>
    client(serviceLevels.create, {
      name: fresh,
      calendar: ground.calendar,
      conditions: { priorities: [5] },
      targets: [{ kind: 'resolution', seconds: 3600 }],
    }),
  'service-levels.edit': ({ client, ground, fresh }) =>
    client(serviceLevels.edit, { id: ground.serviceLevel, name: fresh }),
  'service-levels.preview': ({ client, ground }) =>
    client(serviceLevels.preview, { id: ground.serviceLevel, targets: [{ kind: 'resolution', seconds: 3600 }] }),
  'service-levels.tried': ({ client, ground }) => client(serviceLevels.tried, { id: ground.serviceLevel }),
  'service-levels.moves': ({ client }) => client(serviceLevels.moves, {}),
  'service-levels.reorder': async ({ client, ground }) =>
    client(serviceLevels.reorder, {
      ids: (await ground.insider(serviceLevels.list, {})).items.map((level) => level.id),
    }),
  'reports.promises': ({ client }) => client(reports.promises, weeks),
  'reports.tickets': ({ client }) => client(reports.tickets, weeks),
  'reports.as-if': ({ client, ground }) => client(reports.asIf, { level: ground.serviceLevel, ...weeks }),
  'reports.as-if-runs': ({ client }) => client(reports.asIfRuns, {}),
  'reports.as-if-tickets': async ({ client, ground }) =>
    client(reports.asIfTickets, {
      id: (await ground.insider(reports.asIf, { level: ground.serviceLevel, ...weeks })).id,
    }),
  ...registerProbes,
  'vendors.list': ({ client }) => client(vendors.list, {}),
  'vendors.show': ({ client, ground }) => client(vendors.show, { id: ground.vendor }),
  'vendors.create': ({ client, fresh }) => client(vendors.create, { name: fresh }),
  'vendors.edit': ({ client, ground, fresh }) => client(vendors.edit, { id: ground.vendor, note: fresh }),
  'imports.sources': ({ client }) => client(imports.sources, {}),
  'imports.list': ({ client }) => client(imports.list, {}),
  'imports.show': async ({ client, ground }) => client(imports.show, { id: await ground.import('done') }),
  'imports.rows': async ({ client, ground }) => client(imports.rows, { id: await ground.import('done') }),
  'imports.start': async ({ client, reader, ground }) =>
    client(imports.start, { source: 'servicenow-incidents', file: await ground.file(reader), dryRun: true }),
  'imports.preview': async ({ client, reader, ground }) =>
    client(imports.preview, { source: 'servicenow-incidents', file: await ground.file(reader) }),
  'imports.mappings': ({ client }) => client(imports.mappings, {}),
  'imports.saveMapping': ({ client, fresh }) =>
    client(imports.saveMapping, { source: 'servicenow-incidents', name: fresh, mapping: { Key: 'number' } }),
  'imports.forgetMapping': async ({ client, ground }) =>
    client(imports.forgetMapping, { id: await ground.savedMapping() }),
  'imports.carryOut': async ({ client, ground }) => client(imports.carryOut, { id: await ground.import('done') }),
  'imports.cancel': async ({ client, ground }) => client(imports.cancel, { id: await ground.import('waiting') }),
  'imports.resume': async ({ client, ground }) => client(imports.resume, { id: await ground.import('failed') }),

  'setup.status': ({ client }) => client(setup.status, {}),
  'setup.complete': ({ client, fresh }) =>
    client(setup.complete, {
      token: fresh,
      organisation: 'Other',
      name: 'Eve',
      email: 'eve@example.test',
      password: 'a long enough one',
      zone: 'UTC',
    }),
  'setup.invitation': async ({ client, ground }) => client(setup.invitation, { token: await ground.invitation() }),
  'setup.accept': async ({ client, ground }) =>
    client(setup.accept, { token: await ground.invitation(), password: 'a long enough one' }),
}

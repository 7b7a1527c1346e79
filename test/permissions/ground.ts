import { chatChannels } from '../../contract/chat-channels.ts'
import { calendars } from '../../contract/calendars.ts'
import type { Client } from '../../contract/client.ts'
import { mail } from '../../contract/mail.ts'
import { onCall } from '../../contract/on-call.ts'
import { keys } from '../../contract/api-keys.ts'
import { imports } from '../../contract/imports.ts'
import { people } from '../../contract/people.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { categories } from '../../contract/queues.ts'
import { skills } from '../../contract/skills.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { vendors } from '../../contract/vendors.ts'
import { prepareRules, type Ruled } from './ruled.ts'
import { prepareMonitoring, type Watching } from './monitoring.ts'
import { webhooks } from '../../contract/webhooks.ts'
import { sql } from '../../server/platform/db.ts'
import { type Discovered, prepareDiscovery } from './discovery.ts'
import { MailLinks } from '../../server/notifications/public.ts'
import { hashOf, newId, newSecret } from '../../server/platform/identifiers.ts'
import { type Register, prepareRegister } from './register.ts'
import type { TestPerson, TestServer } from '../support/server.ts'
import type { Situation } from './rows.ts'

/** One person, always. */
export const rota = (person: string) => ({
  zone: 'Europe/Berlin',
  layers: [
    {
      name: 'All',
      members: [person],
      turn: { unit: 'weeks' as const, count: 1 },
      startsOn: '2026-01-05',
      handoverAt: '09:00',
    },
  ],
  path: [{ afterMinutes: 0, tell: 'on_call' as const }],
})

/** An installation on which every action can be tried: two teams with a queue each, one of everything. */
export interface Ground {
  /** Works in both queues and sees what is confidential: makes what the readers try. */
  insider: Client
  /** Whoever asks for what is not the reader's own. */
  asker: TestPerson
  /** Serves both queues: can be given any ticket. */
  server: TestPerson
  queue: string
  team: string
  category: string
  skill: string
  vendor: string
  calendar: string
  serviceLevel: string
  /** One of everything in the register. */
  register: Register
  /** What agents saw. */
  discovered: Discovered
  /** Something in use that was not seen for long: open, or left. */
  difference(state: 'open' | 'left'): Promise<string>
  /** An on-call schedule of a team nobody who tries is a member of. */
  onCall: string
  ticketFor(situation: Situation, reader: TestPerson): Promise<Ticket>
  /** Moves a ticket to the head of the lists that begin with the oldest. */
  makeOldest(ticket: string): Promise<void>
  /** The mark of whoever asked for it, whatever their role may do. */
  mark(ticket: string): Promise<void>
  /** A person with an account that nobody needs afterwards. */
  someone(): Promise<TestPerson>
  key(): Promise<string>
  /** A mail that waits. */
  mail(): Promise<string>
  bouncingAddress(): Promise<string>
  /** A chat channel of somebody who is none of the readers. */
  channel(): Promise<string>
  /** The token of a link that was mailed to a person. */
  link(to: TestPerson): Promise<string>
  session(of: TestPerson): Promise<string>
  invitation(): Promise<string>
  import(status: 'done' | 'waiting' | 'failed'): Promise<string>
  savedMapping(): Promise<string>
  job(): Promise<string>
  /** A finished one; its file is nowhere. */
  backup(): Promise<string>
  webhook(): Promise<string>
  watching: Watching
  ruled: Ruled
  delivery(): Promise<string>
  /** A message that came to a mailbox: kept apart, or in a ticket. */
  incomingMail(mailbox: string, ticket: string | null): Promise<string>
  /** An upload of the reader's. */
  file(of: TestPerson): Promise<string>
}

export async function prepareGround(server: TestServer): Promise<Ground> {
  const queue = await server.queue('Own queue', ['Own team'])
  await server.queue('Other queue', ['Other team'])
  const asker = await server.person({ name: 'Asker', role: 'requester' })
  const both = { teams: ['Own team', 'Other team'], confidential: true }
  const serving = await server.person({ name: 'Server', role: 'technician', ...both })
  const admin = await server.person({ name: 'Insider', role: 'administrator', ...both })
  const insider = admin.client
  const calendar = (
    await insider(calendars.create, {
      name: 'Hours',
      zone: 'Europe/Berlin',
      week: { mon: [{ from: '09:00', to: '17:00' }] },
    })
  ).id
  const level = await insider(serviceLevels.create, {
    name: 'Usual',
    calendar,
    conditions: {},
    targets: [{ kind: 'resolution', seconds: 3600 }],
  })
  // the form in which credentials prove that the installation is set up
  await sql`insert into account_credentials (id, account_id, provider_account_id, provider_id, password) values (${newId()}, ${admin.account}, ${admin.account}, 'credential', 'x')`.execute(
    server.db,
  )
  let made = 0
  const newWebhook = async () =>
    (
      await insider(webhooks.create, {
        name: `Webhook ${made++}`,
        url: 'https://hooks.example.test/x',
        types: ['nothing.ever'],
        role: 'coordinator',
      })
    ).webhook.id

  const register = await prepareRegister(insider)
  return {
    insider,
    asker,
    server: serving,
    queue,
    calendar,
    team: await server.team('Some team'),
    category: (await insider(categories.create, { name: 'Some category' })).id,
    skill: (await insider(skills.create, { name: 'Some skill' })).id,
    vendor: (await insider(vendors.create, { name: 'Some vendor' })).id,
    serviceLevel: level.id,
    register,
    discovered: await prepareDiscovery(server, insider),
    onCall: (
      await insider(onCall.create, { team: await server.team('Some team'), name: 'Some schedule', ...rota(serving.id) })
    ).id,
    async difference(state) {
      const id = newId()
      const asset = await register.givenAsset(null)
      const left = state === 'left' ? new Date().toISOString() : null
      await sql`
        insert into differences (id, organisation_id, kind, subject_id, asset_id, severity, state, register, seen, remedy, since, opened_at, left_at)
        values (${id}, ${server.organisation}, 'unseen', ${asset}, ${asset}, 2, ${state}, '{"holder": null}', '{"lastAt": "2026-01-05T08:00:00Z"}', 'mark_lost', now(), now(), ${left})`.execute(
        server.db,
      )
      return id
    },
    ticketFor: (situation, reader) =>
      insider(tickets.open, {
        title: `Situation ${situation}`,
        queue: situation === 'own' || situation === 'otherTeam' ? 'Other queue' : 'Own queue',
        requester: situation === 'own' ? reader.id : asker.id,
        confidential: situation === 'confidential',
      }),
    async makeOldest(ticket) {
      await sql`update tickets set created_at = (select min(created_at) from tickets) - interval '1 second' where id = ${ticket}`.execute(
        server.db,
      )
    },
    async mark(ticket) {
      await sql`
        insert into ticket_ratings (ticket_id, organisation_id, queue_id, person_id, score, words, rated_at)
        select id, organisation_id, queue_id, requester_id, 4, '', now() from tickets where id = ${ticket}`.execute(
        server.db,
      )
    },
    async incomingMail(mailbox, ticket) {
      const id = newId()
      const raw = Buffer.from(`From: someone@example.test\r\nSubject: ${id}\r\n\r\nHello`)
      await sql`
        insert into incoming_mails (id, organisation_id, mailbox_id, sha256, size, body, received_at, state, ticket_id, subject)
        values (${id}, ${server.organisation}, ${mailbox}, ${hashOf(raw)}, ${raw.length}, ${raw}, now(), ${ticket === null ? 'quarantined' : 'taken'}, ${ticket}, ${id})`.execute(
        server.db,
      )
      return id
    },
    someone: () => server.person({ name: `Someone ${made++}`, role: 'requester' }),
    key: async () => (await insider(keys.create, { name: `Key ${made++}`, role: 'requester' })).id,
    mail: async () => (await insider(mail.test, {})).id,
    channel: async () =>
      (
        await serving.client(chatChannels.create, {
          kind: 'slack',
          name: `Channel ${made++}`,
          address: 'https://hooks.invalid/services/T0/B0/x',
          owner: { kind: 'person' },
        })
      ).id,
    async link(to) {
      const links = new MailLinks(server.opened.platform, {
        mayTake: async () => false,
        maySnooze: async () => false,
        mayDecide: async () => false,
        mayRate: async () => false,
      })
      return (await links.unsubscribe(server.db, to.id, ['digest'], newId())).split('/').at(-1)!
    },
    async bouncingAddress() {
      const address = `bounces${made++}@example.test`
      await sql`insert into bouncing_addresses (address, organisation_id, person_id, since, words) values (${address}, ${server.organisation}, ${asker.id}, now(), '550 no')`.execute(
        server.db,
      )
      return address
    },
    async session(of) {
      const id = newId()
      await sql`insert into account_sessions (id, account_id, token, expires_at) values (${id}, ${of.account}, ${newSecret()}, now() + interval '1 hour')`.execute(
        server.db,
      )
      return id
    },
    async invitation() {
      const { id } = await insider(people.create, {
        name: `Invited ${made}`,
        emails: [`invited${made++}@example.test`],
      })
      return (await insider(people.invite, { id, role: 'requester' })).link.split('/').at(-1)!
    },
    async import(status) {
      const id = newId()
      const actor = { kind: 'person', id: admin.id, name: admin.name }
      await sql`
        insert into imports (id, organisation_id, source, file_name, file_sha256, options, dry_run, status, actor)
        values (${id}, ${server.organisation}, 'servicenow-incidents', 'log.csv', ${hashOf(id)}, ${JSON.stringify({ zone: 'UTC', asOf: null, shift: false, mapping: {} })}::jsonb, true, ${status}, ${JSON.stringify(actor)}::jsonb)`.execute(
        server.db,
      )
      return id
    },
    async savedMapping() {
      const saved = { source: 'servicenow-incidents', name: newId(), mapping: { Key: 'number' } }
      return (await insider(imports.saveMapping, saved)).id
    },
    async job() {
      const { rows } = await sql<{
        id: string
      }>`select (graphile_worker.add_job('nothing', run_at := now() + interval '1 day')).id::text as id`.execute(
        server.db,
      )
      return rows[0]!.id
    },
    async backup() {
      const id = newId()
      await sql`insert into backups (id, organisation_id, path, state, asked_by, taken_at) values (${id}, ${server.organisation}, '/nowhere', 'done', 'Test', now())`.execute(
        server.db,
      )
      return id
    },
    webhook: newWebhook,
    watching: prepareMonitoring(server, insider, queue),
    ruled: prepareRules(server, insider),
    async delivery() {
      const id = newId()
      await sql`
        insert into webhook_deliveries (id, webhook_id, event_id) select ${id}, ${await newWebhook()}, id from events limit 1`.execute(
        server.db,
      )
      return id
    },
    async file(of) {
      const form = new FormData()
      form.set('file', new File([`number,incident_state\nINC${made++},New\n`], 'log.csv', { type: 'text/csv' }))
      const headers = { cookie: `${of.cookie.name}=${of.cookie.value}` }
      const response = await fetch(`${server.base}/api/v1/files`, { method: 'POST', headers, body: form })
      return ((await response.json()) as { id: string }).id
    },
  }
}

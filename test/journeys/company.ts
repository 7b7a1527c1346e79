import { calendars } from '../../contract/calendars.ts'
import type { Client } from '../../contract/client.ts'
import { feeds } from '../../contract/calendar-feeds.ts'
import { commitmentSeries } from '../../contract/commitment-series.ts'
import { commitments } from '../../contract/commitments.ts'
import { majorIncidents } from '../../contract/major-incidents.ts'
import { onCall, onCallPages } from '../../contract/on-call.ts'
import { macros } from '../../contract/macros.ts'
import { mine } from '../../contract/mine.ts'
import { people, teams } from '../../contract/people.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { categories, queues } from '../../contract/queues.ts'
import { ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import { tickets } from '../../contract/tickets.ts'
import { vendors } from '../../contract/vendors.ts'
import { webhooks } from '../../contract/webhooks.ts'
import { furnishCatalogue } from './catalogue.ts'
import { furnishRegister } from './register.ts'

export interface Company {
  asset: string
  stock: string
  audit: string
  myThing: string
  campaign: string
  ticket: string
  person: string
  team: string
  vendor: string
  calendar: string
  serviceLevel: string
  queue: string
  webhook: string
  commitment: string
  onCall: string
  service: string
  approval: string
  incident: string
  order: string
  bulkEdit: string
}

const titles = [
  'Payroll export fails',
  'VPN drops in Lyon',
  'Scanner in the warehouse reads nothing',
  'New starter needs a laptop on Monday',
  'Shared mailbox for the audit',
  'Printer on floor 3 jams',
  'Outlook asks for the password again and again',
  'Licence for the drawing software',
  'Wi-Fi is slow in the meeting rooms',
  'Cannot open the budget file',
  'Phone lost on the train',
  'Certificate of the shop expires',
  'Backup of the file server shows a warning',
  'Screen flickers after the update',
]

/** A small invented company, made through the API alone, so that every screen has something to show. */
export async function furnish(admin: Client): Promise<Company> {
  const me = await admin(mine.show, {})
  const self = me.person?.id
  const office = [
    { from: '08:00', to: '12:30' },
    { from: '13:15', to: '17:00' },
  ]
  const calendar = await admin(calendars.create, {
    name: 'Office Berlin',
    zone: 'Europe/Berlin',
    week: { mon: office, tue: office, wed: office, thu: office, fri: [{ from: '08:00', to: '15:00' }] },
    country: 'DE',
    region: 'BE',
    ownHolidays: [{ name: 'Year end', from: '2026-12-24', to: '2027-01-01', yearly: true }],
    specialHours: [{ date: '2026-12-23', name: 'Short day', spans: [{ from: '08:00', to: '12:00' }] }],
  })
  const always = await admin(calendars.create, {
    name: 'Round the clock',
    zone: 'UTC',
    week: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
    ),
  })
  const team = await admin(teams.create, { name: 'Field services', ...(self === undefined ? {} : { lead: self }) })
  if (self !== undefined) await admin(teams.setMember, { id: team.id, person: self, confidential: true })
  const names = ['Amara Okoye', 'Jonas Brandt', 'Lucie Moreau', 'Piotr Zieliński', 'Ines Carvalho']
  const persons = []
  for (const name of names)
    persons.push(
      await admin(people.create, {
        name,
        emails: [
          `${name
            .toLowerCase()
            .normalize('NFD')
            .replace(/[^a-z ]/g, '')
            .replace(' ', '.')}@brightwater.example`,
        ],
        department: name.startsWith('A') ? 'Finance' : 'Operations',
        site: 'Berlin',
      }),
    )
  for (const person of persons.slice(0, 3)) await admin(teams.setMember, { id: team.id, person: person.id })
  const queue = await admin(queues.create, {
    name: 'Workplace',
    description: 'Laptops, printers, phones',
    teams: [team.id],
  })
  const vendor = await admin(vendors.create, {
    name: 'Brandt Bürotechnik KG',
    email: 'service@brandt.example',
    phone: '+49 30 5550 118',
    calendar: calendar.id,
  })
  const hardware = await admin(categories.create, { name: 'Hardware' })
  const printers = await admin(categories.create, { name: 'Printers', parent: hardware.id })
  await admin(serviceLevels.create, {
    name: 'Critical, round the clock',
    calendar: always.id,
    conditions: { priorities: [1] },
    targets: [
      { kind: 'first_response', seconds: 60, ladder: [{ step: 'warn', percent: 75, notify: ['owner'] }] },
      { kind: 'resolution', seconds: 2400 },
    ],
  })
  const serviceLevel = await admin(serviceLevels.create, {
    name: 'Standard',
    calendar: calendar.id,
    conditions: {},
    targets: [
      { kind: 'first_response', seconds: 4 * 3600, ladder: [{ step: 'warn', percent: 75, notify: ['owner'] }] },
      {
        kind: 'resolution',
        workingDays: 3,
        pauseIn: ['waiting_requester', 'waiting_vendor'],
        ladder: [{ step: 'before', clockSeconds: -1800, notify: ['owner', 'lead'] }],
      },
      { kind: 'vendor', workingDays: 2 },
    ],
  })
  const opened = []
  for (const [index, title] of titles.entries()) {
    const requester = persons[index % persons.length]
    opened.push(
      await admin(tickets.open, {
        title,
        description: `<p>${title}. It began this morning; nothing was changed on purpose.</p>`,
        queue: queue.id,
        ...(requester === undefined ? {} : { requester: requester.id }),
        impact: (index % 3) + 1,
        urgency: ((index >> 1) % 3) + 1,
        category: index % 2 === 0 ? printers.id : hardware.id,
        kind: index % 4 === 3 ? 'request' : 'incident',
      }),
    )
  }
  const [first, second, third, fourth, fifth] = opened
  if (first === undefined || second === undefined || third === undefined || fourth === undefined || fifth === undefined)
    throw new Error('the company has no tickets')
  if (self !== undefined)
    for (const ticket of [first, second, third]) await admin(tickets.assign, { id: ticket.id, assignee: 'me' })
  await admin(tickets.addNote, {
    id: first.id,
    public: true,
    body: '<p>Thank you for telling us. We are looking at the export log now.</p>',
  })
  await admin(tickets.addNote, {
    id: first.id,
    public: false,
    body: '<p>Same error as <b>INC-2</b> last month: the service account was locked.</p>',
  })
  await admin(tickets.changeState, { id: second.id, state: 'waiting_requester' })
  await admin(tickets.changeState, { id: third.id, state: 'waiting_vendor', vendor: vendor.id })
  await admin(tickets.changeState, { id: fourth.id, state: 'in_progress' })
  await admin(tickets.resolve, { id: fifth.id, resolution: '<p>The mailbox exists and the team has access.</p>' })
  const promised = await admin(commitments.make, {
    title: 'Ask for the offer of two scanners',
    note: '<p>Two of the larger model, with five years of service.</p>',
    kind: 'follow_up',
    about: { kind: 'vendor', id: vendor.id },
    due: { on: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), time: '15:00' },
  })
  await admin(commitments.make, {
    title: 'Tell the works council about the camera',
    about: { kind: 'ticket', id: first.id },
    due: { on: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10) },
  })
  await admin(commitmentSeries.create, {
    title: 'Monthly restore test',
    kind: 'test',
    rule: 'FREQ=MONTHLY;BYDAY=1TU',
    startsOn: '2026-01-01',
    needsEvidence: true,
  })
  const { asset, stock, audit, myThing, campaign } = await furnishRegister(admin)
  const rota = await admin(onCall.create, {
    team: team.id,
    name: 'Field services, round the clock',
    zone: 'Europe/Berlin',
    layers: [
      {
        name: 'First line',
        members: persons.slice(0, 3).map((person) => person.id),
        turn: { unit: 'weeks', count: 1 },
        startsOn: '2026-01-05',
        handoverAt: '09:00',
      },
    ],
    path: [
      { afterMinutes: 0, tell: 'on_call' },
      { afterMinutes: 15, tell: 'next_on_call' },
      { afterMinutes: 30, tell: 'lead' },
    ],
  })
  await admin(onCall.writeNote, { id: rota.id, body: '<p>The switch in room 4 hums; the vendor comes on Friday.</p>' })
  await admin(onCallPages.call, { schedule: rota.id, about: { kind: 'ticket', id: second.id }, words: 'all of Lyon' })
  await admin(feeds.create, { name: 'Phone', withTeams: true })
  const { webhook } = await admin(webhooks.create, {
    name: 'Status page',
    // reserved for documentation (RFC 2606): nobody answers there
    url: 'https://status.brightwater.example/hooks/linchpin',
    types: ['ticket.opened', 'ticket.resolved'],
    role: 'coordinator',
  })
  const ordered = await furnishCatalogue(admin, self!)
  await admin(macros.create, {
    name: 'Ask which device',
    keywords: 'serial tag',
    scope: 'all',
    body: '<p>Hello {{requester.firstName}}, which device is it? You can reach me at {{me.phone}}.</p>',
    effects: [
      { do: 'assignee', value: 'me' },
      { do: 'urgency', value: '1' },
      { do: 'state', value: 'waiting_requester' },
    ],
  })
  const { items: some } = await admin(tickets.list, { limit: 3 })
  const bulkEdit = await admin(ticketBulkEdits.start, {
    tickets: some.map(({ id }) => ({ id })),
    change: { urgency: some[0]!.urgency },
  })
  const incident = await admin(majorIncidents.declare, {
    id: second.id,
    headline: 'No mail in Lyon',
    affected: 'Everybody in Lyon',
    commander: self!,
    communications: self!,
    words: 'Mail has been down since eight; we are looking for the cause. The telephone works.',
  })
  return {
    ...ordered,
    bulkEdit: bulkEdit.id,
    incident: incident.id,
    asset,
    stock,
    audit,
    myThing,
    campaign,
    ticket: first.reference,
    person: persons[0]?.id ?? '',
    team: team.id,
    vendor: vendor.id,
    calendar: calendar.id,
    serviceLevel: serviceLevel.id,
    webhook: webhook.id,
    queue: queue.id,
    commitment: promised.byHand?.reference ?? '',
    onCall: rota.id,
  }
}

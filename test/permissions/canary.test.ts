import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Action } from '../../contract/action.ts'
import { approvals } from '../../contract/approvals.ts'
import { catalogue } from '../../contract/catalogue.ts'
import { roles } from '../../contract/permissions.ts'
import { commitments } from '../../contract/commitments.ts'
import { commitmentSeries } from '../../contract/commitment-series.ts'
import { onCall, onCallPages } from '../../contract/on-call.ts'
import { reports } from '../../contract/reports.ts'
import { webhooks } from '../../contract/webhooks.ts'
import { majorIncidents } from '../../contract/major-incidents.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { ticketParents } from '../../contract/ticket-parents.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { timeEntries } from '../../contract/time-entries.ts'
import { calendars } from '../../contract/calendars.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { schemaOf } from '../fuzz/values.ts'
import { contractActions } from '../support/contract-actions.ts'
import { serviceOf } from './catalogue-probes.ts'
import { macroOf } from './macro-probes.ts'
import { bulkOf } from './bulk-probes.ts'
import { campaignOf } from './attestation-probes.ts'
import { auditOf } from './audit-probes.ts'
import { incomingOf, mailboxOf } from './mailbox-probes.ts'
import { addressesOf } from './every-query.ts'
import { type Ground, prepareGround, rota } from './ground.ts'

/** A confidential ticket sings this wherever it shows: in its title, texts, notes and the name of its file. */
const canary = 'Zanzibarkanarie'

const queries = [...(await contractActions()).values()].filter((action) => action.kind === 'query')
let server: TestServer
let rita: TestPerson
let trusted: TestPerson
let plain: TestPerson
let queue: string
let category: string
let secret: Ticket
let former: Ticket
let file: string
const outsiders = new Map<string, Record<string, string>>()
const streams = new Map<string, { text: string; stop(): void }>()
let before: Map<string, string>
/** Names of the queries that answered anybody anything: one that never does is not looked at. */
const answered = new Set<string>()

let ground: Ground
let schedule: string
let webhook: string
let series: string
/** What one of those who ask has. */
let held = ''
/** One record of each kind that everybody may know of, and tokens that open something. */
let known: string[]
/** Of those, what is shown to its own reader alone. */
const owned = new Set<string>()
let tokens: string[]
/** A table that the coordinator uploaded, to be imported. */
let table: string
const again = { title: 'Again and again', rule: 'FREQ=DAILY', startsOn: '2026-01-01', leadDays: 2 }
const period = { from: '2020-01-01', to: '2999-01-01' }
const today = Temporal.Now.plainDateISO('UTC').toString()
const lately = Temporal.Now.plainDateISO('UTC').subtract({ days: 30 }).toString()

const cookieOf = (person: TestPerson) => ({ cookie: `${person.cookie.name}=${person.cookie.value}` })

beforeAll(async () => {
  server = await startTestServer({ work: true })
  queue = await server.queue('Field', ['Field team'])
  rita = await server.person({ name: 'Rita', role: 'requester' })
  trusted = await server.person({ name: 'Trudy', role: 'technician', teams: ['Field team'], confidential: true })
  plain = await server.person({ name: 'Otto', role: 'technician', teams: ['Field team'] })
  ground = await prepareGround(server)
  const { insider } = ground
  const always = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
  )
  await insider(calendars.edit, { id: ground.calendar, zone: 'UTC', week: always })
  await insider(serviceLevels.edit, {
    id: ground.serviceLevel,
    targets: [
      {
        kind: 'resolution',
        seconds: 3600,
        ladder: [{ step: 'soon', percent: 50, notify: ['owner', 'team', 'coordinators'] }],
      },
    ],
  })
  category = ground.category
  tokens = [await ground.link(rita), await ground.invitation()]
  schedule = (
    await insider(onCall.create, { team: await server.team('Field team'), name: 'Field rota', ...rota(trusted.id) })
  ).id
  webhook = (
    await insider(webhooks.create, { name: 'All', url: 'https://hooks.invalid/x', types: ['*'], role: 'administrator' })
  ).webhook.id
  series = (await insider(commitmentSeries.create, { ...again, startsOn: '2990-01-01' })).id
  const judged = await insider(reports.asIf, { level: ground.serviceLevel, ...period })
  const { calendar, serviceLevel, vendor, team } = ground
  const { asset, model, location, stock } = ground.register
  known = [calendar, serviceLevel, vendor, team, schedule, webhook, series, await ground.import('done'), judged.id]
  known.push(asset, model, location, stock, await auditOf(ground), (await campaignOf(ground, rita.id)).campaign)
  const { device, agent, inventory, pair } = ground.discovered
  known.push(device, agent, inventory, pair, String(ground.discovered.program), await ground.difference('open'))
  known.push(await mailboxOf(ground), await incomingOf(ground, null))
  const { watching, ruled } = ground
  known.push(await ruled.rule(), await macroOf(ground))
  known.push(await watching.alert(), await watching.source(), await watching.delivery('taken'))
  held = await ground.register.givenAsset(plain.id)
  const service = await serviceOf(ground)
  known.push(service, (await rita.client(catalogue.order, { id: service })).ticket.id)
  known.push((await approvalOf(await ground.ticketFor('ownTeam', rita))).id)
  known.push((await incidentOf(await ground.ticketFor('ownTeam', rita))).id)
  outsiders.set('nobody', {})
  for (const role of roles) {
    const member =
      role === 'technician' ? plain : await server.person({ name: `Member ${role}`, role, teams: ['Field team'] })
    outsiders.set(`${role} of the team`, cookieOf(member))
    // what only its own reader is answered about
    if (role === 'requester') {
      const own = await ground.register.givenAsset(member.id)
      known.push(own)
      owned.add(own)
    }
    if (role === 'technician') {
      const edit = await bulkOf(
        { ...ground, ticketFor: () => rita.client(tickets.open, { title: 'Ordinary, edited' }) },
        member.client,
      )
      known.push(edit)
      owned.add(edit)
    }
    if (role === 'coordinator') table = await upload(cookieOf(member), 'assets.csv', 'Asset Tag,Name\nORD-1,Ordinary')
    outsiders.set(`key of ${role}`, { authorization: `Bearer ${(await server.key(role)).key}` })
  }
  // something ordinary, so that no list is empty by itself
  for (let i = 0; i < 4; i++) await rita.client(tickets.open, { title: `Ordinary ${i}`, category })
  former = await rita.client(tickets.open, { title: 'Ordinary at first', category })
  await trusted.client(tickets.assign, { id: former.id, assignee: plain.id })
  // a part of it, and one that goes on in it, name it in their history
  const part = await rita.client(tickets.open, { title: 'Ordinary part', category })
  await trusted.client(ticketParents.set, { id: part.id, parent: former.id })
  const ended = await rita.client(tickets.open, { title: 'Ordinary end', category })
  await trusted.client(ticketMerges.merge, { id: ended.id, into: former.id })
  known.push(part.id, ended.id)
  // one's own time stays one's own; what it was spent on is told no more
  await plain.client(timeEntries.add, { id: former.id, duration: '10m' })
  await sleep(600)
})
afterAll(async () => {
  for (const one of streams.values()) one.stop()
  agent.destroy()
  await server.stop()
})

/** Told to nobody but those who see its ticket. */
const incidentOf = (ticket: Ticket) =>
  ground.insider(majorIncidents.declare, {
    id: ticket.id,
    headline: 'Mail is down',
    commander: ground.asker.id,
    communications: ground.asker.id,
    everyone: false,
    words: 'It has been down since eight.',
  })

const approvalOf = (ticket: Ticket) =>
  ground.insider(approvals.ask, {
    about: { kind: 'ticket', id: ticket.id },
    title: ticket.title,
    definition: { stages: [{ name: 'Only', approvers: [{ kind: 'person', id: ground.asker.id }] }] },
  })

const asked = () => ({
  asset: [held],
  id: [secret?.id, secret?.reference, file, secret?.clocks[0]?.commitment, rita.id, trusted.id, queue, ...known].filter(
    (value) => value !== undefined,
  ),
  token: ['x', ...tokens],
  ticket: [secret?.id].filter((value) => value !== undefined),
  source: ['assets'],
  file: [table],
  q: [canary, canary.slice(0, 6).toLowerCase(), secret?.reference ?? 'INC-1', 'Ordinary'],
  subject: [secret?.id ?? queue],
  owner: [trusted.id, 'me'],
  assignee: [trusted.id, 'me', 'none'],
  requester: [rita.id, 'me'],
  queue: [queue, 'Field', 'mine'],
  category: [category],
  open: [true, false],
  late: [true, false],
  watching: [true],
  state: ['new', 'in_progress'],
  priority: ['1', '3'],
  actor: [rita.id, trusted.id],
  person: [trusted.id, rita.id, 'me'],
  billedTo: [canary],
  billable: [true, false],
  team: [],
  type: ['ticket.opened', 'ticket.changed', 'ticket.replied', 'ticket.noted', 'file.uploaded', 'commitment.started'],
  due_before: ['2999-01-01T00:00:00Z'],
  limit: [1, 200],
  unread: [true],
  active: [true],
})

/** Addresses of things known from the beginning that are there for nobody, and of what no action takes: asked before anything secret is there, and not again. */
const nowhere = new Set<string>()
/** An id of nothing. */
const nothing = newId()

const agent = new Agent({ keepAlive: true })
const get = async (path: string, headers: Record<string, string>): Promise<{ status: number; shown: string }> => {
  const [response] = (await once(request(`${server.base}${path}`, { headers, agent }).end(), 'response')) as [
    IncomingMessage,
  ]
  const status = response.statusCode!
  const about = Object.entries(response.headers).filter(([name]) => name.startsWith('content-d'))
  return { status, shown: `${status} ${about.join()} ${await readText(response)}` }
}

/** Everything one reader can fetch, by address. Whoever is turned away from an action though it is asked for nothing is turned away before anything is read. */
async function walk(headers: Record<string, string>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const ask = async (path: string): Promise<number> => {
    const { status, shown } = await get(path, headers)
    found.set(path, shown)
    return status
  }
  const look = async (action: Action, path: string): Promise<number> => {
    const status = await ask(path)
    if (status < 300) answered.add(action.name)
    if (status === 400 && found.get(path)!.includes('"code":"invalid"')) nowhere.add(path)
    return status
  }
  const rest: (() => Promise<unknown>)[] = [
    `/api/v1/files/${file ?? queue}`,
    ...['level', 'team', 'technician', 'week'].map(
      (by) => `/api/v1/reports/promises.csv?by=${by}&from=${period.from}&to=${period.to}`,
    ),
    `/api/v1/time-entries.csv?from=${lately}&to=${today}`,
    '/api/openapi.json',
    '/readyz',
    `/tickets/${secret?.reference ?? ''}`,
  ].map((path) => () => ask(path))
  for (const action of queries)
    rest.push(async () => {
      const [door] = addressesOf(action, schemaOf(action), { ...asked(), id: [nothing], asset: [nothing] })
      if (door === undefined || [401, 403].includes(await ask(door))) return
      const addresses = addressesOf(action, schemaOf(action), asked())
      const things = Map.groupBy(addresses, (path) => path.slice(0, path.indexOf('?')))
      for (const [bare, ...more] of things.values())
        rest.push(async () => {
          if (nowhere.has(bare!)) return
          // of what is not there no parameter makes more
          if ((await look(action, bare!)) === 404) return
          rest.push(...more.filter((path) => !nowhere.has(path)).map((path) => () => look(action, path)))
        })
    })
  const work = async () => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await one()
  }
  await Promise.all([work(), work(), work(), work()])
  return found
}

async function upload(headers: Record<string, string>, name: string, content: string): Promise<string> {
  const form = new FormData()
  form.set('file', new File([content], name, { type: 'text/plain' }))
  const uploaded = await fetch(`${server.base}/api/v1/files`, { method: 'POST', headers, body: form })
  return ((await uploaded.json()) as { id: string }).id
}

function listen(name: string, headers: Record<string, string>): void {
  const control = new AbortController()
  const heard = { text: '', stop: () => control.abort() }
  streams.set(name, heard)
  void fetch(`${server.base}/api/v1/live`, { headers, signal: control.signal })
    .then(async (response) => {
      const decoder = new TextDecoder()
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
        heard.text += decoder.decode(chunk)
    })
    .catch(() => {})
}

/** Answers that may differ for other reasons: the clock, and who asked when. The log grows with every act, and with it what webhooks wait for. */
const counted = (path: string) =>
  !/\/(events|webhooks|keys|me|jobs|system|audit)\b|^\/api\/v1\/(tickets|commitments|people|teams|vendors|calendars|service-levels|imports|queues)\/(INC|[0-9a-f]{8}-)[^?]*\?|\/files\/|^\/tickets/.test(
    path,
  ) || /\/people\/|\/queues\/.*assignees/.test(path)
// how many clocks an edit of a service level moves is a figure of the whole organisation, known to whoever reads levels
const steady = (text: string) =>
  text
    .replace(/"openClocks":\d+/g, '')
    .replace(/"(asOf|requestId|lastUsedAt|lastSignInAt)":"[^"]*"/g, '')
    .replace(/"now":\{"from":"[^"]*","to":"[^"]*"/g, '')

/** Where two texts part, with what stands around. */
function apart(before: string, after: string): string {
  let at = 0
  while (at < before.length && before[at] === after[at]) at++
  const around = (text: string) => text.slice(Math.max(0, at - 300), at + 300)
  return `\n   ${around(before)}\n   ${around(after)}`
}
const aroundSign = (text: string, signs: readonly string[]) => {
  const at = Math.max(...signs.map((sign) => text.indexOf(sign)))
  return text.slice(Math.max(0, at - 500), at + 100)
}

const addressOfThing = (id: string) => new RegExp(`[/=]${id}(?![^/?&])`)

it('prepares: what everybody sees before', { timeout: 240_000 }, async () => {
  before = new Map()
  const common = [...known, rita.id, trusted.id, queue].filter((id) => !owned.has(id)).map(addressOfThing)
  for (const [path, text] of await walk(outsiders.get('key of administrator')!))
    if (text.startsWith('404 ') && common.some((id) => id.test(path))) nowhere.add(path)
  const there = new Set<string>()
  const met = new Set<string>()
  for (const [name, headers] of outsiders)
    for (const [path, text] of await walk(headers)) {
      met.add(path)
      if (!text.startsWith('404 ')) there.add(path)
      if (counted(path)) before.set(`${name} ${path}`, steady(text))
    }
  const all = [...known, rita.id, trusted.id, queue].map(addressOfThing)
  for (const path of met) if (!there.has(path) && all.some((id) => id.test(path))) nowhere.add(path)
  expect(before.size).toBeGreaterThan(1000)
})

it('lets the canary fly', async () => {
  for (const [name, headers] of outsiders) listen(name, headers)
  listen('trusted', cookieOf(trusted))
  await sleep(500)
  file = await upload(cookieOf(rita), `${canary}.txt`, `${canary} inside`)
  secret = await rita.client(tickets.open, {
    title: `About ${canary}`,
    description: `<p>${canary}</p>`,
    confidential: true,
    category,
    attachments: [file],
  })
  await trusted.client(tickets.assign, { id: secret.id, assignee: 'me' })
  await trusted.client(tickets.addNote, { id: secret.id, public: true, body: `${canary} public` })
  await trusted.client(tickets.addNote, { id: secret.id, public: false, body: `${canary} internal` })
  await trusted.client(tickets.changeState, { id: secret.id, state: 'in_progress', reason: canary })
  await trusted.client(timeEntries.add, {
    id: secret.id,
    duration: '1h',
    words: canary,
    billable: true,
    billedTo: canary,
  })
  await rita.client(tickets.addNote, { id: secret.id, public: true, body: `${canary} again` })
  secret = await trusted.client(tickets.edit, { id: secret.id, title: `${canary} it is`, impact: 1 })
  expect(secret.clocks.length).toBeGreaterThan(0)
  const about = { kind: 'ticket' as const, id: secret.id }
  await trusted.client(approvals.ask, {
    about,
    title: `${canary} to approve`,
    words: canary,
    definition: { stages: [{ name: 'Only', approvers: [{ kind: 'person', id: rita.id }] }] },
  })
  await trusted.client(commitments.make, { title: `${canary} by hand`, about, due: { on: '2999-01-01' } })
  await trusted.client(commitmentSeries.create, { ...again, title: `${canary} again and again`, about })
  await trusted.client(onCallPages.call, { schedule, about, words: canary })
  await sleep(1500)
})

describe('no outsider', () => {
  it('hears of it live, while those who may do', () => {
    expect(streams.get('trusted')?.text).toContain(secret.id)
    for (const [name, heard] of streams) {
      if (name === 'trusted') continue
      if (name !== 'nobody') expect(heard.text).toContain('event: hello')
      expect([name, heard.text.includes(secret.id) || heard.text.includes(canary)]).toEqual([name, false])
    }
  })

  it('finds it, or any number that counts it', { timeout: 240_000 }, async () => {
    const seen: string[] = []
    const control = [...(await walk(cookieOf(trusted))).values()].join()
    expect(control).toContain(canary)
    expect(control).toContain(secret.id)
    for (const [name, headers] of outsiders) {
      const now = await walk(headers)
      for (const [path, text] of now) {
        // the log says that a file came, never what it belongs to
        const signs = [
          canary,
          canary.toLowerCase(),
          secret.id,
          secret.reference,
          ...(path.includes('/events') ? [] : [file]),
        ]
        if (signs.some((sign) => text.includes(sign))) seen.push(`${name}: ${path} shows ${aroundSign(text, signs)}`)
        const was = before.get(`${name} ${path}`)
        if (was !== undefined && was !== steady(text))
          seen.push(`${name}: ${path} differs: ${apart(was, steady(text))}`)
      }
    }
    expect(seen.slice(0, 10)).toEqual([])
  })

  it('was asked in vain: every query answered somebody', () => {
    expect(queries.map((action) => action.name).filter((name) => !answered.has(name))).toEqual([])
  })

  it('finds a ticket any more that became confidential', { timeout: 240_000 }, async () => {
    await trusted.client(tickets.assign, { id: former.id, assignee: 'me' })
    await trusted.client(tickets.edit, { id: former.id, confidential: true, title: `${canary} now` })
    await sleep(800)
    for (const [name, headers] of outsiders) {
      const signs = [canary, former.id, `${former.reference}"`]
      const shown = [...(await walk(headers))].filter(([, text]) => signs.some((sign) => text.includes(sign)))
      expect([name, shown.map(([path, text]) => `${path} ${aroundSign(text, signs)}`)]).toEqual([name, []])
    }
  })
})

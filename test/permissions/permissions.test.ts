import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, ApiError, createClient } from '../../contract/client.ts'
import { mailSettings } from '../support/smtp.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { contractActions } from '../support/contract-actions.ts'
import { type Ground, prepareGround } from './ground.ts'
import { probes } from './probes.ts'
import { type Reader, readers, situations } from './rows.ts'
import { forVisitors, table } from './table.ts'

const actions = await contractActions()
let server: TestServer
let ground: Ground
const people = new Map<Reader, TestPerson>()
let made = 0

beforeAll(async () => {
  server = await startTestServer({ config: { mail: mailSettings('smtp://127.0.0.1:9') } })
  ground = await prepareGround(server)
  for (const reader of readers) {
    const role = reader === 'trusted' ? 'technician' : reader
    people.set(
      reader,
      await server.person({ name: `The ${reader}`, role, teams: ['Own team'], confidential: reader === 'trusted' }),
    )
  }
})
afterAll(() => server.stop())

/** Codes of rules that say "not yours" rather than "not now". */
const notYours = [
  'tickets.not-yours-to-work',
  'tickets.internal-for-it',
  'tickets.requester-edits-new',
  'people.grant-administrator',
  'setup.done',
  'commitments.not-yours-to-change',
  'commitments.series-not-yours',
  'on-call.not-yours',
  'ratings.not-yours',
  'major-incidents.not-yours',
  'tasks.not-yours',
  'orders.not-yours',
  'approvals.not-asked',
  'approvals.not-yours',
  'saved-views.share-staff-only',
  'macros.not-yours',
  'time.not-yours',
  'time.for-it',
]

function letterOf(error: unknown): string {
  if (error === null) return 'a'
  if (!(error instanceof ApiError)) return String(error)
  if (error.status === 404 && error.code !== 'no-such-address') return 'h'
  if (error.status === 401 || error.status === 403 || (error.status === 409 && notYours.includes(error.code)))
    return 'r'
  return `${error.status} ${error.code}: ${error.message}`
}

it('has a row for every action of the contract, and none for others', () => {
  const rows = new Set(Object.keys(table).map((name) => name.split('#')[0]!))
  expect([...actions.keys()].filter((name) => !rows.has(name))).toEqual([])
  expect([...rows].filter((name) => !actions.has(name))).toEqual([])
  expect(Object.keys(table).filter((name) => probes[name] === undefined)).toEqual([])
  for (const row of Object.values(table))
    for (const letters of Object.values(row)) expect(letters).toMatch(/^[arh]( [arh]){6}$/)
})

describe.each(Object.entries(table))('%s', (name, row) => {
  it.each(Object.entries(row))('%s', { timeout: 60_000 }, async (situation, letters) => {
    const found: string[] = []
    for (const reader of readers) {
      const who = people.get(reader)!
      const ticket = await ground.ticketFor(situations.find((one) => one === situation) ?? 'own', who)
      const error = await probes[name]!({
        client: who.client,
        reader: who,
        ticket,
        ground,
        fresh: `Fresh ${made++}`,
      }).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      found.push(letterOf(error))
    }
    expect(Object.fromEntries(readers.map((reader, i) => [reader, found[i]]))).toEqual(
      Object.fromEntries(readers.map((reader, i) => [reader, letters.split(' ')[i]])),
    )
  })
})

it('refuses visitors everything that is not for them', async () => {
  const id = '01a00000-0000-7000-8000-000000000000'
  for (const [name, action] of actions) {
    if (forVisitors.includes(name)) continue
    const { path } = addressOf(action, { id, person: id, token: 'x' })
    const response = await fetch(`${server.base}${path}`, { method: action.method })
    expect([name, response.status]).toEqual([name, 401])
  }
  const visitor = createClient({ base: server.base })
  const cell = {
    client: visitor,
    reader: ground.asker,
    ticket: await ground.ticketFor('own', ground.asker),
    ground,
    fresh: 'x',
  }
  const letters = await Promise.all(forVisitors.map((name) => probes[name]!(cell).then(() => 'a', letterOf)))
  expect(letters).toEqual(['a', 'r', 'a', 'a', 'a', 'a'])
})

import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tickets } from '../../../contract/tickets.ts'
import { eventCount, importInto, traces, writeTemporary } from '../../../test/support/imports.ts'
import { startTestServer, type TestServer } from '../../../test/support/server.ts'
import { sql } from '../../platform/db.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const headers = [
  'number',
  'incident_state',
  'sys_mod_count',
  'made_sla',
  'caller_id',
  'opened_by',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'category',
  'subcategory',
  'u_symptom',
  'impact',
  'urgency',
  'priority',
  'assignment_group',
  'assigned_to',
  'vendor',
  'closed_code',
  'resolved_by',
  'resolved_at',
  'closed_at',
]
type Cells = Partial<Record<(typeof headers)[number], string>>
const usual: Cells = {
  incident_state: 'New',
  made_sla: 'true',
  caller_id: 'Bo Müller',
  opened_by: 'Desk 1',
  opened_at: '1/3/2016 09:00',
  sys_updated_by: 'Agent 1',
  sys_updated_at: '1/3/2016 09:05',
  category: 'Laptop',
  subcategory: 'Screen',
  u_symptom: 'Flickers',
  impact: '2 - Medium',
  urgency: '2 - Medium',
  priority: '3 - Moderate',
  assignment_group: 'Hardware',
  assigned_to: '?',
  vendor: '?',
  closed_code: 'code 1',
  resolved_by: 'Ada',
  resolved_at: '2/3/2016 10:00',
  closed_at: '7/3/2016 10:00',
}
let mod = 0
const row = (cells: Cells) =>
  headers.map((h) => (h === 'sys_mod_count' ? String(mod++) : (cells[h] ?? usual[h] ?? '?')))
const file = (rows: string[][], delimiter = ',', lineEnd = '\n') =>
  [headers, ...rows].map((cells) => cells.join(delimiter)).join(lineEnd)
const course = (number: string, steps: Cells[]) => steps.map((cells) => row({ number, ...cells }))

const eventsOf = async (reference: string) =>
  (
    await sql<{
      type: string
      at: string
      id: string
      actor_name: string
      before: Record<string, unknown> | null
      after: Record<string, unknown>
    }>`
      select e.type, e.at, e.id, e.actor_name, p.before, p.after from events e join tickets t on t.id = e.subject_id join event_payloads p on p.event_id = e.id where t.reference = ${reference} order by e.at, e.id`.execute(
      server.db,
    )
  ).rows
const verdicts = async (id: string) =>
  (
    await sql<{
      row: number
      verdict: string
      messages: { code: string; params: Record<string, unknown> }[]
    }>`select row, verdict, messages from import_rows where import_id = ${id} order by row`.execute(server.db)
  ).rows

describe('an incident from opening to closing', () => {
  const rows = course('INC-A', [
    {},
    { incident_state: 'Active', assigned_to: 'Ada', sys_updated_at: '1/3/2016 09:30' },
    { incident_state: 'Awaiting User Info', assigned_to: 'Ada', sys_updated_at: '1/3/2016 10:00' },
    { incident_state: '-100', assigned_to: 'Ada', sys_updated_at: '1/3/2016 11:00' },
    { incident_state: 'Active', assigned_to: 'Ada', sys_updated_at: '1/3/2016 12:00' },
    { incident_state: 'Active', assigned_to: 'Ada', assignment_group: 'Network', sys_updated_at: '1/3/2016 12:00' },
    { incident_state: 'Resolved', assigned_to: 'Ada', assignment_group: 'Network', sys_updated_at: '2/3/2016 10:00' },
    { incident_state: 'Active', assigned_to: 'Ada', assignment_group: 'Network', sys_updated_at: '3/3/2016 10:00' },
    { incident_state: 'Closed', assigned_to: 'Ada', assignment_group: 'Network', sys_updated_at: '7/3/2016 10:00' },
  ])

  test('its history stands at the original moments, in file order where they are equal', async () => {
    const done = await importInto(server, await writeTemporary('a.csv', file(rows)))
    expect(done).toMatchObject({
      status: 'done',
      counts: { rows: 9, incidents: 1, created: 1, updated: 0, unchanged: 0, rejected: 0, warnings: 1 },
    })
    const events = await eventsOf('INC-A')
    expect(events.map((e) => [e.type, e.at, e.after['state']])).toEqual([
      ['ticket.imported', '2016-03-01T09:05:00Z', 'new'],
      ['ticket.state-changed', '2016-03-01T09:30:00Z', 'in_progress'],
      ['ticket.state-changed', '2016-03-01T10:00:00Z', 'waiting_requester'],
      ['ticket.state-changed', '2016-03-01T12:00:00Z', 'in_progress'],
      ['ticket.assigned', '2016-03-01T12:00:00Z', undefined],
      ['ticket.resolved', '2016-03-02T10:00:00Z', 'resolved'],
      ['ticket.reopened', '2016-03-03T10:00:00Z', 'in_progress'],
      ['ticket.closed', '2016-03-07T10:00:00Z', 'closed'],
    ])
    expect(events.map((e) => e.id)).toEqual(events.map((e) => e.id).sort())
    expect(events[0]!.actor_name).toBe('Desk 1')
    expect(events[5]!.actor_name).toBe('Ada')
    expect(events[4]!.after).toMatchObject({ queue_name: 'Network', assignee_name: 'Ada' })
  })

  test('the ticket, its people, teams and categories stand as the source ended', async () => {
    const { client } = await server.key('administrator')
    const shown = await client(tickets.show, { id: 'INC-A' })
    expect(shown).toMatchObject({
      reference: 'INC-A',
      state: 'closed',
      title: 'Flickers · Laptop / Screen',
      priority: 3,
      source: 'import',
      reopenCount: 1,
      createdAt: '2016-03-01T09:00:00Z',
      queue: { name: 'Network' },
      assignee: { name: 'Ada' },
      requester: { name: 'Bo Müller' },
      category: { name: 'Screen' },
      imported: { made_sla: 'true', closed_code: 'code 1', incident_state: 'Closed' },
    })
    expect(shown.clocks.map((c) => [c.kind, c.phase])).toEqual(
      expect.arrayContaining([
        ['resolution', 'stopped'],
        ['first_response', 'stopped'],
      ]),
    )
    const { rows: members } = await sql<{
      team: string
      person: string
    }>`select t.name as team, p.name as person from team_members m join teams t on t.id = m.team_id join persons p on p.id = m.person_id order by 1`.execute(
      server.db,
    )
    expect(members).toEqual([
      { team: 'Hardware', person: 'Ada' },
      { team: 'Network', person: 'Ada' },
    ])
  })

  test('a second run changes nothing and records nothing', async () => {
    const before = await eventCount(server.db)
    const again = await importInto(server, await writeTemporary('a.csv', file(rows)))
    expect(again.counts).toMatchObject({ incidents: 1, created: 0, updated: 0, unchanged: 1 })
    expect((await verdicts(again.id)).every((v) => v.verdict === 'unchanged')).toBe(true)
    expect(await eventCount(server.db)).toBe(before)
  })
})

test('steps before the import are suppressed, breaches are written', async () => {
  const { rows } = await sql<{ acted: number; suppressed: number; breaches: number; notices: number }>`select
    (select count(*)::int from ladder_records where not suppressed) as acted, (select count(*)::int from ladder_records where suppressed) as suppressed,
    (select count(*)::int from breaches) as breaches, (select count(*)::int from notifications) as notices`.execute(
    server.db,
  )
  expect(rows[0]).toMatchObject({ acted: 0, notices: 0 })
  expect(rows[0]!.suppressed).toBeGreaterThan(0)
  expect(rows[0]!.breaches).toBeGreaterThan(0)
})

test('as-of leaves out what came later; a later one adds it', async () => {
  const rows = course('INC-B', [
    {},
    { incident_state: 'Active', sys_updated_at: '1/3/2016 10:00' },
    { incident_state: 'Resolved', sys_updated_at: '2/3/2016 10:00' },
  ])
  const path = await writeTemporary('b.csv', file(rows))
  const first = await importInto(server, path, { asOf: '2016-03-01T12:00' })
  expect(first.counts).toMatchObject({ rows: 3, incidents: 1, created: 1 })
  expect((await verdicts(first.id)).map((v) => v.verdict)).toEqual(['created', 'created', 'unchanged'])
  const known = await sql<{
    facts: Record<string, string>
    state: string
  }>`select facts, state from ticket_sources s join tickets t on t.id = ticket_id where key = 'INC-B'`.execute(
    server.db,
  )
  expect(known.rows[0]).toMatchObject({ state: 'in_progress' })
  expect(known.rows[0]!.facts).not.toHaveProperty('resolved_at')
  const second = await importInto(server, path, { asOf: '2016-03-02T12:00' })
  expect(second.counts).toMatchObject({ incidents: 1, created: 0, updated: 1, unchanged: 0 })
  expect((await verdicts(second.id)).map((v) => v.verdict)).toEqual(['unchanged', 'unchanged', 'updated'])
  expect((await eventsOf('INC-B')).map((e) => e.type)).toEqual([
    'ticket.imported',
    'ticket.state-changed',
    'ticket.resolved',
  ])
  const clocks = await sql<{
    phase: string
  }>`select phase from commitments c join tickets t on t.id = c.subject_id where t.reference = 'INC-B'`.execute(
    server.db,
  )
  expect(new Set(clocks.rows.map((c) => c.phase))).toEqual(new Set(['stopped']))
})

test('shifted by whole weeks into the past seven days, and by as many the second time', async () => {
  const path = await writeTemporary('s.csv', file(course('INC-S', [{}])))
  const first = await importInto(server, path, { asOf: '2016-03-01T12:00', shift: true })
  const asOf = Date.parse('2016-03-01T12:00:00Z') + first.shift_weeks * 7 * 86_400_000
  expect(Date.now() - asOf).toBeGreaterThanOrEqual(0)
  expect(Date.now() - asOf).toBeLessThan(7 * 86_400_000)
  await sql`update imports set shift_weeks = shift_weeks - 1 where id = ${first.id}`.execute(server.db)
  const second = await importInto(server, path, { asOf: '2016-03-01T12:00', shift: true })
  expect(second.shift_weeks).toBe(first.shift_weeks - 1)
  expect(second.counts).toMatchObject({ unchanged: 1, created: 0 })
})

test('local times of a zone; those that occur twice or never are said', async () => {
  const rows = [
    ...course('INC-Z', [{ opened_at: '27/3/2016 01:00', sys_updated_at: '27/3/2016 02:30' }]),
    ...course('INC-Y', [{ opened_at: '1/3/2016 01:00', sys_updated_at: '2016-10-30 02:30:00' }]),
  ]
  const done = await importInto(server, await writeTemporary('z.csv', file(rows)), { zone: 'Europe/Berlin' })
  expect(done.counts).toMatchObject({ created: 2, warnings: 2 })
  expect((await eventsOf('INC-Z'))[0]!.at).toBe('2016-03-27T01:30:00Z')
  expect((await eventsOf('INC-Y'))[0]!.at).toBe('2016-10-30T00:30:00Z')
  expect((await verdicts(done.id)).map((v) => v.messages[0]!.code)).toEqual([
    'imports.warning.time-never',
    'imports.warning.time-twice',
  ])
})

describe('files as they come', () => {
  test.each([
    [
      'semicolons, windows-1252, CRLF',
      Buffer.from(file(course('INC-F1', [{}]), ';', '\r\n'), 'latin1'),
      { encoding: 'windows-1252', delimiter: ';', lineEnds: 'CRLF' },
    ],
    [
      'tabs, UTF-16 with its mark',
      Buffer.from(`\ufeff${file(course('INC-F2', [{}]), '\t')}`, 'utf16le'),
      { encoding: 'utf-16le', delimiter: '\t', lineEnds: 'LF' },
    ],
    [
      'carriage returns only',
      Buffer.from(file(course('INC-F3', [{}, { incident_state: 'Active' }]), ',', '\r')),
      { encoding: 'utf-8', lineEnds: 'CR' },
    ],
    [
      'gzip under another name, byte order mark',
      gzipSync(`\ufeff${file(course('INC-F4', [{}]))}`),
      { encoding: 'utf-8' },
    ],
  ])('%s', async (_name, content, sniffed) => {
    const done = await importInto(server, await writeTemporary('x.csv', content))
    expect(done).toMatchObject({ status: 'done', error: null, sniffed, counts: { created: 1, rejected: 0 } })
    const { rows } = await sql<{
      name: string
    }>`select r.name from tickets t join persons r on r.id = t.requester_id where t.reference like 'INC-F%' group by 1`.execute(
      server.db,
    )
    expect(rows).toEqual([{ name: 'Bo Müller' }])
  })

  test('broken rows are rejected by row and column, the others go on', async () => {
    const good = course('INC-G', [
      {},
      { sys_updated_at: '31/2/2016 10:00' },
      { incident_state: 'Active', sys_updated_at: '1/3/2016 10:00' },
    ])
    const content = `${file([...good, row({ number: '' })])}\nshort,row\nINC-H,"open\n${row({ number: 'INC-H' }).join(',')}\n`
    const done = await importInto(server, await writeTemporary('g.csv', content))
    expect(done.counts).toMatchObject({ rows: 7, incidents: 2, created: 2, rejected: 4 })
    expect((await verdicts(done.id)).map((v) => [v.row, v.verdict, v.messages[0]?.code])).toEqual([
      [2, 'created', undefined],
      [3, 'rejected', 'imports.bad-moment'],
      [4, 'created', undefined],
      [5, 'rejected', 'imports.key-missing'],
      [6, 'rejected', 'imports.cells-differ'],
      [7, 'rejected', 'imports.quote-open'],
      [8, 'created', undefined],
    ])
  })

  test('rows of one incident need not follow each other', async () => {
    const a = course('INC-I', [{}, { incident_state: 'Active', sys_updated_at: '1/3/2016 10:00' }])
    const b = course('INC-J', [{}, { incident_state: 'Resolved', sys_updated_at: '1/3/2016 10:00' }])
    const done = await importInto(server, await writeTemporary('i.csv', file([a[0]!, b[0]!, a[1]!, b[1]!])))
    expect(done.counts).toMatchObject({ rows: 4, incidents: 2, created: 2 })
    expect((await eventsOf('INC-J')).map((e) => e.type)).toEqual(['ticket.imported', 'ticket.resolved'])
  })

  test('doubled, unknown and empty headers are said', async () => {
    const [head, ...rest] = file(course('INC-K', [{}])).split('\n')
    const done = await importInto(server, await writeTemporary('k.csv', `${head},number,,colour\n${rest[0]},x,,red\n`))
    expect(done.sniffed!.problems.map((p) => p.code)).toEqual([
      'imports.header-doubled',
      'imports.header-empty',
      'imports.header-unknown',
    ])
    expect(done.counts.created).toBe(1)
  })

  test.each([
    ['a zip bomb', gzipSync(Buffer.alloc(64 * 1024 ** 2, 'x'), { level: 9 }), 'imports.unpacks-too-large'],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004 and so on'), 'imports.not-a-table'],
    ['an empty file', Buffer.alloc(0), 'imports.file-empty'],
    ['gzip cut off', gzipSync(file(course('INC-L', [{}]))).subarray(0, 60), 'imports.gzip-broken'],
    ['other headers', Buffer.from('name,colour\nAda,red\n'), 'imports.fields-missing'],
  ])('%s is refused as a whole, in words', async (_name, content, code) => {
    const done = await importInto(server, await writeTemporary('bad.csv', content))
    expect(done).toMatchObject({ status: 'failed', error: { code } })
  })
})

test('a dry run says what would happen and writes no record', async () => {
  const path = await writeTemporary('d.csv', file([...course('INC-D', [{}]), ...course('INC-A', [{}])]))
  const before = await traces(server.db)
  const dry = await importInto(server, path, { dryRun: true })
  expect(dry).toMatchObject({ status: 'done', counts: { incidents: 2, created: 1, updated: 1 } })
  expect(await verdicts(dry.id)).toHaveLength(2)
  expect(await traces(server.db)).toEqual(before)
})

test('a reference that another ticket has is rejected', async () => {
  const path = await writeTemporary('r.csv', file(course('INC-R', [{}])))
  await importInto(server, path)
  await sql`delete from ticket_sources where key = 'INC-R'`.execute(server.db)
  const done = await importInto(server, path)
  expect(done.counts).toMatchObject({ incidents: 0, created: 0, rejected: 1 })
})

test('interrupted at any portion it goes on and ends the same', async () => {
  const rows = Array.from({ length: 700 }, (_, i) =>
    course(`INC-M${i}`, [
      {},
      { incident_state: 'Resolved', assigned_to: `Agent ${i % 7}`, sys_updated_at: '1/3/2016 10:00' },
    ]),
  ).flat()
  const path = await writeTemporary('m.csv', `${file(rows)}\nbroken\n`)
  const stopped = await importInto(server, path, {
    onProgress: (run) => {
      if (run.counts.created > 0) throw new Error('the process is gone')
    },
  }).catch((error: Error) => error.message)
  expect(stopped).toBe('the process is gone')
  const done = await importInto(server, path)
  expect(done).toMatchObject({
    status: 'done',
    counts: { rows: 1401, incidents: 700, created: 700, updated: 0, unchanged: 0, rejected: 1 },
  })
  const { rows: all } = await sql<{
    tickets: number
    events: number
    verdicts: number
    imports: number
  }>`select (select count(*)::int from tickets where reference like 'INC-M%') as tickets,
    (select count(*)::int from events e join tickets t on t.id = e.subject_id where reference like 'INC-M%') as events, (select count(*)::int from import_rows where import_id = ${done.id}) as verdicts,
    (select count(*)::int from imports where file_name = 'm.csv') as imports`.execute(server.db)
  expect(all[0]).toEqual({ tickets: 700, events: 1400, verdicts: 1401, imports: 1 })
})

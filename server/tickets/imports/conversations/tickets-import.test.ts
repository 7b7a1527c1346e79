import { afterAll, beforeAll, expect, test } from 'vitest'
import { tickets } from '../../../../contract/tickets.ts'
import { eventCount, importInto, sourceOf, verdictsOf, writeTemporary } from '../../../../test/support/imports.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../../test/support/server.ts'
import { sql } from '../../../platform/db.ts'

let server: TestServer
let cora: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
})
afterAll(() => server.stop())

const run = async (text: string | object, given = {}, name = 'tickets.csv') =>
  importInto(
    server,
    await writeTemporary(name, typeof text === 'string' ? text : JSON.stringify(text)),
    given,
    sourceOf(server, 'tickets'),
  )
const ticket = (reference: string) => cora.client(tickets.show, { id: reference })
const codes = async (id: string) =>
  (await verdictsOf(server, id)).map((v) => [v.row, v.verdict, v.messages.map((m) => m.code.replace('imports.', ''))])
const course = async (reference: string) => {
  const { items } = await cora.client(tickets.timeline, { id: reference, limit: 100 })
  return items.map((i) => [
    i.at.slice(0, 16),
    i.by.name,
    i.note === null ? i.event!.type : `${i.note.public ? 'reply' : 'note'}: ${i.note.body}`,
  ])
}

test('a table of a foreign product becomes tickets at their own moments; the second time changes nothing', async () => {
  const text =
    'Ticketnummer;Betreff;Beschreibung;Kunde;Gruppe;Bearbeiter;Zustand;Priorität;Erstellt am;Geschlossen am;Standort\n' +
    '4711;Drucker klemmt;"Papier <b>steckt</b>";Bo Müller <bo@harbour.example>;Druck;Ada Berg;offen;hoch;03.11.2024 09:00;;Kiel\n' +
    '4712;Passwort;;bo@harbour.example;Konten;;erfolgreich geschlossen;niedrig;02.11.2024 08:00;02.11.2024 10:30;\n'
  const first = await run(text, { zone: 'Europe/Berlin' })
  expect(first).toMatchObject({ status: 'done', counts: { rows: 2, created: 2, rejected: 0 } })
  expect(await ticket('OLD-4711')).toMatchObject({
    title: 'Drucker klemmt',
    state: 'in_progress',
    priority: 2,
    createdAt: '2024-11-03T08:00:00Z',
    requester: { name: 'Bo Müller' },
    assignee: { name: 'Ada Berg' },
    queue: { name: 'Druck' },
  })
  expect(await course('OLD-4711')).toEqual([
    ['2024-11-03T08:00', 'Bo Müller', 'ticket.imported'],
    ['2024-11-03T08:00', 'Imported', 'ticket.state-changed'],
    ['2024-11-03T08:00', 'Imported', 'note: <p>Imported</p><p>Standort: Kiel</p>'],
  ])
  const done = await ticket('OLD-4712')
  expect(done).toMatchObject({ state: 'closed', closedAt: '2024-11-02T09:30:00Z', requester: { name: 'Bo Müller' } })
  const before = await eventCount(server.db)
  expect((await run(text, { zone: 'Europe/Berlin' })).counts).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
  expect(await eventCount(server.db)).toBe(before)
})

/** Yesterday: a ticket can still be reopened. */
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
const live = (more: object = {}, comments: object[] = []) => [
  {
    key: 'HD-1',
    summary: 'No network',
    description: 'Since this morning',
    reporter: { name: 'Eve', email: 'eve@harbour.example' },
    requester: { name: 'Eve', email: 'eve@harbour.example' },
    status: 'Open',
    priority: 'High',
    created: `${day}T08:00:00Z`,
    updated: `${day}T08:30:00Z`,
    comments: [
      {
        id: 1,
        created: `${day}T08:10:00Z`,
        author: { name: 'Ada', email: 'ada@harbour.example' },
        body: '<p>Try <script>alert(1)</script>again</p>',
        public: true,
        attachments: [{ name: 'a.txt', type: 'text/plain', base64: 'aGVsbG8=' }],
      },
      { id: 2, created: `${day}T08:20:00Z`, author: { name: 'Ada' }, body: '1 < 2 & "router"', public: false },
      ...comments,
    ],
    ...more,
  },
]

test('comments, attachments and answers come from nested lists; clocks start from the history', async () => {
  expect(await run(live(), {}, 'live.json')).toMatchObject({ status: 'done', counts: { created: 1, rejected: 0 } })
  expect((await course('HD-1')).filter(([, , what]) => /^(reply|note): <p>[T1]/.test(what!))).toEqual([
    [`${day}T08:10`, 'Ada', 'reply: <p>Try again</p>'],
    [`${day}T08:20`, 'Ada', 'note: <p>1 &lt; 2 &amp; &quot;router&quot;</p>'],
  ])
  const { items } = await cora.client(tickets.timeline, { id: 'HD-1', limit: 100 })
  expect(items.flatMap((i) => i.note?.attachments ?? [])).toMatchObject([{ name: 'a.txt', size: 5 }])
  const { rows } = await sql<{ kind: string; phase: string }>`
    select c.kind, c.phase from commitments c join tickets t on t.id = c.subject_id where t.reference = 'HD-1' order by 1`.execute(
    server.db,
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.find((r) => r.kind === 'first_response')).toMatchObject({ phase: 'stopped' })
})

test('the same live system again and again: only what changed there, and nothing that people did here is overwritten', async () => {
  const shown = await ticket('HD-1')
  await cora.client(tickets.edit, { id: 'HD-1', version: shown.version, title: 'No network in hall 7' })
  const third = { id: 3, created: `${day}T09:00:00Z`, author: { name: 'Ada' }, body: 'Cable replaced', public: true }
  const newer = await run(
    live(
      { summary: 'No network at all', status: 'Solved', resolved: `${day}T09:05:00Z`, updated: `${day}T09:05:00Z` },
      [third],
    ),
    {},
    'live.json',
  )
  expect(newer.counts).toMatchObject({ created: 0, updated: 1, rejected: 0 })
  expect((await codes(newer.id)).map(([, verdict, said]) => [verdict, said])).toEqual([
    ['updated', ['warning.ticket-kept']],
    ['unchanged', []],
    ['unchanged', []],
    ['updated', []],
  ])
  expect(await ticket('HD-1')).toMatchObject({
    title: 'No network in hall 7',
    state: 'resolved',
    resolvedAt: `${day}T09:05:00Z`,
  })
  const before = await eventCount(server.db)
  const again = await run(
    live(
      { summary: 'No network at all', status: 'Solved', resolved: `${day}T09:05:00Z`, updated: `${day}T09:05:00Z` },
      [third],
    ),
    {},
    'live.json',
  )
  expect(again.counts).toMatchObject({ updated: 0, unchanged: 1 })
  expect(await eventCount(server.db)).toBe(before)
  // reopened here; the source says nothing new of the state, but adds a comment
  const done = await ticket('HD-1')
  await cora.client(tickets.reopen, { id: 'HD-1', version: done.version, reason: 'Still down' })
  const fourth = { id: 4, created: `${day}T10:00:00Z`, author: { name: 'Eve' }, body: 'Thanks', public: true }
  const last = await run(
    live(
      { summary: 'No network at all', status: 'Closed', resolved: `${day}T09:05:00Z`, updated: `${day}T10:00:00Z` },
      [third, fourth],
    ),
    {},
    'live.json',
  )
  expect((await codes(last.id))[0]).toEqual([2, 'unchanged', ['warning.ticket-kept']])
  expect((await ticket('HD-1')).state).toBe('new')
})

test('comments in a file of their own find their tickets; those of no ticket are refused', async () => {
  const done = await run(
    'Ticket ID,Comment ID,Comment date,Comment author,Comment,Comment public\n4711,c1,2024-11-04 10:00,Ada Berg,Roller cleaned,yes\n9999,c2,2024-11-04 10:00,Ada Berg,Lost,yes\n',
  )
  expect(await codes(done.id)).toEqual([
    [2, 'updated', []],
    [3, 'rejected', ['ticket-unknown']],
  ])
  expect((await course('OLD-4711')).at(-1)).toEqual(['2024-11-04T10:00', 'Ada Berg', 'reply: <p>Roller cleaned</p>'])
  expect((await ticket('OLD-4711')).assignee).toMatchObject({ name: 'Ada Berg' })
})

test('hostile rows: unknown states, missing keys, impossible dates, the future, a text of 10 MB, markup', async () => {
  const big = 'x<y '.repeat(2_600_000)
  const done = await run(
    [
      {
        key: 'H-1',
        summary: '<img src=x onerror=alert(1)>',
        status: 'Zonked',
        created: '2024-11-01',
        priority: 'purple',
      },
      { summary: 'no key', created: '2024-11-01' },
      { key: 'H-3', summary: 'dates', created: '31.02.2024', updated: '2999-01-01T00:00:00Z', status: 'new' },
      {
        key: 'H-4',
        summary: 'big',
        created: 1730419200,
        comments: [
          { id: 1, created: 'Sat, 02 Nov 2024 10:00:00 +0100', author: 'Ada', body: big },
          { id: 2, created: 'never', body: 'x' },
        ],
      },
      { key: 'H 5/;', summary: '\0zero \ud800', created: '02/Nov/24 3:04 PM' },
    ],
    { dateOrder: 'dmy' },
    'hostile.json',
  )
  expect(done).toMatchObject({ status: 'done' })
  expect(await codes(done.id)).toEqual([
    [2, 'created', ['warning.ticket-state-unknown', 'warning.level-unknown']],
    [3, 'rejected', ['key-missing']],
    [4, 'created', ['warning.bad-moment', 'warning.future-moment']],
    [5, 'created', []],
    [6, 'created', ['warning.text-long']],
    [7, 'rejected', ['bad-moment']],
    [8, 'created', []],
  ])
  const { items } = await cora.client(tickets.timeline, { id: 'H-4', limit: 100 })
  expect(items.flatMap((i) => i.note?.attachments ?? [])).toMatchObject([
    { name: 'whole-text.txt', size: big.length - 1 },
  ])
  expect(await ticket('H-5')).toMatchObject({ createdAt: '2024-11-02T15:04:00Z' })
  const again = await run(
    [{ key: 'H-1', summary: 'x', status: 'Zonked' }],
    { mapping: { 'state:Zonked': 'nowhere' } },
    'bad.json',
  )
  expect(again).toMatchObject({ status: 'failed', error: { code: 'imports.mapping-state-unknown' } })
})

test('a trial writes nothing', async () => {
  const before = await eventCount(server.db)
  const done = await run(
    [{ key: 'T-1', summary: 'x', status: 'new', created: '2024-11-01' }],
    { dryRun: true },
    'trial.json',
  )
  expect(done.counts).toMatchObject({ created: 1 })
  expect(await eventCount(server.db)).toBe(before)
})

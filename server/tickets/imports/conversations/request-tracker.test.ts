import { afterAll, beforeAll, expect, test } from 'vitest'
import { tickets } from '../../../../contract/tickets.ts'
import { eventCount, importInto, sourceOf, verdictsOf, writeTemporary } from '../../../../test/support/imports.ts'
import { exportOfRequestTracker, hasRequestTracker } from '../../../../test/support/request-tracker/request-tracker.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../../test/support/server.ts'

let server: TestServer
let cora: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
})
afterAll(() => server.stop())

const course = async (id: string) =>
  (await cora.client(tickets.timeline, { id, limit: 100 })).items.map((i) =>
    i.note === null
      ? `${i.by.name}: ${i.event!.type}`
      : `${i.by.name}: ${i.note.public ? 'reply' : 'note'} ${i.note.body} ${i.note.attachments.map((a) => `[${a.name} ${a.size}]`).join('')}`,
  )

test.skipIf(!hasRequestTracker())(
  'tickets of a real Request Tracker come with their history, and a second time nothing changes',
  async () => {
    const file = await exportOfRequestTracker()
    const source = sourceOf(server, 'request-tracker')
    const done = await importInto(server, file, {}, source)
    expect(done).toMatchObject({ status: 'done', counts: { created: 3, rejected: 0 } })
    expect(await cora.client(tickets.show, { id: 'RT-1' })).toMatchObject({
      title: 'VPN fällt aus',
      description: '<p>Seit heute früh.</p><p>Gruß, Bo</p>',
      state: 'waiting_requester',
      requester: { name: 'Bo Müller' },
      assignee: { name: 'Ada Berg' },
      queue: { name: 'Networks' },
    })
    const told = await course('RT-1')
    expect(told.filter((line) => /: (reply|note)/.test(line))).toEqual([
      'Ada Berg: reply <p>Please try again.</p> [shot.png 10]',
      'Ada Berg: note <p>&lt;script&gt;alert(1)&lt;/script&gt; router 7</p> ',
      'Request Tracker: reply <p>Still down</p> ',
    ])
    expect(told.filter((line) => line.includes('ticket.'))).toEqual([
      'Bo Müller: ticket.imported',
      'Request Tracker: ticket.assigned',
      'Request Tracker: ticket.state-changed',
      'Request Tracker: ticket.assigned',
      'Request Tracker: ticket.state-changed',
    ])
    expect(await cora.client(tickets.show, { id: 'RT-2' })).toMatchObject({ title: 'Same again', state: 'closed' })
    expect((await course('RT-2')).at(-1)).toBe('Request Tracker: note <p>Request Tracker: merged into RT-1</p> ')
    expect(await cora.client(tickets.show, { id: 'RT-3' })).toMatchObject({ state: 'resolved' })
    const before = await eventCount(server.db)
    expect((await importInto(server, file, {}, source)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
    expect(await eventCount(server.db)).toBe(before)
  },
  120_000,
)

test('what the query for osTicket writes becomes tickets with their threads', async () => {
  const lines = [
    {
      ticket_number: '100234',
      subject: 'Scanner',
      requester: { name: 'Eve', email: 'eve@harbour.example' },
      department: 'Support',
      help_topic: 'Hardware / Scanner',
      assignee: { name: null, email: null },
      status: 'Open',
      priority: 'Normal',
      created: '2024-11-02 10:00:00.000000',
      updated: '2024-11-02 11:00:00.000000',
      closed: null,
      source: 'Email',
      thread: [
        {
          id: 1,
          type: 'M',
          created: '2024-11-02 10:00:00.000000',
          poster: 'Eve',
          email: 'eve@harbour.example',
          html: '<p>It squeaks</p>',
          text: null,
          attachments: [{ name: 'noise.wav', type: 'audio/wav', base64: 'AAEC' }],
        },
        {
          id: 2,
          type: 'R',
          created: '2024-11-02 10:30:00.000000',
          poster: 'Ada',
          email: 'ada@harbour.example',
          html: '<p>Oil it</p><script>1</script>',
          text: null,
          attachments: [],
        },
        {
          id: 3,
          type: 'N',
          created: '2024-11-02 11:00:00.000000',
          poster: 'Ada',
          email: 'ada@harbour.example',
          html: null,
          text: 'a < b',
          attachments: [],
        },
      ],
    },
  ]
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  const done = await importInto(server, await writeTemporary('osticket.jsonl', text), {}, sourceOf(server, 'osticket'))
  expect(done).toMatchObject({ status: 'done', counts: { created: 1, rejected: 0, rows: 4 } })
  expect((await verdictsOf(server, done.id)).flatMap((v) => v.messages)).toEqual([])
  expect((await course('OST-100234')).filter((line) => /<p>[IOa]/.test(line) && !line.includes('osTicket<'))).toEqual([
    'Eve: reply <p>It squeaks</p> [noise.wav 3]',
    'Ada: reply <p>Oil it</p> ',
    'Ada: note <p>a &lt; b</p> ',
  ])
})

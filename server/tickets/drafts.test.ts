import { afterAll, beforeAll, expect, it } from 'vitest'
import { ticketDrafts } from '../../contract/ticket-drafts.ts'
import { tickets } from '../../contract/tickets.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'

let server: TestServer
let tess: TestPerson
let otto: TestPerson
let rita: TestPerson
let id: string

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Field', ['Field team'])
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  otto = await server.person({ name: 'Otto', role: 'technician', teams: ['Field team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  id = (await rita.client(tickets.open, { title: 'No network', queue: 'Field' })).id
})
afterAll(() => server.stop())

const drafts = async (who: TestPerson) => (await who.client(ticketDrafts.list, { id })).items
const bodies = async (who: TestPerson) => (await drafts(who)).map((one) => [one.public, one.body])
const keep = (who: TestPerson, isPublic: boolean, body: string) =>
  who.client(ticketDrafts.keep, { id, public: isPublic, body })

it('keeps a reply and a note apart, the last writing in place of the one before, for their author alone', async () => {
  await keep(tess, true, '<p>Have you</p>')
  await keep(tess, true, '<p>Have you tried <script>alert(1)</script>it?</p>')
  await keep(tess, false, '<p>Ask Otto</p>')
  await keep(rita, true, '<p>And</p>')
  expect(await bodies(tess)).toEqual([
    [true, '<p>Have you tried it?</p>'],
    [false, '<p>Ask Otto</p>'],
  ])
  expect(await bodies(otto)).toEqual([])
  expect(await bodies(rita)).toEqual([[true, '<p>And</p>']])
  const { rows } = await sql`select 1 from events where type like '%draft%'`.execute(server.db)
  expect(rows).toEqual([])
})

it('is found again by its author, on tickets that they still see', async () => {
  const mine = async (who: TestPerson) =>
    (await who.client(ticketDrafts.mine, {})).items.map((one) => [one.ticket.id, one.public])
  expect(await mine(tess)).toEqual([
    [id, false],
    [id, true],
  ])
  expect([await mine(otto), await mine(rita)]).toEqual([[], [[id, true]]])
  await sql`update tickets set confidential = true where id = ${id}`.execute(server.db)
  expect(await mine(tess)).toEqual([])
  await sql`update tickets set confidential = false where id = ${id}`.execute(server.db)
})

it('keeps the macro chosen for it, with or without words', async () => {
  const macro = { id: '01a00000-0000-7000-8000-0000000000aa', version: 3, acts: [0, 2] }
  await tess.client(ticketDrafts.keep, { id, public: false, body: '<p>Ask Otto</p>', macro })
  expect((await drafts(tess)).map((one) => one.macro)).toEqual([null, macro])
  await tess.client(ticketDrafts.keep, { id, public: true, body: '', macro })
  expect((await drafts(tess)).map((one) => [one.body, one.macro])).toEqual([
    ['', macro],
    ['<p>Ask Otto</p>', macro],
  ])
  await keep(tess, true, '<p>Have you tried it?</p>')
  expect((await drafts(tess))[0]!.macro).toBeNull()
})

it('is gone as it is sent, and where nothing is left of it', async () => {
  await tess.client(tickets.addNote, { id, public: true, body: '<p>Have you tried it?</p>' })
  expect(await bodies(tess)).toEqual([[false, '<p>Ask Otto</p>']])
  await keep(tess, false, '<p></p>')
  expect(await bodies(tess)).toEqual([])
})

it('refuses a requester the note, anybody a ticket they do not see, and what is too long', async () => {
  await expect(keep(rita, false, 'x')).rejects.toMatchObject({ code: 'tickets.internal-for-it' })
  const stranger = await server.person({ name: 'Sam', role: 'requester' })
  await expect(keep(stranger, true, 'x')).rejects.toMatchObject({ status: 404 })
  await expect(drafts(stranger)).rejects.toMatchObject({ status: 404 })
  await expect(keep(tess, true, 'x'.repeat(200_001))).rejects.toMatchObject({ status: 400 })
})

it('lists no upload of somebody else, and nothing after 90 days', async () => {
  const file = '01a00000-0000-7000-8000-00000000000f'
  await sql`insert into files (id, organisation_id, name, type, size, sha256, created_by, inline) values (${file}, ${server.organisation}, 'secret.txt', 'text/plain', 3, ${Buffer.alloc(32)}, ${otto.id}, false)`.execute(
    server.db,
  )
  await tess.client(ticketDrafts.keep, { id, public: true, body: 'x', files: [file] })
  expect((await drafts(tess))[0]!.files).toEqual([])
  await otto.client(ticketDrafts.keep, { id, public: true, body: '', files: [file] })
  expect((await drafts(otto))[0]!.files).toMatchObject([{ id: file, name: 'secret.txt' }])
  await sql`update ticket_drafts set kept_at = now() - interval '91 days' where person_id = ${otto.id}`.execute(
    server.db,
  )
  expect(await drafts(otto)).toEqual([])
  await keep(tess, true, 'y')
  const left = await sql`select 1 from ticket_drafts where person_id = ${otto.id}`.execute(server.db)
  expect(left.rows).toEqual([])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approvals } from '../../../contract/approvals.ts'
import { people, teams } from '../../../contract/people.ts'
import { ticketTasks } from '../../../contract/ticket-tasks.ts'
import { tickets } from '../../../contract/tickets.ts'
import { eventCount, importInto, sample, sourceOf, verdictsOf, writeTemporary } from '../../../test/support/imports.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'
import { type Db, sql } from '../../platform/db.ts'

let server: TestServer
let cora: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
})
afterAll(() => server.stop())

const run = async (text: string | Buffer, given = {}) =>
  importInto(server, await writeTemporary('people.csv', text), given, sourceOf(server, 'people'))
const codes = async (id: string) =>
  (await verdictsOf(server, id)).map((v) => [v.row, v.verdict, v.messages.map((m) => m.code.replace('imports.', ''))])
const person = async (q: string) => {
  const { items } = await cora.client(people.list, { q })
  return cora.client(people.show, { id: items[0]!.id })
}

const staff =
  'Name;E-Mail;Benutzername;Personalnummer;Abteilung;Stelle;Vorgesetzter;Aktiv\n' +
  'Ida Lund;ida@halvorsen.example;ilund;0017;Werft;Schweißerin;bo@halvorsen.example;ja\n' +
  'Bo Berg;BO@halvorsen.example;bberg;0018;Werft;Meister;Chefin;ja\n' +
  'Chefin;;chef;0019;Leitung;;Chefin;ja\n' +
  'Gone Long;gone@halvorsen.example;;;;;Nobody At All;nein\n'

describe('people of a list', () => {
  test('managers are found forwards, nobody gets a sign-in, who is gone comes in as gone', async () => {
    const done = await run(staff)
    expect(done).toMatchObject({ status: 'done', counts: { rows: 4, created: 4, rejected: 0 } })
    expect(await codes(done.id)).toEqual([
      [2, 'created', []],
      [3, 'created', []],
      [4, 'created', []],
      [5, 'created', ['warning.person-unknown']],
    ])
    expect(await person('Ida')).toMatchObject({
      emails: ['ida@halvorsen.example'],
      username: 'ilund',
      employeeNumber: '0017',
      department: 'Werft',
      jobTitle: 'Schweißerin',
      manager: { name: 'Bo Berg' },
      account: null,
      active: true,
    })
    expect(await person('Bo Berg')).toMatchObject({ manager: { name: 'Chefin' } })
    expect(await person('Chefin')).toMatchObject({ manager: null })
    expect(await person('Gone')).toMatchObject({ active: false })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from invitations`.execute(server.db)
    expect(rows[0]!.n).toBe(0)
  })

  test('the same file changes nothing; found by username and number where the address is another', async () => {
    const events = await eventCount(server.db)
    expect((await run(staff)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 4 })
    expect(await eventCount(server.db)).toBe(events)
    const moved = await run(
      'email,username,employee number,department\nida.lund@halvorsen.example,ILUND,,Office\n,,0018,Office\n',
    )
    expect(moved.counts).toMatchObject({ created: 0, updated: 2 })
    expect(await person('Ida')).toMatchObject({
      emails: ['ida.lund@halvorsen.example', 'ida@halvorsen.example'],
      department: 'Office',
    })
  })

  test('what somebody corrected here stays and is said', async () => {
    const file = 'username,phone\nbberg,1234\n'
    await run(file)
    const bo = await person('Bo Berg')
    await cora.client(people.edit, { id: bo.id, phone: '9999' })
    const again = await run(file)
    expect(again.counts).toMatchObject({ unchanged: 1, warnings: 1 })
    expect(await codes(again.id)).toEqual([[2, 'unchanged', ['warning.kept']]])
    expect(await person('Bo Berg')).toMatchObject({ phone: '9999' })
  })

  test('who owns something or signs in is not made inactive by a file, nor is anybody who is merely missing', async () => {
    const lead = await server.person({ name: 'Lead Er', role: 'technician' })
    const email = (await person('Lead Er')).emails[0]!
    const done = await run(`email,active\n${email},no\nida@halvorsen.example,no\n`)
    expect(await codes(done.id)).toEqual([
      [2, 'unchanged', ['warning.still-owns']],
      [3, 'updated', []],
    ])
    expect(await cora.client(people.show, { id: lead.id })).toMatchObject({ active: true })
    expect(await person('Ida')).toMatchObject({ active: false })
    const bo = await person('Bo Berg')
    expect(bo.active).toBe(true)
    await cora.client(teams.create, { name: 'Yard', lead: bo.id })
    expect(await codes((await run('email,active\nbo@halvorsen.example,no\n')).id)).toEqual([
      [2, 'unchanged', ['warning.still-owns']],
    ])
  })

  test('whoever has a task without a time, or is asked for an approval, is not made inactive', async () => {
    await server.queue('Yard desk', [])
    const doer = await server.person({ name: 'Doer', role: 'technician', teams: ['Yard desk'] })
    const decider = await server.person({ name: 'Decider', role: 'manager' })
    const { id } = await cora.client(tickets.open, { title: 'A crane' })
    await cora.client(ticketTasks.add, { id, title: 'Grease it', owner: { kind: 'person', id: doer.id } })
    await cora.client(approvals.ask, {
      about: { kind: 'ticket', id },
      title: 'A new crane',
      definition: { stages: [{ name: 'Head', approvers: [{ kind: 'person', id: decider.id }] }] },
    })
    await sql`delete from accounts where id = any(${[doer.account, decider.account]}::uuid[])`.execute(server.db)
    expect(await codes((await run(`email,active\n${doer.email},no\n${decider.email},no\n`)).id)).toEqual([
      [2, 'unchanged', ['warning.still-owns']],
      [3, 'unchanged', ['warning.still-owns']],
    ])
  })

  test('circles of managers, addresses of others, rows twice and rows of nobody are said', async () => {
    const done = await run(
      'name,email,username,manager\n' +
        'One,one@x.example,one,two\nTwo,two@x.example,two,one\n' +
        'Thief,,bberg,\n' +
        'Double,one@x.example,,\n' +
        'Bad,not an address,badly,\n' +
        ',,,two\n',
    )
    expect(await codes(done.id)).toEqual([
      [2, 'created', []],
      [3, 'created', []],
      [4, 'updated', []],
      [5, 'rejected', ['row-again']],
      [6, 'created', ['warning.bad-email']],
      [7, 'rejected', ['name-missing']],
    ])
    expect([(await person('one@x')).manager?.name, (await person('two@x')).manager?.name].filter(Boolean)).toHaveLength(
      1,
    )
  })
})

describe('while people are edited', () => {
  const isWaiting = async () =>
    (
      await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
        server.db,
      )
    ).rows.length > 0
  /** Runs an import that comes to wait for an edit, which then commits. */
  const during = async (text: string, edit: (tx: Db) => Promise<unknown>) => {
    let importing: ReturnType<typeof run>
    await server.db.transaction().execute(async (tx) => {
      await edit(tx)
      importing = run(text)
      await expect.poll(isWaiting, { timeout: 10_000 }).toBe(true)
    })
    return importing!
  }
  const addressOf = (tx: Db, id: string, email: string) =>
    sql`insert into person_emails (email, person_id, position) values (${email}, ${id}, 7)`.execute(tx)

  test('an address that somebody adds meanwhile stays', async () => {
    await cora.client(people.create, { name: 'Edd Ited', username: 'edd', emails: ['edd@x.example'] })
    const { id } = await person('Edd')
    await during('username,email\nedd,edd.new@x.example\n', async (tx) => {
      await sql`select 1 from persons where id = ${id} for update`.execute(tx)
      await addressOf(tx, id, 'edd.own@x.example')
    })
    expect((await person('Edd')).emails).toEqual(['edd.new@x.example', 'edd@x.example', 'edd.own@x.example'])
  })

  test('an address that becomes somebody else’s meanwhile is said and not written', async () => {
    const { id } = await person('Edd')
    await cora.client(people.create, { name: 'Quick One' })
    const quick = await person('Quick')
    const events = await eventCount(server.db)
    const done = await during('username,email\nedd,edd.next@x.example\n', async (tx) => {
      await sql`select 1 from persons where id = ${id} for update`.execute(tx)
      await addressOf(tx, quick.id, 'edd.next@x.example')
    })
    expect(await codes(done.id)).toEqual([[2, 'unchanged', ['warning.email-taken']]])
    expect(done.counts).toMatchObject({ updated: 0, unchanged: 1, warnings: 1 })
    expect((await person('Edd')).emails).not.toContain('edd.next@x.example')
    expect(await eventCount(server.db)).toBe(events)
  })
})

describe('exports of directories', () => {
  test.each([
    [
      'as documented',
      'userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,physicalDeliveryOfficeName,telephoneNumber,mobile',
      'mia@contoso.example,=3+1,Moss,,Mia,1,Member,Welder,Yard,True,Kiel,,+49 1',
      'Mia Moss',
    ],
    [
      'as a real file',
      'userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,officeLocation,telephoneNumber,mobilePhone,createdDateTime',
      'nia@contoso.example,=3+1,,nia.m@contoso.example,,1,Member,Welder,Yard,False,Kiel,,+49 2,8/19/2021 1:25:31 PM',
      '=3+1',
    ],
  ])('Entra, %s', async (_name, head, row, name) => {
    const done = await run(`\ufeff${head}\r\n${row}`)
    expect(done.counts).toMatchObject({ created: 1, rejected: 0 })
    expect(await person(name)).toMatchObject({ name, jobTitle: 'Welder', department: 'Yard', site: 'Kiel' })
  })

  test('csvde: groups are no people, the manager is a DN, disabled accounts are gone', async () => {
    const done = await run(
      'DN,objectClass,sAMAccountName,cn,mail,title,manager,userAccountControl\n' +
        '"CN=Sam Sol,OU=Staff,DC=x",user,ssol,Sam Sol,sam@x.example,Fitter,"CN=Tea Tor,OU=Staff,DC=x",512\n' +
        '"CN=Tea Tor,OU=Staff,DC=x",user,ttor,Tea Tor,tea@x.example,,,514\n' +
        '"CN=All,OU=Groups,DC=x",group,all,All,,,,\n',
    )
    expect((await codes(done.id)).map(([, verdict]) => verdict)).toEqual(['created', 'created', 'rejected'])
    expect(await person('Sam Sol')).toMatchObject({ manager: { name: 'Tea Tor' }, jobTitle: 'Fitter', active: true })
    expect(await person('Tea Tor')).toMatchObject({ active: false })
  })
})

const users = sample('users-sample.csv')
test.skipIf(users === null)('the users of Snipe-IT come in, a second time unchanged', async () => {
  const first = await importInto(server, users!, {}, sourceOf(server, 'people'))
  expect(first).toMatchObject({ status: 'done', counts: { rows: 100, rejected: 0 } })
  expect(first.counts.created).toBe(100)
  const again = await importInto(server, users!, { dateOrder: 'ymd' }, sourceOf(server, 'people'))
  expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 100 })
})

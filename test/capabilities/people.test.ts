import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiError, createClient } from '../../contract/client.ts'
import { keys } from '../../contract/api-keys.ts'
import { mine } from '../../contract/mine.ts'
import { commitments } from '../../contract/commitments.ts'
import { majorIncidents } from '../../contract/major-incidents.ts'
import { notifications } from '../../contract/notifications.ts'
import { people, teams } from '../../contract/people.ts'
import { savedViews } from '../../contract/saved-views.ts'
import { setup } from '../../contract/set-up.ts'
import { tickets } from '../../contract/tickets.ts'
import { setUpLink } from '../../server/people/public.ts'
import { sql } from '../../server/platform/db.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

const password = 'correct horse battery'
let server: TestServer
let admin: TestPerson
let coordinator: TestPerson

const refused = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}
const statusOf = (promise: Promise<unknown>): Promise<number> =>
  promise.then(
    () => 200,
    (error: ApiError) => error.status,
  )
let addresses = 0
/** Sign-in as a browser does it, each time from another address, because attempts are limited by address. */
async function auth(
  path: string,
  body: object,
  cookie = '',
  address = `10.0.${Math.floor(++addresses / 250)}.${addresses % 250}`,
) {
  const response = await fetch(`${server.base}/api/auth${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': address,
      ...(cookie === '' ? {} : { cookie, origin: server.base }),
    },
    body: JSON.stringify(body),
  })
  const cookies = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .filter((one) => !one.endsWith('='))
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    cookie: cookies.join('; '),
  }
}
const withCookie = (cookie: string) => createClient({ base: server.base, headers: { cookie } })
async function withPassword(role: 'requester' | 'technician' | 'manager' = 'technician') {
  const { id } = await admin.client(people.create, {
    name: `Person ${++addresses}`,
    emails: [`p${addresses}@example.test`],
  })
  const { link } = await admin.client(people.invite, { id, role })
  const { email } = await createClient({ base: server.base })(setup.accept, {
    token: link.split('/').at(-1)!,
    password,
  })
  return { id, email }
}
const eventsOf = async (person: string) =>
  (
    await sql<{ type: string }>`select type from events where subject_id = ${person} order by at, id`.execute(server.db)
  ).rows.map((row) => row.type)

beforeAll(async () => {
  server = await startTestServer({ work: true })
})
afterAll(() => server.stop())

describe('set-up', () => {
  it('works once, by its link', async () => {
    const visitor = createClient({ base: server.base })
    expect(await visitor(setup.status, {})).toMatchObject({ needed: true })
    const old = new URL((await setUpLink(server.db, server.base))!).searchParams.get('token')!
    const token = new URL((await setUpLink(server.db, server.base))!).searchParams.get('token')!
    const given = {
      organisation: 'Acme',
      name: 'Ada First',
      email: 'ada@example.test',
      password,
      zone: 'Europe/Berlin',
    }
    expect((await refused(visitor(setup.complete, { ...given, token: old }))).status).toBe(410)
    expect(
      (await refused(visitor(setup.complete, { ...given, token, password: 'short' }))).body.fields?.[0]?.path,
    ).toBe('password')
    const both = await Promise.allSettled([1, 2].map(() => visitor(setup.complete, { ...given, token })))
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(await visitor(setup.status, {})).toEqual({ needed: false, organisation: 'Acme' })
    expect(await setUpLink(server.db, server.base)).toBeNull()
    const { cookie } = await auth('/sign-in/email', { email: 'ada@example.test', password })
    expect((await withCookie(cookie)(mine.show, {})).role).toBe('administrator')
    admin = await server.person({ name: 'Bea', role: 'administrator' })
    coordinator = await server.person({ name: 'Cora', role: 'coordinator' })
  })
})

describe('persons', () => {
  it('are recorded, found, edited; an old version is refused with what differs', async () => {
    const made = await coordinator.client(people.create, {
      name: 'Zoë Øster',
      emails: ['Zoe@Example.test', 'z2@example.test'],
      department: 'Sales',
      startsOn: '2026-01-01',
    })
    expect(made).toMatchObject({
      email: 'zoe@example.test',
      emails: ['zoe@example.test', 'z2@example.test'],
      version: 1,
      account: null,
    })
    expect((await coordinator.client(people.list, { q: 'øster' })).items.map((p) => p.id)).toEqual([made.id])
    expect((await coordinator.client(people.list, { q: 'z2@example', count: 'exact' })).total).toBe(1)
    const edited = await coordinator.client(people.edit, { id: made.id, department: 'Legal', version: 1 })
    expect(edited).toMatchObject({ department: 'Legal', version: 2 })
    const stale = await refused(coordinator.client(people.edit, { id: made.id, department: 'Art', version: 1 }))
    expect(stale).toMatchObject({
      status: 409,
      code: 'stale',
      body: { differs: ['department'], current: { department: 'Legal' } },
    })
    expect((await coordinator.client(people.edit, { id: made.id, department: 'Legal' })).version).toBe(2)
  })
  it('keep an address to themselves, and managers out of circles', async () => {
    const a = await admin.client(people.create, { name: 'A', emails: ['same@example.test'] })
    const taken = await refused(admin.client(people.create, { name: 'B', emails: ['SAME@example.test'] }))
    expect(taken.code).toBe('people.address-taken')
    const b = await admin.client(people.create, { name: 'B', manager: a.id })
    expect((await refused(admin.client(people.edit, { id: a.id, manager: b.id }))).code).toBe('people.manager-circle')
    expect((await refused(admin.client(people.edit, { id: a.id, manager: a.id }))).code).toBe('people.manager-circle')
  })
  it('are refused where the input is wrong, with the field', async () => {
    for (const wrong of [
      { name: ' ' },
      { name: 'x', emails: ['no address'] },
      { name: 'x', startsOn: '2026-02-30' },
      { name: 'a\u0007b' },
    ])
      expect((await refused(admin.client(people.create, wrong as { name: string }))).status).toBe(400)
    expect((await refused(admin.client(people.show, { id: '01a00000-0000-7000-8000-000000000000' }))).status).toBe(404)
  })
})

describe('accounts', () => {
  it('are opened by an invitation that works once; a new one ends the one before', async () => {
    const { id } = await admin.client(people.create, { name: 'Ina', emails: ['ina@example.test'] })
    const visitor = createClient({ base: server.base })
    const first = (await coordinator.client(people.invite, { id, role: 'technician' })).link.split('/').at(-1)!
    const second = (await coordinator.client(people.invite, { id, role: 'technician' })).link.split('/').at(-1)!
    expect((await admin.client(people.show, { id })).account).toMatchObject({ status: 'invited', role: 'technician' })
    expect((await refused(visitor(setup.invitation, { token: first }))).status).toBe(410)
    expect(await visitor(setup.invitation, { token: second })).toMatchObject({ name: 'Ina', organisation: 'Acme' })
    await visitor(setup.accept, { token: second, password })
    expect((await refused(visitor(setup.accept, { token: second, password }))).status).toBe(410)
    expect((await admin.client(people.show, { id })).account?.status).toBe('active')
    expect(await eventsOf(id)).toEqual(['person.created', 'account.invited', 'account.invited', 'account.password-set'])
    const stored = await sql<{
      n: number
    }>`select count(*) as n from invitations where encode(token_hash, 'escape') like ${`%${second}%`}`.execute(
      server.db,
    )
    expect(stored.rows[0]?.n).toBe(0)
  })
  it('need an address', async () => {
    const { id } = await admin.client(people.create, { name: 'No address' })
    expect((await refused(admin.client(people.invite, { id, role: 'requester' }))).code).toBe('people.no-address')
  })
  it('of administrators are made by administrators only', async () => {
    const { id } = await withPassword()
    expect((await refused(coordinator.client(people.invite, { id, role: 'administrator' }))).code).toBe(
      'people.grant-administrator',
    )
    expect((await refused(coordinator.client(people.changeRole, { id: admin.id, role: 'requester' }))).code).toBe(
      'people.grant-administrator',
    )
    expect((await refused(coordinator.client(people.invite, { id: admin.id, role: 'requester' }))).code).toBe(
      'people.grant-administrator',
    )
  })
  it('change role at once', async () => {
    const { id, email } = await withPassword('requester')
    const { cookie } = await auth('/sign-in/email', { email, password })
    expect((await refused(withCookie(cookie)(people.list, {}))).status).toBe(403)
    await admin.client(people.changeRole, { id, role: 'manager' })
    await expect.poll(async () => (await withCookie(cookie)(mine.show, {})).role).toBe('manager')
    expect((await withCookie(cookie)(people.list, {})).items.length).toBeGreaterThan(0)
  })
})

describe('signing in', () => {
  it('fails alike for a wrong password and an unknown address, and is recorded', async () => {
    const { id, email } = await withPassword()
    const wrong = await auth('/sign-in/email', { email, password: 'not the right one' })
    const unknown = await auth('/sign-in/email', { email: 'nobody.here@example.test', password })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(wrong.body).toEqual(unknown.body)
    const right = await auth('/sign-in/email', { email, password })
    expect(right.status).toBe(200)
    expect(JSON.stringify(right.body)).not.toMatch(/token/)
    expect((await eventsOf(id)).slice(-2)).toEqual(['account.sign-in-failed', 'account.signed-in'])
  })
  it('locks the account after five failures, longer each time; an administrator lifts it', async () => {
    const { id, email } = await withPassword()
    for (let i = 0; i < 5; i++)
      expect((await auth('/sign-in/email', { email, password: `wrong number ${i}` })).status).toBe(401)
    const locked = await auth('/sign-in/email', { email, password })
    expect(locked.status).toBe(429)
    expect(locked.body).toMatchObject({ error: { code: 'sign-in.locked' } })
    expect((await admin.client(people.show, { id })).account?.status).toBe('locked')
    expect((await admin.client(people.unlock, { id })).account?.status).toBe('active')
    expect((await auth('/sign-in/email', { email, password })).status).toBe(200)
    expect(await eventsOf(id)).toContain('account.locked')
  })
  it('is limited by address', async () => {
    const statuses = []
    for (let i = 0; i < 33; i++)
      statuses.push(
        (await auth('/sign-in/email', { email: `x${i}@example.test`, password: 'wrong' }, '', '10.9.9.9')).status,
      )
    expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true)
    expect(statuses.slice(30)).toEqual([429, 429, 429])
  })
  it('asks for the second factor where there is one', async () => {
    const { id, email } = await withPassword()
    const { cookie } = await auth('/sign-in/email', { email, password })
    const begun = await auth('/two-factor/enable', { password }, cookie)
    expect(begun.status).toBe(200)
    const secret = new URL(begun.body['totpURI'] as string).searchParams.get('secret')!
    expect((await auth('/two-factor/verify-totp', { code: totp(secret) }, cookie)).status).toBe(200)
    expect((await admin.client(people.show, { id })).account?.secondFactor).toBe(true)
    const half = await auth('/sign-in/email', { email, password })
    expect(half.body['twoFactorRedirect']).toBe(true)
    expect((await refused(withCookie(half.cookie)(mine.show, {}))).status).toBe(401)
    expect((await auth('/two-factor/verify-totp', { code: '000000' }, half.cookie)).status).toBe(401)
    const whole = await auth('/two-factor/verify-totp', { code: totp(secret) }, half.cookie)
    expect(whole.status).toBe(200)
    expect((await withCookie(whole.cookie)(mine.show, {})).secondFactor).toBe(true)
  })
  it('offers nothing of the library that the product does not use', async () => {
    for (const path of [
      '/sign-up/email',
      '/forget-password',
      '/reset-password',
      '/update-user',
      '/delete-user',
      '/list-sessions',
      '/change-email',
      '/two-factor/get-totp-uri',
    ])
      expect([path, (await auth(path, { email: 'x@example.test', password })).status]).toEqual([path, 404])
  })
  it('from another site is refused', async () => {
    const cookie = `${admin.cookie.name}=${admin.cookie.value}`
    const foreign = await fetch(`${server.base}/api/v1/tickets`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.test', 'content-type': 'application/json' },
      body: '{"title":"x"}',
    })
    expect(foreign.status).toBe(403)
  })
})

describe('sessions', () => {
  it('are listed, and end at once where they are revoked', async () => {
    const { email } = await withPassword()
    const seen = await auth('/sign-in/email', { email, password })
    expect((await auth('/sign-out', {}, seen.cookie)).status).toBe(200)
    const here = withCookie((await auth('/sign-in/email', { email, password })).cookie)
    const there = withCookie((await auth('/sign-in/email', { email, password })).cookie)
    const { items } = await here(mine.sessions, {})
    expect(items).toHaveLength(2)
    expect(await statusOf(there(mine.show, {}))).toBe(200)
    const other = items.find((session) => !session.current)!
    expect((await here(mine.revokeSession, { id: other.id })).items).toHaveLength(1)
    await expect.poll(() => statusOf(there(mine.show, {}))).toBe(401)
    expect(
      (await refused(admin.client(mine.revokeSession, { id: items.find((session) => session.current)!.id }))).status,
    ).toBe(404)
  })
})

describe('keys', () => {
  it('are shown once, work with their role, and end when revoked or expired', async () => {
    const made = await admin.client(keys.create, { name: 'Robot', role: 'auditor' })
    const robot = createClient({ base: server.base, key: made.key })
    expect((await robot(mine.show, {})).role).toBe('auditor')
    expect((await refused(robot(people.create, { name: 'x' }))).status).toBe(403)
    expect(JSON.stringify((await admin.client(keys.list, {})).items)).not.toContain(made.key)
    expect(
      (
        await sql<{
          n: number
        }>`select count(*) as n from api_keys where key_hash::text like ${`%${made.key}%`}`.execute(server.db)
      ).rows[0]?.n,
    ).toBe(0)
    expect((await admin.client(keys.revoke, { id: made.id })).revokedAt).not.toBeNull()
    await expect.poll(() => statusOf(robot(mine.show, {}))).toBe(401)
    const brief = await admin.client(keys.create, {
      name: 'Brief',
      role: 'auditor',
      expiresAt: new Date(Date.now() + 600).toISOString(),
    })
    await expect
      .poll(() => statusOf(createClient({ base: server.base, key: brief.key })(mine.show, {})), { timeout: 8000 })
      .toBe(401)
    expect(
      (await refused(admin.client(keys.create, { name: 'Past', role: 'auditor', expiresAt: '2020-01-01T00:00:00Z' })))
        .code,
    ).toBe('people.expiry-past')
    expect((await refused(coordinator.client(keys.create, { name: 'x', role: 'requester' }))).status).toBe(403)
  })
})

describe('teams', () => {
  it('have members, a lead and versions', async () => {
    const { id } = await withPassword()
    const made = await coordinator.client(teams.create, { name: 'Network', lead: id })
    const joined = await coordinator.client(teams.setMember, { id: made.id, person: id, confidential: true })
    expect(joined).toMatchObject({ lead: { id }, members: [{ id, confidential: true }] })
    expect((await coordinator.client(people.list, { team: made.id })).items.map((p) => p.id)).toEqual([id])
    expect((await refused(coordinator.client(teams.create, { name: 'NETWORK' }))).code).toBe('conflict')
    expect((await refused(coordinator.client(teams.edit, { id: made.id, name: 'X', version: 99 }))).code).toBe('stale')
    expect((await coordinator.client(teams.removeMember, { id: made.id, person: id })).members).toEqual([])
  })
})

describe('leaving', () => {
  it('hands everything over, ends sessions, and keeps the record', async () => {
    await server.queue('Field', ['Field team'])
    const leaver = await server.person({ name: 'Lea', role: 'technician', teams: ['Field team'] })
    const heir = await server.person({ name: 'Hal', role: 'technician', teams: ['Field team'] })
    const open = await leaver.client(tickets.open, { title: 'Mine', queue: 'Field', assignee: leaver.id })
    const led = await admin.client(teams.create, { name: 'Led', lead: leaver.id })
    expect((await refused(admin.client(people.deactivate, { id: leaver.id, handOverTo: null }))).code).toBe(
      'people.name-successor',
    )
    const { handedOver, person } = await admin.client(people.deactivate, { id: leaver.id, handOverTo: heir.id })
    expect(handedOver).toMatchObject({ tickets: 1, teams: 1 })
    expect(person).toMatchObject({ active: false, account: { status: 'disabled' } })
    expect((await admin.client(tickets.show, { id: open.id })).assignee?.id).toBe(heir.id)
    expect((await admin.client(teams.show, { id: led.id })).lead?.id).toBe(heir.id)
    expect(
      (await sql`select 1 from account_sessions where account_id = ${leaver.account}`.execute(server.db)).rows,
    ).toEqual([])
    expect((await refused(admin.client(people.deactivate, { id: leaver.id, handOverTo: null }))).code).toBe(
      'people.not-active',
    )
    expect((await admin.client(people.reactivate, { id: leaver.id })).account?.status).toBe('disabled')
  })
  it('hands over roles in major incidents that go on, and views that are shared', async () => {
    const [leaver, heir] = [
      await server.person({ name: 'Lars', role: 'technician', teams: ['Field team'] }),
      await server.person({ name: 'Hilde', role: 'technician', teams: ['Field team'] }),
    ]
    const ticket = await leaver.client(tickets.open, { title: 'No mail', queue: 'Field' })
    const words = 'Mail has been down since eight. We look into it.'
    const roles = { commander: leaver.id, communications: leaver.id, technical: leaver.id }
    const given = { headline: 'No mail', words, ...roles }
    const live = await leaver.client(majorIncidents.declare, { id: ticket.id, ...given })
    const other = await leaver.client(tickets.open, { title: 'No net', queue: 'Field' })
    const over = await leaver.client(majorIncidents.declare, { id: other.id, ...given })
    await leaver.client(majorIncidents.end, { id: over.id, words })
    const view = (by: TestPerson, name: string, shared: 'everyone' | 'nobody') =>
      by.client(savedViews.save, { list: 'tickets', name, filter: { open: 'true' }, shared })
    await view(heir, 'All open', 'nobody')
    const shared = await view(leaver, 'All open', 'everyone')
    const alone = await view(leaver, 'Mine alone', 'nobody')
    expect((await refused(admin.client(people.deactivate, { id: leaver.id, handOverTo: null }))).code).toBe(
      'people.name-successor',
    )
    const { handedOver } = await admin.client(people.deactivate, { id: leaver.id, handOverTo: heir.id })
    expect(handedOver).toMatchObject({ incidents: 1, views: 1 })
    const ref = { id: heir.id, name: 'Hilde' }
    const { items } = await heir.client(majorIncidents.of, { id: ticket.id })
    expect(items.find((one) => one.id === live.id)).toMatchObject({
      commander: ref,
      communications: ref,
      technical: ref,
    })
    // who led what is over stays on record
    expect((await heir.client(majorIncidents.of, { id: other.id })).items[0]).toMatchObject({
      commander: { name: 'Lars' },
    })
    const { items: owed } = await heir.client(commitments.list, { subject: live.id })
    expect(owed).toMatchObject([{ owner: { id: heir.id } }])
    expect((await heir.client(notifications.list, {})).items.map((notice) => notice.sentence)).toContain(
      `You take over a role in the major incident ${ticket.reference} No mail from Lars`,
    )
    const views = (await heir.client(savedViews.list, {})).items
    expect(views.find((one) => one.id === shared.id)).toMatchObject({ name: 'All open (Lars)', owner: ref, mine: true })
    expect(views.find((one) => one.id === alone.id)).toBeUndefined()
  })

  it('is refused for oneself and for the last administrator', async () => {
    expect((await refused(admin.client(people.deactivate, { id: admin.id, handOverTo: null }))).code).toBe(
      'people.not-oneself',
    )
    const others = (await admin.client(people.list, { role: 'administrator' })).items.filter((p) => p.id !== admin.id)
    for (const other of others) await admin.client(people.changeRole, { id: other.id, role: 'manager' })
    expect((await refused(admin.client(people.changeRole, { id: admin.id, role: 'manager' }))).code).toBe(
      'people.last-administrator',
    )
    expect(
      (await refused(coordinator.client(people.deactivate, { id: admin.id, handOverTo: coordinator.id }))).code,
    ).toBe('people.only-administrators')
    const key = await server.key('administrator')
    expect((await refused(key.client(people.deactivate, { id: admin.id, handOverTo: coordinator.id }))).code).toBe(
      'people.last-administrator',
    )
    expect((await admin.client(people.show, { id: admin.id })).refusals['deactivate']?.code).toBe('people.not-oneself')
  })
})

/** RFC 6238 with the usual 30 seconds and six digits. */
function totp(base32: string): string {
  const bits = base32
    .replace(/=+$/, '')
    .split('')
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const at = hash[19]! & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

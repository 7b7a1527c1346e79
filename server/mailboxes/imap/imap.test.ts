import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { mailboxes, type MailboxConnection, type MailboxSecrets } from '../../../contract/mailboxes.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from '../../../test/support/dovecot.ts'
import { startIssuer, type TokenIssuer } from '../../../test/support/token-issuer.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'
import { openContents } from '../../files/public.ts'
import { sql } from '../../platform/db.ts'
import { opened } from '../secrets.ts'
import { type ImapPace } from './folder-watch.ts'
import { MailFetcher } from './mail-fetcher.ts'

const why = whyNoDovecot()
if (why !== null) console.warn(`Mail is not fetched from a real server here: ${why}.`)

const pace: ImapPace = {
  pollMs: 1_500,
  pollWithoutIdleMs: 300,
  connectMs: 3_000,
  pauseMs: 100,
  longestPauseMs: 500,
  signInPauseMs: 300,
}

let server: TestServer
let cora: TestPerson
let queue: string
let dovecot: Dovecot
let issuer: TokenIssuer
let number = 0

beforeAll(async () => {
  if (why !== null) return
  issuer = await startIssuer()
  server = await startTestServer({ config: { outgoingAllow: '127.0.0.0/8' } })
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  queue = await server.queue('Desk', ['Desk'])
  dovecot = await startDovecot({ introspection: `${issuer.base}/introspect` })
})
afterAll(async () => {
  if (why !== null) return
  await server.stop()
  await dovecot.stop()
  await issuer.stop()
})

const message = (subject: string, more = ''): string =>
  `From: Rita <rita@example.test>\r\nTo: desk@brightwater.example\r\nSubject: ${subject}\r\nMessage-ID: <${randomBytes(6).toString('hex')}@example.test>\r\n\r\nIt does not print.${more}\r\n`

/** A mailbox of its own user, and a node that fetches it. */
async function mailbox(connection: Partial<MailboxConnection> = {}, secrets: MailboxSecrets = { password: 'correct' }) {
  const user = connection.user ?? `desk${++number}`
  const made = await cora.client(mailboxes.create, {
    name: user,
    kind: 'imap',
    addresses: [`${user}@brightwater.example`],
    queue,
    connection: { host: '127.0.0.1', port: dovecot.port, encryption: 'never', ...connection, user },
    secrets,
  })
  onTestFinished(() => void sql`update mailboxes set active = false where id = ${made.id}`.execute(server.db))
  return { id: made.id, user }
}

function node(given: Partial<ImapPace> = {}): MailFetcher {
  const { platform } = server.opened
  const fetcher = new MailFetcher(platform, openContents(platform.config), () => undefined, { ...pace, ...given })
  fetcher.start()
  onTestFinished(() => fetcher.stop())
  return fetcher
}

const stored = async (id: string) =>
  (
    await sql<{ folder: string; uid: string; text: string; subject: string }>`
      select folder, uid::text, convert_from(body, 'utf8') as text, substring(convert_from(body, 'utf8') from 'Subject: ([^\\r\\n]*)') as subject
      from incoming_mails where mailbox_id = ${id} order by id`.execute(server.db)
  ).rows

async function until<T>(ask: () => Promise<T>, holds: (found: T) => boolean, longestMs = 10_000): Promise<T> {
  const begun = performance.now()
  for (;;) {
    const found = await ask()
    if (holds(found)) return found
    if (performance.now() - begun > longestMs)
      throw new Error(`it did not come to hold: ${JSON.stringify(found)}; ${await dovecot.log()}`)
    await pause(50)
  }
}
const subjects = (id: string, ...wanted: string[]) =>
  until(
    async () => (await stored(id)).map((one) => one.subject).toSorted(),
    (found) => JSON.stringify(found) === JSON.stringify(wanted.toSorted()),
  )
const problem = (id: string, holds: (said: string | null) => boolean) =>
  until(async () => (await cora.client(mailboxes.show, { id })).problem, holds)

/** Another client of the same mailbox. */
async function asClient<T>(user: string, act: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: 'correct' },
    logger: false,
  })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.logout()
  }
}

describe.skipIf(why !== null)('a mailbox of a real Dovecot', () => {
  it('delivers within seconds, unchanged, and is marked as read after it was stored', async () => {
    const { id, user } = await mailbox()
    const before = message('waiting')
    await dovecot.deliver(user, before)
    node({ pollMs: 60_000 })
    await subjects(id, 'waiting')
    expect((await stored(id))[0]!.text).toBe(before)
    await pause(300)
    // the next look of its own would come in a minute, and the test would not wait for it
    await dovecot.deliver(user, message('while idle'))
    await subjects(id, 'waiting', 'while idle')
    const unseen = () =>
      asClient(user, async (client) => {
        await client.mailboxOpen('INBOX')
        return client.search({ seen: false }, { uid: true })
      })
    await until(unseen, (found) => Array.isArray(found) && found.length === 0)
    expect(await problem(id, (said) => said === null)).toBeNull()
  })

  it('fetches several folders, and leaves what was read before it was connected', async () => {
    const { id, user } = await mailbox({ folders: ['INBOX', 'Orders'] })
    await asClient(user, async (client) => {
      await client.mailboxCreate('Orders')
      await client.append('INBOX', message('read long ago'), ['\\Seen'])
    })
    await dovecot.deliver(user, message('in orders'), 'Orders')
    await dovecot.deliver(user, message('in inbox'))
    node()
    await subjects(id, 'in inbox', 'in orders')
    expect((await stored(id)).map((one) => one.folder).toSorted()).toEqual(['INBOX', 'Orders'])
    // from now on what another client has read is fetched all the same
    await asClient(user, (client) => client.append('INBOX', message('read elsewhere'), ['\\Seen']))
    await subjects(id, 'in inbox', 'in orders', 'read elsewhere')
  })

  it('says in words that the password is wrong, and goes on when it is mended', async () => {
    const { id, user } = await mailbox({}, { password: 'wrong' })
    await dovecot.deliver(user, message('behind a door'))
    node()
    expect(await problem(id, (said) => said !== null)).toMatch(
      /^The mail server does not accept the user name, the password/,
    )
    await cora.client(mailboxes.edit, { id, secrets: { password: 'correct' } })
    // a new secret is a new version of the mailbox
    await subjects(id, 'behind a door')
    await problem(id, (said) => said === null)
  })

  it('names what else is wrong: folder, port, certificate, encryption', async () => {
    const folder = await mailbox({ folders: ['Nowhere'] })
    const closed = await mailbox({ port: 1 })
    const certificate = await mailbox({ port: dovecot.tlsPort, encryption: 'implicit' })
    const starttls = await mailbox({ encryption: 'starttls' })
    const trusting = await mailbox({ port: dovecot.tlsPort, encryption: 'implicit', checkCertificate: false })
    const upgraded = await mailbox({ encryption: 'starttls', checkCertificate: false })
    await dovecot.deliver(trusting.user, message('encrypted'))
    await dovecot.deliver(upgraded.user, message('upgraded'))
    node()
    expect(await problem(folder.id, (said) => said !== null)).toMatch(/^There is no folder "Nowhere"/)
    expect(await problem(closed.id, (said) => said !== null)).toMatch(/^Nothing listens at 127\.0\.0\.1/)
    expect(await problem(certificate.id, (said) => said !== null)).toMatch(/does not prove who it is/)
    expect(await problem(starttls.id, (said) => said !== null)).toMatch(/does not prove who it is/)
    await subjects(trusting.id, 'encrypted')
    await subjects(upgraded.id, 'upgraded')
    await asClient(folder.user, (client) => client.mailboxCreate('Nowhere'))
    await problem(folder.id, (said) => said === null)
  })

  it('takes nothing twice and loses nothing when the UIDs become others', async () => {
    const { id, user } = await mailbox({ folders: ['Support'] })
    const [first, second] = [message('first'), message('second')]
    await asClient(user, (client) => client.mailboxCreate('Support'))
    await dovecot.deliver(user, first, 'Support')
    node()
    await subjects(id, 'first')
    await asClient(user, async (client) => {
      await client.mailboxDelete('Support')
      await client.mailboxCreate('Support')
      await client.append('Support', second)
      await client.append('Support', first)
      await client.append('Support', message('third'))
    })
    await subjects(id, 'first', 'second', 'third')
    const { rows } = await sql`select distinct uid_validity from incoming_mails where mailbox_id = ${id}`.execute(
      server.db,
    )
    expect(rows).toHaveLength(2)
  })

  it('loses nothing where a restored server gives the same number to another message', async () => {
    const { id, user } = await mailbox({ folders: ['Restored'] })
    await asClient(user, (client) => client.mailboxCreate('Restored'))
    await dovecot.deliver(user, message('before the restore'), 'Restored')
    const first = node()
    await subjects(id, 'before the restore')
    await first.stop()
    // as if the row were of the message that had this number before
    await sql`update incoming_mails set sha256 = decode(md5('other') || md5('other'), 'hex') where mailbox_id = ${id}`.execute(
      server.db,
    )
    await sql`update imap_folders set last_uid = 7 where mailbox_id = ${id}`.execute(server.db)
    node()
    await subjects(id, 'before the restore', 'before the restore')
  })

  it('goes on where it stopped when the server is restarted in the middle', { timeout: 60_000 }, async () => {
    const { id, user } = await mailbox()
    const wanted = Array.from({ length: 600 }, (_one, at) => `number ${String(at).padStart(3, '0')}`)
    await asClient(user, async (client) => {
      for (const subject of wanted) await client.append('INBOX', message(subject, 'x'.repeat(20_000)))
    })
    node()
    await until(
      () => stored(id),
      (found) => found.length > 20,
    )
    await dovecot.restart(300)
    expect((await stored(id)).length).toBeLessThan(600)
    await subjects(id, ...wanted)
    await problem(id, (said) => said === null)
  })

  it('has one worker over all nodes, and another takes over where that ends', async () => {
    const { id, user } = await mailbox()
    const [one, other] = [node(), node()]
    const holder = async () =>
      (await sql<{ node: string }>`select node from imap_leases where mailbox_id = ${id}`.execute(server.db)).rows[0]
        ?.node
    const first = await until(holder, (found) => found !== undefined)
    await pause(500)
    expect(await holder()).toBe(first)
    await one.stop()
    await other.round()
    await dovecot.deliver(user, message('after one left'))
    await subjects(id, 'after one left')
  })

  it('signs in by OAuth 2, renews a token that ended, and keeps the refresh token it got for it', async () => {
    issuer.lifeSeconds = 2
    const { id, user } = await mailbox(
      { user: 'oauth', signIn: 'oauth2', tokenUrl: `${issuer.base}/token`, clientId: 'linchpin', scope: 'imap' },
      { clientSecret: 'client secret', refreshToken: 'refresh 0' },
    )
    await dovecot.deliver(user, message('by token'))
    const fetcher = node()
    await subjects(id, 'by token')
    expect(issuer.asked).toBe(1)
    // all sessions end, and the token has ended meanwhile
    await pause(2_100)
    await dovecot.restart()
    await dovecot.deliver(user, message('by the next token'))
    await subjects(id, 'by the next token', 'by token')
    expect(issuer.asked).toBeGreaterThan(1)
    const { secrets } = (
      await sql<{ secrets: Buffer }>`select secrets from mailboxes where id = ${id}`.execute(server.db)
    ).rows[0]!
    expect(opened(server.opened.platform.secret, id, secrets).refreshToken).toBe(`refresh ${issuer.asked}`)
    issuer.refuses = true
    await pause(2_100)
    await dovecot.restart()
    expect(await problem(id, (said) => said?.startsWith('No token') === true)).toContain('The grant was revoked')
    await fetcher.stop()
  })
})

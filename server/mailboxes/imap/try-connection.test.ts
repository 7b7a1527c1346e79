import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ApiError } from '../../../contract/client.ts'
import {
  mailboxConnection,
  mailboxes,
  type MailboxConnection,
  type MailboxSecrets,
  type Tried,
} from '../../../contract/mailboxes.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from '../../../test/support/dovecot.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../../test/support/server.ts'
import { startIssuer, type TokenIssuer } from '../../../test/support/token-issuer.ts'
import { sql } from '../../platform/db.ts'
import { opened } from '../secrets.ts'
import { tryConnection } from './try-connection.ts'

const why = whyNoDovecot()
if (why !== null) console.warn(`Connections are not tried against a real server here: ${why}.`)

let server: TestServer
let cora: TestPerson
let queue: string
let dovecot: Dovecot
let issuer: TokenIssuer
let number = 0

beforeAll(async () => {
  server = await startTestServer({ config: { outgoingAllow: '127.0.0.1' } })
  queue = await server.queue('Desk', ['Desk'])
  issuer = await startIssuer()
  if (why === null) dovecot = await startDovecot({ introspection: `${issuer.base}/introspect` })
})
afterAll(async () => {
  await server.stop()
  if (why === null) await dovecot.stop()
  await issuer.stop()
})

/** Who tries: somebody new each time, because each person may try a few times a minute. */
const person = async () => (cora = await server.person({ name: `Cora ${++number}`, role: 'coordinator' }))
const local = (given: Partial<MailboxConnection> = {}) => ({
  host: '127.0.0.1',
  port: why === null ? dovecot.port : 1,
  encryption: 'never' as const,
  user: `try${++number}`,
  ...given,
})
async function tried(connection: Partial<MailboxConnection>, secrets: MailboxSecrets = { password: 'correct' }) {
  await person()
  return cora.client(mailboxes.tryConnection, { connection: local(connection), secrets })
}
const states = ({ steps }: Tried) => steps.map(({ step, state }) => `${step} ${state}`)
const last = ({ steps }: Tried) => steps.at(-1)!.sentence

async function kept(given: Partial<MailboxConnection> = {}, secrets: MailboxSecrets = { password: 'correct' }) {
  await person()
  const connection = local(given)
  const { id } = await cora.client(mailboxes.create, {
    name: connection.user,
    kind: 'imap',
    addresses: [`${connection.user}@brightwater.example`],
    queue,
    active: false,
    connection,
    secrets,
  })
  return { id, connection }
}

async function listening(say: (() => string) | null): Promise<number> {
  const silent = createServer((socket) => {
    socket.on('error', () => undefined)
    if (say !== null) socket.end(say())
  })
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  onTestFinished(() => void silent.close())
  return (silent.address() as AddressInfo).port
}

describe.skipIf(why !== null)('trying a mailbox of a real Dovecot', () => {
  it('tells how far it came, and neither fetches nor marks anything', async () => {
    const { id, connection } = await kept({ folders: ['INBOX', 'Orders', 'Nowhere'] })
    const asClient = async <T>(act: (client: ImapFlow) => Promise<T>): Promise<T> => {
      const client = new ImapFlow({
        host: '127.0.0.1',
        port: dovecot.port,
        secure: false,
        doSTARTTLS: false,
        logger: false,
        auth: { user: connection.user, pass: 'correct' },
      })
      await client.connect()
      try {
        return await act(client)
      } finally {
        await client.logout()
      }
    }
    await asClient((client) => client.mailboxCreate('Orders'))
    await dovecot.deliver(connection.user, 'Subject: one\r\n\r\nText\r\n')
    await dovecot.deliver(connection.user, 'Subject: two\r\n\r\nText\r\n')
    const answer = await cora.client(mailboxes.tryConnection, { id })
    expect(answer.works).toBe(false)
    expect(answer.steps.map(({ state, sentence }) => `${state}: ${sentence}`)).toEqual([
      `good: 127.0.0.1 answers on port ${dovecot.port}.`,
      expect.stringMatching(/^warning: Nothing is encrypted/),
      `good: Signed in as ${connection.user}.`,
      'good: Folder "INBOX": 2 messages, 2 unread.',
      'good: Folder "Orders": no messages.',
      expect.stringMatching(/^bad: There is no folder "Nowhere" in the mailbox\. There is: INBOX, Orders\.$/),
      'good: The server tells of new mail at once (IDLE).',
    ])
    const mended = await cora.client(mailboxes.tryConnection, { id, connection: { ...connection, folders: ['inbox'] } })
    expect(mended.works).toBe(true)
    expect(
      await asClient(async (client) => {
        await client.mailboxOpen('INBOX', { readOnly: true })
        return client.search({ seen: false }, { uid: true })
      }),
    ).toHaveLength(2)
    const { rows } = await sql`select 1 from incoming_mails where mailbox_id = ${id}`.execute(server.db)
    expect(rows).toHaveLength(0)
    // the history says where kept secrets were sent, and never what they are
    const log = await sql<{ text: string }>`
      select e::text as text from events e where type = 'mailbox.tried' and subject_id = ${id}`.execute(server.db)
    expect(log.rows).toHaveLength(2)
    expect(JSON.stringify(log.rows)).not.toContain('correct')
  })

  it('takes the password that was typed, and the kept one where none was', async () => {
    const { id, connection } = await kept({}, { password: 'wrong' })
    const wrong = await cora.client(mailboxes.tryConnection, { id, secrets: { password: '' } })
    expect(states(wrong)).toEqual(['reached good', 'encryption warning', 'sign-in bad'])
    expect(last(wrong)).toMatch(/^The mail server does not accept the user name, the password/)
    const right = await cora.client(mailboxes.tryConnection, { id, connection, secrets: { password: 'correct' } })
    expect(right.works).toBe(true)
    expect(JSON.stringify([wrong, right])).not.toContain('"correct"')
    // what was typed is not kept
    const { rows } = await sql<{ secrets: Buffer }>`select secrets from mailboxes where id = ${id}`.execute(server.db)
    expect(opened(server.opened.platform.secret, id, rows[0]!.secrets)).toEqual({ password: 'wrong' })
  })

  it('says whose certificate is trusted, until when, and what to do where it is not', async () => {
    for (const encrypted of [
      { port: dovecot.tlsPort, encryption: 'implicit' },
      { port: dovecot.port, encryption: 'starttls' },
    ] as const) {
      const untrusted = await tried(encrypted)
      expect(states(untrusted)).toEqual(['reached good', 'encryption bad'])
      expect(last(untrusted)).toMatch(/^127\.0\.0\.1 does not prove who it is.*NODE_EXTRA_CA_CERTS/)
      const unchecked = await tried({ ...encrypted, checkCertificate: false })
      expect(unchecked.works).toBe(true)
      expect(states(unchecked).slice(0, 3)).toEqual(['reached good', 'encryption warning', 'sign-in good'])
    }
    const usual = getCACertificates('default')
    setDefaultCACertificates([...usual, dovecot.certificate])
    onTestFinished(() => setDefaultCACertificates(usual))
    for (const encrypted of [
      { port: dovecot.tlsPort, encryption: 'implicit' },
      { port: dovecot.port, encryption: 'starttls' },
    ] as const) {
      const trusted = await tried(encrypted)
      expect(trusted.works).toBe(true)
      expect(trusted.steps[1]).toMatchObject({
        state: 'good',
        sentence: expect.stringMatching(/the certificate is trusted\. It is valid until \w{3} \d{1,2} \w{3} 20\d\d/),
      })
      const wrong = await tried(encrypted, { password: 'wrong' })
      expect(states(wrong)).toEqual(['reached good', 'encryption good', 'sign-in bad'])
    }
    const mismatched = await tried({ port: dovecot.tlsPort, encryption: 'implicit', host: 'localhost' })
    expect(states(mismatched)).toEqual(['reached good', 'encryption bad'])
  })

  it('signs in by OAuth 2 with a token that it asked for, and keeps the refresh token that came with it', async () => {
    const oauth = {
      user: 'oauth',
      signIn: 'oauth2',
      tokenUrl: `${issuer.base}/token`,
      clientId: 'linchpin',
      scope: 'imap',
    } as const
    const good = ['token good', 'reached good', 'encryption warning', 'sign-in good', 'folder good', 'idle good']
    // the secret of the client alone uses nothing up: it is tried as it was typed
    const typed = await tried(oauth, { clientSecret: 'client secret' })
    expect([typed.works, states(typed)]).toEqual([true, good])
    expect(issuer.asked).toBe(1)
    const { id } = await kept(oauth, { clientSecret: 'client secret', refreshToken: 'refresh 1' })
    for (const asked of [2, 3]) {
      const answer = await cora.client(mailboxes.tryConnection, { id })
      expect([answer.works, states(answer)]).toEqual([true, good])
      const { rows } = await sql<{ secrets: Buffer }>`select secrets from mailboxes where id = ${id}`.execute(server.db)
      expect(opened(server.opened.platform.secret, id, rows[0]!.secrets).refreshToken).toBe(`refresh ${asked}`)
      expect(JSON.stringify(answer)).not.toMatch(/refresh \d|client secret/)
    }
    issuer.refuses = true
    onTestFinished(() => void (issuer.refuses = false))
    const refused = await cora.client(mailboxes.tryConnection, { id })
    expect(states(refused)).toEqual(['token bad'])
    expect(last(refused)).toContain('The grant was revoked')
  })

  it('says what to look at where port and encryption do not go together', async () => {
    const plain = await tried({ port: dovecot.port, encryption: 'implicit' })
    expect(last(plain)).toMatch(/993 is for encryption from the first byte, 143 for STARTTLS/)
    expect(plain.works).toBe(false)
  })
})

describe('trying a mailbox', () => {
  it('tells in words what is wrong with the server', async () => {
    const closed = await tried({ port: 1 })
    expect(states(closed)).toEqual(['reached bad'])
    expect(last(closed)).toMatch(/^Nothing listens at 127\.0\.0\.1/)
    const unknown = await tried({ host: 'imap.invalid' })
    expect(last(unknown)).toBe('The name imap.invalid is not known. Look at the host.')
    const other = await tried({ port: await listening(() => 'SSH-2.0-OpenSSH_9.9\r\n') })
    expect(states(other)).toEqual(['reached bad'])
  })

  it('ends in time where the server says nothing, and tells what it came to', async () => {
    const port = await listening(null)
    const begun = performance.now()
    const steps = await tryConnection(
      server.opened.platform,
      {
        id: crypto.randomUUID(),
        connection: mailboxConnection.parse({ host: '127.0.0.1', port, encryption: 'never', user: 'nobody' }),
        secrets: null,
        whyNoToken: null,
      },
      400,
    )
    // what is not told how long to wait waits half a minute and more
    expect(performance.now() - begun).toBeLessThan(10_000)
    expect(steps).toEqual([
      { step: 'reached', state: 'bad', refusal: { code: 'mailboxes.imap.stalled', params: { host: '127.0.0.1' } } },
    ])
  })

  it('asks for no token at a private address that is not allowed, and uses up no refresh token', async () => {
    let asked = 0
    const issuer = createHttp((_request, response) => {
      asked += 1
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}')
    })
    await new Promise<void>((done) => issuer.listen(0, '127.0.0.1', done))
    onTestFinished(() => void issuer.close())
    const { port } = issuer.address() as AddressInfo
    const oauth = { signIn: 'oauth2', tokenUrl: `http://127.0.0.1:${port}/token`, clientId: 'linchpin' } as const
    const refused = await tried({ ...oauth, tokenUrl: 'http://10.7.0.1/token' }, { clientSecret: 'x' })
    expect(states(refused)).toEqual(['token bad'])
    expect(last(refused)).toMatch(/private network.*OUTGOING_ALLOW/)
    const loose = await tried(oauth, { clientSecret: 'x', refreshToken: 'once' })
    expect(last(loose)).toMatch(/^A refresh token may be good for one use/)
    expect(asked).toBe(0)
    expect(last(await tried(oauth, { clientSecret: 'x' }))).toMatch(/^No token was issued \(400\).*invalid_client/)
    expect(asked).toBe(1)
  })

  it('refuses who may not set mailboxes up, what is nowhere, what cannot be reached at all, and too many tries', async () => {
    const tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Desk'] })
    await person()
    const because = (who: TestPerson, input: Parameters<typeof cora.client>[1]) =>
      who.client(mailboxes.tryConnection, input as never).then(
        () => null,
        (error: ApiError) => error.body.code,
      )
    const connection = local({ port: 1 })
    expect(await because(tess, { connection })).toBe('forbidden')
    expect(await because(cora, { id: crypto.randomUUID(), connection })).toBe('not-found')
    expect(await because(cora, {})).toBe('mailboxes.needs-connection')
    expect(await because(cora, { connection: { ...connection, port: 0 } })).toBe('invalid')
    for (let n = 0; n < 10; n += 1) expect(await because(cora, { connection })).toBeNull()
    expect(await because(cora, { connection })).toBe('too-many-requests')
  })
})

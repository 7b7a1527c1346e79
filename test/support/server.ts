import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '../../contract/client.ts'
import type { Role } from '../../contract/permissions.ts'
import { type Opened, open } from '../../server/main.ts'
import { type Config, loadSecret } from '../../server/platform/config.ts'
import type { Actor } from '../../server/platform/ctx.ts'
import { type Db, sql } from '../../server/platform/db.ts'
import { hashOf, newId, newSecret } from '../../server/platform/identifiers.ts'
import { createLog } from '../../server/platform/log.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export interface TestPerson {
  id: string
  account: string
  name: string
  email: string
  /** For a `cookie` header, or a browser. */
  cookie: { name: string; value: string }
  client: Client
}

export interface TestServer {
  base: string
  opened: Opened
  db: Db
  organisation: string
  database: TestDatabase
  dataDir: string
  /** A client with an API key of this role. */
  key(role: Role): Promise<{ key: string; client: Client; id: string }>
  /** A person with an account, signed in; a member of the named teams (made as needed). */
  person(given: { name: string; role: Role; teams?: string[]; confidential?: boolean }): Promise<TestPerson>
  team(name: string): Promise<string>
  /** A queue served by the named teams. The first one is the default. */
  queue(name: string, teams: string[]): Promise<string>
  actor(person: TestPerson): Promise<Actor>
  stop(): Promise<void>
}

/** Linchpin on a database of its own, listening on a free port, spoken to through the typed client. `work` starts timers and jobs. */
export async function startTestServer(options: { work?: boolean; config?: Partial<Config> } = {}): Promise<TestServer> {
  const database = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'linchpin-test-'))
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: null,
    publicUrl: 'http://127.0.0.1',
    secret: 'a secret of the tests, long enough to be one',
    outgoingAllow: '',
    mail: null,
    backupKey: null,
    auditAnchor: null,
    files: { kind: 'folder', path: join(dataDir, 'files') },
    trustProxy: ['loopback'],
    rateLimit: null,
    ...options.config,
  }
  const log = createLog({ level: process.env['LINCHPIN_LOG'] ?? 'fatal' })
  const opened = await open(config, database.connection, log)
  const base = await opened.app.listen({ port: 0, host: '127.0.0.1' })
  if (options.work === true) await opened.work()
  const { db } = opened.platform.database
  const organisation = (await sql<{ id: string }>`select id from organisations`.execute(db)).rows[0]!.id
  const secret = (await loadSecret(config)).toString('base64url')

  const team = async (name: string): Promise<string> => {
    const { rows } = await sql<{ id: string }>`
      with made as (insert into teams (id, organisation_id, name) values (${newId()}, ${organisation}, ${name}) on conflict do nothing returning id)
      select id from made union all select id from teams where lower(name) = lower(${name}) limit 1`.execute(db)
    return rows[0]!.id
  }
  const signedIn = async (account: string) => {
    const token = newSecret()
    await sql`insert into account_sessions (id, account_id, token, expires_at) values (${newId()}, ${account}, ${token}, now() + interval '1 day')`.execute(
      db,
    )
    const signature = createHmac('sha256', secret).update(token).digest('base64')
    return { name: 'linchpin.session_token', value: encodeURIComponent(`${token}.${signature}`) }
  }
  return {
    base,
    opened,
    db,
    organisation,
    database,
    dataDir,
    team,
    async key(role) {
      const key = newSecret()
      const id = newId()
      await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${id}, ${organisation}, ${`test ${role}`}, ${role}, ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
        db,
      )
      return { key, id, client: createClient({ base, key }) }
    },
    async person({ name, role, teams = [], confidential = false }) {
      const id = newId()
      const account = newId()
      const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}.${id.slice(-6)}@example.test`
      await sql`insert into persons (id, organisation_id, name) values (${id}, ${organisation}, ${name})`.execute(db)
      await sql`insert into person_emails (email, person_id) values (${email}, ${id})`.execute(db)
      await sql`insert into accounts (id, person_id, role, name, email, zone) values (${account}, ${id}, ${role}, ${name}, ${email}, 'Europe/Berlin')`.execute(
        db,
      )
      for (const one of teams)
        await sql`insert into team_members (team_id, person_id, confidential) values (${await team(one)}, ${id}, ${confidential})`.execute(
          db,
        )
      const cookie = await signedIn(account)
      return {
        id,
        account,
        name,
        email,
        cookie,
        client: createClient({ base, headers: { cookie: `${cookie.name}=${cookie.value}` } }),
      }
    },
    async queue(name, teams) {
      const id = newId()
      await sql`insert into queues (id, organisation_id, name, is_default) select ${id}, ${organisation}, ${name}, not exists (select 1 from queues where is_default)`.execute(
        db,
      )
      for (const one of teams)
        await sql`insert into queue_teams (queue_id, team_id) values (${id}, ${await team(one)})`.execute(db)
      return id
    },
    async actor(person) {
      const { actorOfAccount } = await import('../../server/people/public.ts')
      return (await actorOfAccount(db, person.account, null))!
    },
    async stop() {
      await opened.close()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

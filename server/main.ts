import { type FastifyInstance } from 'fastify'
import type { Action, Answer, Sent } from '../contract/action.ts'
import type { Actor } from './platform/ctx.ts'
import type pg from 'pg'
import { type Config, loadSecret } from './platform/config.ts'
import { openDatabase } from './platform/database-server.ts'
import { type Database, openPool } from './platform/db.ts'
import { Problem } from './platform/errors.ts'
import { mountHealth } from './platform/health.ts'
import { isDatabaseAway, openHttp } from './platform/http.ts'
import { Jobs, migrateJobs } from './platform/jobs.ts'
import { Listener } from './platform/listener.ts'
import { mountLive } from './platform/live.ts'
import { createLog, type Log } from './platform/log.ts'
import { migrate } from './platform/migrate.ts'
import { mount, perform, type Route } from './platform/mount.ts'
import { giveBackMemory } from './platform/memory.ts'
import { openApi } from './platform/openapi.ts'
import { Outgoing } from './platform/outgoing.ts'
import { Outbox } from './platform/outbox.ts'
import { networksOf } from './platform/private-addresses.ts'
import type { Platform } from './platform/platform.ts'
import { mountRateLimits, RateLimits } from './platform/rate-limits.ts'
import { Subjects } from './platform/subjects.ts'
import { version } from './platform/version.ts'
import { mountApiDocs, mountWeb } from './platform/web.ts'
import { assemble } from './assemble.ts'
import { firstOrganisation, Identification, mountSignIn, openSignIn, setUpLink, signInGuard } from './people/public.ts'

/** Linchpin on an open, migrated database: what the server, the command line and the tests share. */
export interface Opened {
  platform: Platform
  app: FastifyInstance
  organisation: string
  routes: readonly Route[]
  /** Carries out an action without HTTP: what the command line does. */
  act<A extends Action>(actor: Actor, action: A, input: Sent<A>): Promise<Answer<A>>
  /** Starts timers, jobs and live updates; without it nothing moves by itself. */
  work(): Promise<void>
  close(): Promise<void>
}

/** The composition root: builds everything by hand, in order, and takes it down in reverse. */
export async function open(config: Config, connection: pg.PoolConfig, log: Log): Promise<Opened> {
  const database: Database = openPool(connection)
  const secret = await loadSecret(config)
  const signIn = openSignIn(config, connection, secret.toString('base64url'))
  let outbox: Outbox | null = null
  const platform: Platform = {
    config,
    database,
    log,
    secret,
    subjects: new Subjects(),
    outgoing: new Outgoing(networksOf(config.outgoingAllow)!),
    wakeOutbox: () => outbox?.wake(),
  }
  const organisation = await firstOrganisation(database.db)

  const identification = new Identification(database.db, signIn)
  const identify = identification.of.bind(identification)
  const parts = assemble(platform, {
    organisation: organisation.id,
    connection,
    embedded: config.databaseUrl === null,
    hashPassword: (password) => signIn.auth.$context.then((c) => c.password.hash(password)),
  })

  let stopping = false
  const app = await openHttp(config, log)
  const limits = new RateLimits(database.db, log)
  if (config.rateLimit !== null) mountRateLimits(app, limits, config.rateLimit)
  mountHealth(app, database.db, () => stopping)
  mountSignIn(app, signIn, signInGuard(platform, identification))
  for (const special of parts.special) special(app, identify)
  for (const route of parts.routes) mount(app, platform, identify, route)
  const listener = new Listener(connection, log)
  listener.on('linchpin_access', () => identification.forget())
  const live = mountLive(app, database.db, platform.subjects, identify, listener)
  for (const [channel, hear] of parts.listeners) listener.on(channel, hear)
  await mountApiDocs(app, () =>
    openApi(
      parts.routes.map((route) => route.action),
      version,
    ),
  )
  const page = await mountWeb(app)
  app.setNotFoundHandler((request, reply) => {
    const answered = page(request, reply)
    if (answered === null) throw new Problem(404, 'no-such-address')
    return answered
  })

  const jobs = new Jobs(database, parts.jobs, log)
  return {
    platform,
    app,
    organisation: organisation.id,
    routes: parts.routes,
    act(actor, action, input) {
      const route = parts.routes.find((one) => one.action.name === action.name)
      if (route === undefined) throw new Error(`nothing carries out ${action.name}`)
      return perform(platform, route, actor, input)
    },
    async work() {
      outbox = new Outbox(database.db, parts.reactions, log, parts.taps)
      outbox.start()
      limits.start()
      await listener.start()
      await jobs.start()
      for (const timer of parts.timers) timer.start()
    },
    async close() {
      stopping = true
      // all hear of it at once: none waits for another's last portion
      await Promise.all([jobs.stop(), ...parts.timers.map((timer) => timer.stop())])
      live.close()
      await app.close()
      await limits.stop()
      await outbox?.stop()
      await listener.stop()
      await signIn.close()
      await database.close()
    },
  }
}

/** Opens the database, brings it up to date, serves. Answers the address it listens on. */
export async function startServer(config: Config): Promise<{ address: string; stop(): Promise<void> }> {
  const log = createLog()
  // a library that loses the database in the middle of something may leave a rejection behind; anything else is a bug
  process.on('unhandledRejection', (reason) => {
    if (!(reason instanceof Error) || !isDatabaseAway(reason)) throw reason
    log.warn({ error: reason.message }, 'the database went away')
  })
  const server = await openDatabase(config, { role: 'serve', log })
  try {
    await prepareDatabase(server.connection, log)
    const opened = await open(config, server.connection, log)
    const address = await opened.app.listen({ port: config.port, host: config.host })
    await opened.work()
    giveBackMemory()
    const link = await setUpLink(opened.platform.database.db, config.publicUrl)
    if (link !== null) process.stderr.write(`\n  Set up Linchpin here (the link works once, for a day):\n  ${link}\n\n`)
    return {
      address,
      async stop() {
        await opened.close()
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** Applies what is missing of our tables and of the job queue's. */
export async function prepareDatabase(connection: pg.PoolConfig, log: Log): Promise<void> {
  const { applied } = await migrate(connection)
  if (applied.length > 0) log.info({ applied: applied.length }, 'database migrated')
  const { pool, close } = openPool(connection, 2)
  await migrateJobs(pool, log)
  await close()
}

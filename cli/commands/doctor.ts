import { access, constants, readFile, stat, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { type Config } from '../../server/platform/config.ts'
import { askMailServer } from '../../server/mail/public.ts'
import { openDatabase } from '../../server/platform/database-server.ts'
import { servingProcess } from '../../server/platform/embedded-postgres/embedded-postgres.ts'
import { migrationState } from '../../server/platform/migrate.ts'
import { type Run } from '../command.ts'

type Finding = { check: string; verdict: 'good' | 'warning' | 'problem'; says: string; mend?: string }

/** Exit status 1 when there is a problem; warnings alone are a success. */
export const run: Run = async ({ config, json, print }) => {
  const findings: Finding[] = []
  for (const look of [runtime, dataDirectory, secretFile, database, port, publicAddress, mailServer]) {
    try {
      findings.push(...(await look(config)))
    } catch (error) {
      findings.push({ check: look.name, verdict: 'problem', says: (error as Error).message })
    }
  }
  const healthy = findings.every((finding) => finding.verdict !== 'problem')
  if (json) {
    print(JSON.stringify({ healthy, findings }, null, 2))
  } else {
    const mark = { good: 'ok     ', warning: 'warning', problem: 'PROBLEM' }
    for (const { check, verdict, says, mend } of findings) {
      print(`${mark[verdict]}  ${check}: ${says}`)
      if (mend != null) print(`         → ${mend}`)
    }
    print(healthy ? 'Nothing stands in the way.' : 'Linchpin cannot work as it should until the problems are mended.')
  }
  return healthy ? 0 : 1
}

async function runtime(): Promise<Finding[]> {
  const text = await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8')
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> }
  const pinned = dependencies['node']
  const found = process.versions.node
  if (found === pinned) return [{ check: 'runtime', verdict: 'good', says: `Node ${found}` }]
  const says = `this is Node ${found}, and Linchpin is tested with ${pinned}`
  return [{ check: 'runtime', verdict: 'warning', says, mend: 'Start it with "npm start" or "npm run linchpin".' }]
}

async function dataDirectory({ dataDir }: Config): Promise<Finding[]> {
  const check = 'data directory'
  const there = await stat(dataDir).catch(() => null)
  if (there != null && !there.isDirectory()) {
    return [
      { check, verdict: 'problem', says: `${dataDir} is not a directory`, mend: 'Name another in LINCHPIN_DATA.' },
    ]
  }
  const nearest = there == null ? dirname(dataDir) : dataDir
  const writable = await access(nearest, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!writable) {
    const mend = `Give it to the user who runs Linchpin (chown -R USER ${nearest}), or set LINCHPIN_DATA.`
    return [{ check, verdict: 'problem', says: `this user may not write in ${nearest}`, mend }]
  }
  const { bsize, bavail } = await statfs(nearest)
  const gigabytes = (bsize * bavail) / 1024 ** 3
  const says = `${dataDir}, ${gigabytes.toFixed(1)} GB free`
  if (gigabytes >= 5) return [{ check, verdict: 'good', says }]
  const verdict = gigabytes < 1 ? 'problem' : 'warning'
  return [{ check, verdict, says, mend: 'Free space: a full disk stops the database.' }]
}

async function secretFile({ dataDir, secret }: Config): Promise<Finding[]> {
  const check = 'secret'
  if (secret != null) return [{ check, verdict: 'good', says: 'comes from LINCHPIN_SECRET' }]
  const path = join(dataDir, 'secret.key')
  const there = await stat(path).catch(() => null)
  if (there == null) return [{ check, verdict: 'good', says: `will be made in ${path} at the first start` }]
  if ((there.mode & 0o077) === 0) return [{ check, verdict: 'good', says: `${path}, readable by its owner only` }]
  return [{ check, verdict: 'problem', says: `others may read ${path}`, mend: `chmod 600 ${path}` }]
}

async function database(config: Config): Promise<Finding[]> {
  const opened = await openDatabase(config, { role: 'command' })
  const client = new pg.Client(opened.connection)
  try {
    await client.connect()
    return [
      await server(client, opened.embedded),
      await durability(client),
      await clocks(client),
      await migrations(opened.connection),
    ]
  } finally {
    await client.end()
    await opened.stop()
  }
}

async function server(client: pg.Client, embedded: boolean): Promise<Finding> {
  const answer = await client.query<{ server_version: string }>('SHOW server_version')
  const version = answer.rows[0]?.server_version
  return {
    check: 'database',
    verdict: 'good',
    says: `PostgreSQL ${version}, ${embedded ? 'embedded' : 'DATABASE_URL'}`,
  }
}

async function durability(client: pg.Client): Promise<Finding> {
  const check = 'durability'
  const names = ['fsync', 'full_page_writes', 'synchronous_commit']
  const rows = await client.query<{ name: string }>(
    `SELECT name FROM pg_settings WHERE name = ANY($1) AND setting = 'off'`,
    [names],
  )
  if (rows.rowCount === 0) return { check, verdict: 'good', says: `${names.join(', ')} are on` }
  const off = rows.rows.map((row) => row.name).join(', ')
  const mend = 'Turn it on in the settings of the database server (postgres.local.conf for the embedded one).'
  return { check, verdict: 'problem', says: `${off} is off: a crash can lose acknowledged work`, mend }
}

async function clocks(client: pg.Client): Promise<Finding> {
  const check = 'clocks'
  const before = Date.now()
  const answer = await client.query<{ ms: string }>('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms')
  const seconds = (Number(answer.rows[0]?.ms) - (before + Date.now()) / 2) / 1000
  const says = `application and database differ by ${Math.abs(seconds).toFixed(3)} s`
  if (Math.abs(seconds) < 2) return { check, verdict: 'good', says }
  return { check, verdict: 'problem', says, mend: 'Let NTP set the clock on both machines: due moments depend on it.' }
}

async function migrations(connection: pg.PoolConfig): Promise<Finding> {
  const check = 'migrations'
  try {
    const { applied, pending } = await migrationState(connection)
    if (pending.length === 0) return { check, verdict: 'good', says: `${applied.length} applied, none to come` }
    return { check, verdict: 'good', says: `${applied.length} applied, ${pending.length} to come at the next start` }
  } catch (error) {
    return { check, verdict: 'problem', says: (error as Error).message }
  }
}

async function port(config: Config): Promise<Finding[]> {
  const check = 'port'
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '[::]' ? '[::1]' : host
  if (await answers(`http://${reachable}:${config.port}`)) {
    const serving = servingProcess(config.dataDir)
    const says = `Linchpin serves on ${host}:${config.port}${serving ? ` (process ${serving.pid})` : ''}`
    return [{ check, verdict: 'good', says }]
  }
  const refused = await listenProblem(config)
  if (refused == null) return [{ check, verdict: 'good', says: `${host}:${config.port} is free` }]
  const mend = 'End the other program, or choose another PORT or HOST.'
  return [{ check, verdict: 'problem', says: `${host}:${config.port} cannot be opened (${refused})`, mend }]
}

async function publicAddress({ publicUrl, host, dataDir }: Config): Promise<Finding[]> {
  const check = 'public address'
  const { protocol, hostname } = new URL(publicUrl)
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (here) {
    const mend = 'Set LINCHPIN_URL to the address others open: links in mails and sign-in depend on it.'
    const open = host === '0.0.0.0' || host === '::'
    return [
      { check, verdict: open ? 'warning' : 'good', says: `${publicUrl}, this machine only`, ...(open ? { mend } : {}) },
    ]
  }
  if (protocol === 'http:') {
    const mend = 'Put a reverse proxy with a certificate in front and use https in LINCHPIN_URL.'
    return [{ check, verdict: 'warning', says: `${publicUrl} is not encrypted`, mend }]
  }
  if (servingProcess(dataDir) != null && !(await answers(publicUrl))) {
    const mend = 'Look at the reverse proxy and at the name in the DNS.'
    return [{ check, verdict: 'warning', says: `${publicUrl} does not answer from here`, mend }]
  }
  return [{ check, verdict: 'good', says: publicUrl }]
}

async function mailServer({ mail }: Config): Promise<Finding[]> {
  const check = 'mail'
  if (mail === null) {
    const mend = 'Name a mail server in SMTP_URL and a sender in MAIL_FROM, if people should be mailed.'
    return [{ check, verdict: 'good', says: `no mail server, so nothing is mailed. ${mend}` }]
  }
  const { host, port: at, tls } = mail.server
  const named = `${host}:${at}`
  try {
    await askMailServer(mail)
  } catch (error) {
    // the library's message names neither user nor password
    const mend = 'Look at SMTP_URL, at the certificate and at the log of the mail server. Mails wait meanwhile.'
    return [{ check, verdict: 'problem', says: `${named} does not take mail: ${(error as Error).message}`, mend }]
  }
  const says = `${named} takes mail from ${mail.from.address}`
  if (tls === 'implicit' || tls === 'required' || ['127.0.0.1', '::1', 'localhost'].includes(host))
    return [{ check, verdict: 'good', says }]
  const mend = 'Use smtps:, or ?starttls=required.'
  return [{ check, verdict: 'warning', says: `${says}, perhaps unencrypted`, mend }]
}

async function answers(base: string): Promise<boolean> {
  try {
    const answer = await fetch(`${base}/healthz`, { signal: AbortSignal.timeout(3_000) })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}

async function listenProblem(config: Config): Promise<string | null> {
  const { promise, resolve: settle } = Promise.withResolvers<string | null>()
  const probe = createServer()
  probe.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
  probe.listen(config.port, config.host, () => probe.close(() => settle(null)))
  return await promise
}

import { createServer } from 'node:net'
import pg from 'pg'
import { type Config } from '../../server/platform/config.ts'
import { askMailServer } from '../../server/mail/public.ts'
import { openDatabase } from '../../server/platform/database-server.ts'
import { servingProcess } from '../../server/platform/embedded-postgres/embedded-postgres.ts'
import {
  answers,
  clocks,
  dataDirectory,
  durability,
  type Finding,
  migrations,
  publicAddress,
  runtime,
  secretFile,
  server,
} from '../../server/operations/public.ts'
import { type Run } from '../command.ts'

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

async function database(config: Config): Promise<Finding[]> {
  const opened = await openDatabase(config, { role: 'command' })
  const client = new pg.Client(opened.connection)
  try {
    await client.connect()
    return [
      await server(client, opened.embedded),
      await durability(client),
      await clocks(client),
      await migrations(client),
    ]
  } finally {
    await client.end()
    await opened.stop()
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

async function listenProblem(config: Config): Promise<string | null> {
  const { promise, resolve: settle } = Promise.withResolvers<string | null>()
  const probe = createServer()
  probe.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
  probe.listen(config.port, config.host, () => probe.close(() => settle(null)))
  return await promise
}

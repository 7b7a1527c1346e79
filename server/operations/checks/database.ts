import { appliedMigrations, migrationFiles, pendingAmong } from '../../platform/migrate.ts'
import type { Asks, Finding } from './finding.ts'

export async function server(client: Asks, embedded: boolean): Promise<Finding> {
  const answer = await client.query<{ server_version: string }>('SHOW server_version')
  const version = answer.rows[0]?.server_version
  return {
    check: 'database',
    verdict: 'good',
    says: `PostgreSQL ${version}, ${embedded ? 'embedded' : 'DATABASE_URL'}`,
  }
}

export async function durability(client: Asks): Promise<Finding> {
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

export async function clocks(client: Asks): Promise<Finding> {
  const check = 'clocks'
  const before = Date.now()
  const answer = await client.query<{ ms: string }>('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms')
  const seconds = (Number(answer.rows[0]?.ms) - (before + Date.now()) / 2) / 1000
  const says = `application and database differ by ${Math.abs(seconds).toFixed(3)} s`
  if (Math.abs(seconds) < 2) return { check, verdict: 'good', says }
  return { check, verdict: 'problem', says, mend: 'Let NTP set the clock on both machines: due moments depend on it.' }
}

export async function migrations(client: Asks): Promise<Finding> {
  const check = 'migrations'
  try {
    const applied = await appliedMigrations(client)
    const pending = pendingAmong(await migrationFiles(), applied)
    if (pending.length === 0) return { check, verdict: 'good', says: `${applied.length} applied, none to come` }
    return { check, verdict: 'good', says: `${applied.length} applied, ${pending.length} to come at the next start` }
  } catch (error) {
    return { check, verdict: 'problem', says: (error as Error).message }
  }
}

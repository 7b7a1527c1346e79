import { system, type Check } from '../../contract/operations.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { clocks, durability, migrations, server } from './checks/database.ts'
import type { Finding } from './checks/finding.ts'
import { dataDirectory, publicAddress, runtime, secretFile } from './checks/installation.ts'
import { runningChecks } from './checks/running.ts'

const named = ({ check, verdict, says, mend }: Finding): Check => {
  const name = check.replaceAll(' ', '-')
  return { check: name, title: sentence(`health.${name}`), state: verdict, says, mend: mend ?? null }
}

/** The checks of `linchpin doctor`, and those that only a running installation can answer. */
export async function checkHealth(platform: Platform, embedded: boolean, now: number): Promise<Check[]> {
  const { config, database } = platform
  const { pool, db } = database
  const looks: [name: string, look: () => Promise<Finding | Finding[]>][] = [
    ['database', () => server(pool, embedded)],
    ['durability', () => durability(pool)],
    ['clocks', () => clocks(pool)],
    ['migrations', () => migrations(pool)],
    ['runtime', () => runtime()],
    ['data-directory', () => dataDirectory(config)],
    ['secret', () => secretFile(config)],
    ['public-address', () => publicAddress(config)],
    ['version', () => runningChecks(db, now)],
  ]
  const found: Check[] = []
  for (const [name, look] of looks)
    try {
      found.push(...[await look()].flat().map(named))
    } catch (error) {
      found.push(named({ check: name, verdict: 'problem', says: (error as Error).message }))
    }
  return found
}

export const healthRoutes = (platform: Platform, embedded: boolean): Route[] => [
  serve(system.health, async (ctx) => {
    const items = await checkHealth(platform, embedded, Date.parse(ctx.now))
    return { healthy: items.every((item) => item.state !== 'problem'), at: ctx.now, items }
  }),
]

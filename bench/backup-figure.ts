import { readdirSync, readFileSync } from 'node:fs'
import type { Output } from '../contract/action.ts'
import type { backups } from '../contract/operations.ts'
import { type Database, sql } from '../server/platform/db.ts'
import { hashOf, newId, newSecret } from '../server/platform/identifiers.ts'
import { paced } from './load.ts'
import { residentMb } from './resident.ts'

const ms = (n: number) => `${n.toFixed(1)} ms`

/** A backup as the Backups page starts it, while somebody asks for the queue. */
export async function backupWhileAsked(
  p: { organisation: string; database: Database },
  app: { base: string; pid: number },
  path: string,
  headers: Record<string, string>,
): Promise<string> {
  const key = newSecret()
  await sql`insert into api_keys (id, organisation_id, name, role, prefix, key_hash) values (${newId()}, ${p.organisation}, 'bench backup', 'administrator', ${key.slice(0, 8)}, ${hashOf(key)})`.execute(
    p.database.db,
  )
  const admin = async (method: string): Promise<{ items: Output<typeof backups.list>['items'] }> => {
    const response = await fetch(`${app.base}/api/v1/backups?limit=1`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
      ...(method === 'GET' ? {} : { body: '{}' }),
    })
    if (!response.ok) throw new Error(`${method} backups: ${response.status} ${await response.text()}`)
    return response.json() as ReturnType<typeof admin>
  }
  await admin('POST')
  let made: Output<typeof backups.list>['items'][number] | undefined
  let peak = 0
  const watching = (async () => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      peak = Math.max(peak, ...childrenOf(app.pid).map(residentMb))
      const [latest] = (await admin('GET')).items
      if (latest !== undefined && latest.state !== 'waiting' && latest.state !== 'running') return (made = latest)
    }
  })()
  const lists = await paced(
    () => fetch(`${app.base}${path}`, { headers }).then((response) => response.arrayBuffer()),
    () => made !== undefined,
  )
  const done = await watching
  if (done.state !== 'done') throw new Error(`the backup ended as ${done.state}`)
  return `${done.rows?.toLocaleString('en')} rows in ${done.seconds?.toFixed(1)} s, ${((done.bytes ?? 0) / 1e6).toFixed(0)} MB, process ${peak} MB; page p50 ${ms(lists.p50)}, p95 ${ms(lists.p95)}`
}

function childrenOf(pid: number): number[] {
  const isChild = new RegExp(`^PPid:\\s+${pid}$`, 'm')
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        return isChild.test(readFileSync(`/proc/${child}/status`, 'utf8'))
      } catch {
        return false
      }
    })
}

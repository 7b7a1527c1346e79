import { existsSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { inject } from 'vitest'
import { openContents } from '../../server/files/public.ts'
import { importSources } from '../../server/import-sources.ts'
import { importFile } from '../../server/imports/public.ts'
import { systemActor } from '../../server/platform/ctx.ts'
import { type Db, sql } from '../../server/platform/db.ts'
import type { StoredImport } from '../../server/platform/imports/imports-store.ts'
import type { ImportSource, RowVerdict } from '../../server/platform/imports/source.ts'
import { serviceNowIncidents } from '../../server/tickets/imports/servicenow-incidents.ts'
import type { TestServer } from './server.ts'

const log = resolve(import.meta.dirname, '../../../shared/data/servicenow-incident-log/incident_event_log.csv.gz')

/** The real log beside the checkout; null, having said so, where it is not there. */
export function realLog(): string | null {
  if (existsSync(log)) return log
  console.warn(`Tests with the real incident log are skipped: there is no ${log}.`)
  return null
}

/** A file that goes when the run ends. */
export const writeTemporary = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(await mkdtemp(join(inject('temporary'), 'file-')), name)
  await writeFile(path, content)
  return path
}

export interface ImportGiven {
  asOf?: string
  zone?: string
  shift?: boolean
  dryRun?: boolean
  mapping?: Record<string, string>
  dateOrder?: 'dmy' | 'mdy' | 'ymd'
  currency?: string
  sheet?: string
  onProgress?: (run: StoredImport) => void
}

/** Imports a file as the command line does. */
export const importInto = (
  server: TestServer,
  path: string,
  given: ImportGiven = {},
  source: ImportSource = serviceNowIncidents,
): Promise<StoredImport> =>
  importFile(
    server.opened.platform,
    systemActor(server.organisation, 'Test'),
    [source],
    openContents(server.opened.platform.config),
    {
      path,
      source,
      dryRun: given.dryRun ?? false,
      asOf: given.asOf ?? null,
      zone: given.zone ?? 'UTC',
      shift: given.shift ?? false,
      mapping: given.mapping ?? {},
      dateOrder: given.dateOrder ?? null,
      currency: given.currency ?? null,
      sheet: given.sheet ?? null,
      onProgress: given.onProgress ?? (() => {}),
      onWaiting: () => {},
    },
  )

/** Everything that an import leaves behind, without ids and moments of its own: two runs that end the same are equal here. */
export async function traces(db: Db): Promise<Record<string, unknown>> {
  const one = async (text: ReturnType<typeof sql>) => (await sql<Record<string, unknown>>`${text}`.execute(db)).rows
  return {
    tickets:
      await one(sql`select reference, title, state, priority, q.name as queue, a.name as assignee, r.name as requester, t.created_at, t.updated_at, resolved_at, closed_at, waiting_since, reopen_count, due_at
      from tickets t join queues q on q.id = t.queue_id left join persons a on a.id = assignee_id left join persons r on r.id = requester_id order by reference`),
    events: await one(
      sql`select t.reference, e.type, e.at, e.actor_kind, e.actor_name, p.after->>'state' as state from events e join tickets t on t.id = e.subject_id join event_payloads p on p.event_id = e.id order by t.reference, e.at, e.id`,
    ),
    clocks:
      await one(sql`select t.reference, c.kind, c.phase, c.due_at, c.late, (select count(*)::int from clock_events x where x.commitment_id = c.id) as events, (select count(*)::int from breaches x where x.commitment_id = c.id) as breaches
      from commitments c join tickets t on t.id = c.subject_id order by 1, 2`),
    registers: await one(
      sql`select (select count(*)::int from persons) as persons, (select count(*)::int from teams) as teams, (select count(*)::int from queues) as queues, (select count(*)::int from team_members) as members, (select count(*)::int from categories) as categories`,
    ),
    sources: await one(
      sql`select key, encode(digest, 'hex') as digest, facts, encode(rows_taken, 'hex') as rows from ticket_sources order by key`,
    ),
  }
}

export const eventCount = async (db: Db): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from events where type not like 'import.%'`.execute(db)).rows[0]!
    .n

/** A source of the installation by name. */
export const sourceOf = (server: TestServer, name: string): ImportSource =>
  importSources(server.opened.platform).find((s) => s.source === name)!

export const verdictsOf = async (server: TestServer, id: string): Promise<RowVerdict[]> =>
  (
    await sql<RowVerdict>`select row, key, verdict, messages from import_rows where import_id = ${id} order by row`.execute(
      server.db,
    )
  ).rows

/** A sample file of Snipe-IT beside the checkout; null, having said so, where it is not there. */
export function sample(name: string): string | null {
  const path = resolve(import.meta.dirname, '../../../shared/data/snipe-it-csv', name)
  if (existsSync(path)) return path
  console.warn(`Tests with the samples of Snipe-IT are skipped: there is no ${path}.`)
  return null
}

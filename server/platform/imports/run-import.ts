import { type Db, sql } from '../db.ts'
import { completeEvent, writeEvents } from '../events.ts'
import { tellNodes } from '../outbox.ts'
import { ImportProblem } from './import-problem.ts'
import { importById, moveImport, saveMapping, savedMapping, saveProgress, type StoredImport } from './imports-store.ts'
import { withImportLock } from './import-lock.ts'
import { headersHash, matchHeaders, strayEntries } from './match-headers.ts'
import { columnLetter } from './column-letter.ts'
import { orderOf } from './date-evidence.ts'
import { fieldsOf } from './fields-of.ts'
import { readHeaders } from './read-table.ts'
import { type Importing, Interrupted, Stopped } from './importing.ts'
import type { ImportSource } from './source.ts'
import { sniff } from './sniff.ts'
import { cut } from '../rules/storable-text.ts'
import { outlineOf, type Table } from './table-subjects.ts'
import { reportOf } from './tally.ts'
import { writeSubjects } from './write-subjects.ts'

/** `busy`: another import is running in the organisation. `gone`: there is nothing (more) to do for this one. `stopped`: to be gone on with. */
export type Outcome = 'done' | 'failed' | 'cancelled' | 'stopped' | 'busy' | 'gone'

/**
 * Works an import off, from where it stands to its end. Records, verdicts and progress of each portion commit in one
 * transaction, so that it may end at any moment and be called again. Files that cannot be imported end as `failed` with
 * a sentence; what else goes wrong is thrown and leaves the import to be taken up again.
 */
export async function runImport(importing: Importing, id: string): Promise<Outcome> {
  const { db } = importing
  const found = await importById(db, id)
  if (found === undefined) return 'gone'
  return withImportLock(db, found.organisation_id, async () => {
    if (!(await moveImport(db, id, ['waiting', 'running'], { status: 'running', phase: 'imports.phase.checking' })))
      return 'gone'
    try {
      const run = (await importById(db, id))!
      await work(importing, run)
      return 'done'
    } catch (error) {
      if (error instanceof Interrupted) return 'cancelled'
      if (error instanceof Stopped) return 'stopped'
      const problem = problemOf(error)
      if (problem === null) throw error
      if (problem !== error)
        importing.log.error({ err: error, import: id }, 'the database refuses a value of an import')
      await end(db, id, { status: 'failed', phase: 'imports.phase.failed', error: problem.sentence })
      return 'failed'
    }
  })
}

/** A value that the database does not take (class 22 of its errors) is not taken the next time either. Null: worth another try. */
function problemOf(error: unknown): ImportProblem | null {
  if (error instanceof ImportProblem) return error
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^22...$/.test(code) ? new ImportProblem('imports.value-refused') : null
}

async function work(importing: Importing, run: StoredImport): Promise<void> {
  const { db } = importing
  const source = importing.sources.find((s) => s.source === run.source)
  if (source === undefined) throw new ImportProblem('imports.no-source', { source: run.source })
  const table = await openTable(importing, run, source)
  await step(importing, run, { phase: 'imports.phase.reading', progress: 0.01 })
  const outline = await outlineOf(table)
  run.counts.rows = outline.rows
  const begun = source.begin({
    id: run.id,
    organisation: run.organisation_id,
    actor: run.actor,
    zone: run.options.zone,
    asOf: run.options.asOf,
    shiftWeeks: run.shift_weeks,
    importedAt: run.started_at!,
    dryRun: run.dry_run,
    dateOrder: orderOf(outline.dates, run.options.dateOrder ?? null),
    currency: run.options.currency ?? null,
    mapping: run.options.mapping,
    gathered: outline.gathered,
    log: importing.log,
  })
  await step(importing, run, {
    phase: run.dry_run ? 'imports.phase.planning' : 'imports.phase.writing',
    progress: 0.03,
    counts: run.counts,
  })
  await writeSubjects(importing, run, source, begun, table, outline)
  if (!run.dry_run) {
    await step(importing, run, { phase: 'imports.phase.finishing', progress: 0.99 })
    if (begun.finish !== undefined) await db.transaction().execute((tx) => begun.finish!(tx))
    await countAnew(db)
  }
  const report = [...reportOf(run.tallies), ...(run.dry_run ? [] : await begun.report(db))]
  await end(db, run.id, { status: 'done', phase: 'imports.phase.done', progress: 1, report })
}

/** Finds out how the file is written and which column is which, and keeps both with the import. */
async function openTable(importing: Importing, run: StoredImport, source: ImportSource): Promise<Table> {
  const { db } = importing
  const path = await importing.pathOf(run.file_sha256)
  const sniffed = await sniff(path, run.options.sheet ?? null)
  const headers = await readHeaders(path, sniffed)
  const hash = headersHash(headers)
  const given = run.options.mapping
  const isGiven = Object.keys(given).length > 0
  const fields = await fieldsOf(db, source, run.organisation_id)
  const mapping = isGiven ? given : ((await savedMapping(db, source.source, hash)) ?? {})
  const stray = strayEntries(headers, fields, isGiven ? given : {})
  if (stray.unknownField !== null)
    throw new ImportProblem('imports.mapping-field-unknown', {
      ...stray.unknownField,
      fields: fields.map((f) => f.field).join(', '),
    })
  const matched = matchHeaders(headers, fields, mapping, source.needsOneOf, source.keepsRest)
  if (isGiven) await saveMapping(db, source.source, hash, given)
  const { encoding, delimiter, lineEnds, sheet } = sniffed
  const problems = [...matched.problems, ...stray.missingHeaders]
  run.sniffed = { encoding, delimiter, lineEnds, sheet, headers: matched.headers, problems }
  await step(importing, run, { sniffed: run.sniffed })
  const dateFields = fields.filter((f) => f.isDate === true && matched.columns.includes(f.field)).map((f) => f.field)
  const headerOf = new Map(
    matched.headers.flatMap(({ header, field }, i) =>
      field === null ? [] : [[field, header.trim() || columnLetter(i + 1)]],
    ),
  )
  const columns = matched.columns.map((field, i) =>
    matched.rest.has(i) ? `rest:${cut(headers[i]!.trim(), 100)}` : field,
  )
  return { path, sniffed, columns, source, dateFields, headerOf, spool: importing.spoolOf(run.id) }
}

async function step(importing: Importing, run: StoredImport, saved: Parameters<typeof saveProgress>[2]): Promise<void> {
  if (!(await saveProgress(importing.db, run.id, saved))) throw new Interrupted()
  Object.assign(run, saved)
  await tellNodes(importing.db, [{ kind: 'import', id: run.id }])
  importing.onProgress?.(run)
}

async function end(db: Db, id: string, to: Parameters<typeof moveImport>[3]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await moveImport(tx, id, ['running'], to))) throw new Interrupted()
    const run = (await importById(tx, id))!
    const event = completeEvent(
      {
        type: `import.${to.status}`,
        subject: { kind: 'import', id },
        after: { source: run.source, file: run.file_name, dryRun: run.dry_run, counts: run.counts },
        actor: run.actor,
      },
      { ...run.actor, organisation: run.organisation_id } as Parameters<typeof completeEvent>[1],
      new Date().toISOString(),
    )
    await writeEvents(tx, [event], null)
  })
}

/** What was written in bulk is unknown to the database's planner until the tables have been looked at again. */
async function countAnew(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_stat_user_tables where schemaname = 'public' and n_mod_since_analyze > 500 + 0.1 * n_live_tup`.execute(
    db,
  )
  for (const { name } of rows) await sql`analyze ${sql.table(name)}`.execute(db)
}

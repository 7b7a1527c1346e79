import { saveProgress, type StoredImport, writeVerdicts } from './imports-store.ts'
import { tellNodes } from '../outbox.ts'
import { type Importing, Interrupted, Stopped } from './importing.ts'
import type { ImportSource, PlannedSubject, RowVerdict, SourceRun, SubjectRows } from './source.ts'
import { subjectsOf, type Portion, type Table, type TableOutline } from './table-subjects.ts'
import { kindOfWarning } from './cells.ts'
import { addTallies } from './tally.ts'

/** As many records as a source wants in one transaction, and no more rows than these. */
const usual = { subjects: 150, rows: 1500 }
const tellEveryMs = 500

/**
 * Plans and writes every subject not yet done, portion by portion. The order of subjects is the same at each reading, so
 * that their count says where to go on.
 */
export async function writeSubjects(
  importing: Importing,
  run: StoredImport,
  source: ImportSource,
  begun: SourceRun,
  table: Table,
  outline: TableOutline,
): Promise<void> {
  let passed = 0
  let told = 0
  const subjects = source.portion ?? usual.subjects
  const portions = subjectsOf(table, outline, { subjects, rows: Math.max(usual.rows, subjects) })
  // the next portion is read while the database writes this one
  let coming = portions.next()
  try {
    for (let read = await coming; read.done !== true; read = await coming) {
      coming = portions.next()
      coming.catch(() => {})
      if (importing.signal?.aborted === true) throw new Stopped()
      const { subjects, rejected } = read.value
      const left = subjects.slice(Math.max(0, run.subjects_done - passed))
      passed += subjects.length
      const now = performance.now()
      const tell = now - told >= tellEveryMs
      await commit(importing, run, begun, { subjects: left, rejected }, { outline, headerOf: table.headerOf }, tell)
      if (tell) {
        told = now
        importing.onProgress?.(run)
      }
    }
  } finally {
    await portions.return(undefined).catch(() => {})
  }
}

/** One portion in one transaction: records, verdicts, counts and the place to go on from. */
async function commit(
  importing: Importing,
  run: StoredImport,
  begun: SourceRun,
  given: Portion,
  { outline, headerOf }: { outline: TableOutline; headerOf: Table['headerOf'] },
  tell: boolean,
): Promise<void> {
  if (given.subjects.length + given.rejected.length === 0) return
  const next = await importing.db.transaction().execute(async (tx) => {
    const planned = withNotes(await begun.plan(tx, given.subjects), given.subjects)
    if (!run.dry_run) await begun.write(tx, planned)
    const rejected = await writeVerdicts(
      tx,
      run.id,
      inTheirWords([...given.rejected, ...planned.flatMap((p) => p.rows)], headerOf),
    )
    const tallies = structuredClone(run.tallies)
    addTallies(tallies, planned)
    const counts = { ...run.counts, ...counted(run, planned), rejected: run.counts.rejected + rejected }
    const subjects_done = run.subjects_done + given.subjects.length
    const progress = 0.03 + 0.95 * (outline.subjects === 0 ? 1 : subjects_done / outline.subjects)
    const saved = { counts, tallies, subjects_done, progress }
    if (!(await saveProgress(tx, run.id, saved, { subjectsDone: run.subjects_done }))) throw new Interrupted()
    if (tell) await tellNodes(tx, [{ kind: 'import', id: run.id }])
    return saved
  })
  Object.assign(run, next)
}

/** Messages name a column as the file does. */
const inTheirWords = (rows: readonly RowVerdict[], headerOf: Table['headerOf']): RowVerdict[] =>
  rows.map((row) => ({
    ...row,
    messages: row.messages.map((message) => {
      const header = headerOf.get(String(message.params['column']))
      return header === undefined ? message : { ...message, params: { ...message.params, column: header } }
    }),
  }))

/** What reading said of a row is said with its verdict. */
function withNotes(planned: PlannedSubject[], subjects: readonly SubjectRows[]): PlannedSubject[] {
  const notes = new Map(
    subjects.flatMap((s) => s.rows).flatMap((r) => (r.notes === undefined ? [] : [[r.row, r.notes]])),
  )
  if (notes.size === 0) return planned
  return planned.map((subject) => ({
    ...subject,
    rows: subject.rows.map((r) => ({ ...r, messages: [...(notes.get(r.row) ?? []), ...r.messages] })),
    warnings: [
      ...subject.warnings,
      ...subject.rows.flatMap((r) => (notes.get(r.row) ?? []).map((n) => kindOfWarning(n))),
    ],
  }))
}

function counted(run: StoredImport, planned: readonly PlannedSubject[]) {
  const { counts } = run
  const of = (verdict: RowVerdict['verdict']) => planned.filter((p) => p.verdict === verdict).length
  return {
    incidents: counts.incidents + planned.filter((p) => p.verdict !== null).length,
    created: counts.created + of('created'),
    updated: counts.updated + of('updated'),
    unchanged: counts.unchanged + of('unchanged'),
    warnings: counts.warnings + planned.reduce((n, p) => n + p.warnings.length, 0),
  }
}

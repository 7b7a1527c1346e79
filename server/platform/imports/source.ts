import type { Db } from '../db.ts'
import type { Actor } from '../ctx.ts'
import type { Sentence } from '../sentences.ts'

export interface ImportField {
  field: string
  title: string
  required: boolean
  /** Further headers that mean this field. */
  aliases: string[]
}

/** A row that could be read, by field; a column the file does not have is absent. */
export interface SourceRow {
  row: number
  cells: Readonly<Record<string, string>>
}

/** The rows about one record, in file order. */
export interface SubjectRows {
  key: string
  rows: readonly SourceRow[]
}

export type Verdict = 'created' | 'updated' | 'unchanged' | 'rejected'
export interface RowVerdict {
  row: number
  key: string
  verdict: Verdict
  messages: readonly Sentence[]
}

/** What will become of a subject. `verdict` is null where nothing of it counts (all rows rejected or left out). */
export interface PlannedSubject<Plan = unknown> {
  key: string
  verdict: Exclude<Verdict, 'rejected'> | null
  rows: readonly RowVerdict[]
  /** Kinds of warnings, one entry for each time. */
  warnings: readonly string[]
  /** Counted into the report: table → row. */
  tally: Readonly<Record<string, string>>
  plan: Plan
}

export interface ImportSettings {
  id: string
  organisation: string
  actor: Pick<Actor, 'kind' | 'id' | 'name'>
  /** IANA zone of the file's local times. */
  zone: string
  /** Local moment in the zone; what lies after it is ignored. */
  asOf: string | null
  shiftWeeks: number
  /** ISO instant: the moment of the import. */
  importedAt: string
}

export interface ReportTable {
  title: string
  columns: string[]
  rows: string[][]
}

/** One run of a source over one file. `plan` reads only, so that a dry run is a run without `write`. */
export interface SourceRun<Plan = unknown> {
  plan(db: Db, subjects: readonly SubjectRows[]): Promise<PlannedSubject<Plan>[]>
  write(tx: Db, planned: readonly PlannedSubject<Plan>[]): Promise<void>
  /** Tables that only the finished records can answer. */
  report(db: Db): Promise<ReportTable[]>
}

/** A kind of file and what it means. `begin` refuses settings that make no sense with an ImportProblem. */
export interface ImportSource {
  source: string
  /** Keys of sentences. */
  title: string
  description: string
  fields: readonly ImportField[]
  /** The field whose value says which rows are about one record. */
  keyField: string
  options: readonly ('asOf' | 'zone' | 'shift')[]
  begin(settings: ImportSettings): SourceRun
}

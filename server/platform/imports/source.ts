import type { Logger } from 'pino'
import type { ImportOption } from '../../../contract/imports.ts'
import type { Db } from '../db.ts'
import type { Actor } from '../ctx.ts'
import type { Sentence } from '../sentences.ts'
import type { DateOrder } from './dates.ts'

export interface ImportField {
  field: string
  title: string
  required: boolean
  /** Further headers that mean this field. */
  aliases: string[]
  /** Its cells are dates: they say in which order the file writes day and month. */
  isDate?: boolean
}

/** A row that could be read, by field; a column the file does not have is absent. */
export interface SourceRow {
  row: number
  cells: Readonly<Record<string, string>>
  /** What reading the row has to say of it, by column. */
  notes?: readonly Sentence[]
}

/** The rows about one record, in file order. */
export interface SubjectRows {
  key: string
  /** Tells in a later file that a row is about the same record; the same at every reading. */
  identity: string
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
  /** Nothing will be written: what earlier rows would make is known to this run alone. */
  dryRun: boolean
  /** In which order the file writes dates. */
  dateOrder: DateOrder
  /** Of amounts without a sign (ISO 4217). */
  currency: string | null
  /** The mapping as it was given: it can also say what words of the file mean (`state:On loan` → `deployed`). */
  mapping: Readonly<Record<string, string>>
  /** The words that the rows of the file gather (`gathers`). */
  gathered: ReadonlySet<string>
  log: Logger
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
  /** What can be done only when all rows are in; in one transaction, and again where it was cut off. */
  finish?(tx: Db): Promise<void>
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
  /** The field whose value says which rows are about one record; null where each row is one of its own. */
  keyField: string | null
  /** One of these must have a column. */
  needsOneOf?: readonly string[]
  /** Without `keyField`: what names a row in its verdict, and what tells it from all others (null: the whole of its cells). */
  naming?: (cells: SourceRow['cells']) => { label: string; identity: string | null }
  /** What one row of a file alone may have, as the register keeps and compares it; null where a row says nothing. `field`: the one it is named by. */
  single?: readonly { field: string; compared: (cells: SourceRow['cells']) => string | null }[]
  /** Words by which later rows can be named by earlier ones; those of the whole file are known before its first row is planned. */
  gathers?: (cells: SourceRow['cells']) => readonly string[]
  /** Fields that are an organisation's own. */
  ownFields?: (db: Db, organisation: string) => Promise<readonly ImportField[]>
  /** Records planned and written in one transaction. */
  portion?: number
  /** Columns that mean nothing here come along all the same, as `rest:` and their header. */
  keepsRest?: boolean
  options: readonly ImportOption[]
  /** What `state:WORD` of a mapping can say that a word means. */
  states?: readonly string[]
  begin(settings: ImportSettings): SourceRun
}

import { z } from 'zod'
import { command, id, instant, line, listOf, page, query, queryList, refusals } from './action.ts'

export const verdict = z.enum(['created', 'updated', 'unchanged', 'rejected'])
/**
 * `created`, `updated` and `unchanged` count records, and `incidents` all of them: incidents where a log of incidents is imported, else assets,
 * people, locations, models. `rows`, `rejected` and `warnings` count rows of the file.
 */
export const importCounts = z.object({
  rows: z.int(),
  incidents: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  warnings: z.int(),
})
export type ImportCounts = z.output<typeof importCounts>

/** What a source can be told about a file. `sheet` is for workbooks and goes with any source. */
export const importOptions = ['asOf', 'zone', 'shift', 'dateOrder', 'currency'] as const
export type ImportOption = (typeof importOptions)[number]
/** Day, month, year; month, day, year; year, month, day. */
export const dateOrder = z.enum(['dmy', 'mdy', 'ymd'])

/** Header, or `#number` of a column, → field; an empty field leaves the column out. `state:WORD` → a state of the life cycle. */
export const importMapping = z.record(z.string().max(300), z.string().max(120))
const savedMapping = z.object({
  id,
  source: z.string(),
  name: z.string(),
  mapping: importMapping,
  by: z.string(),
  updatedAt: instant,
  refusals,
})
export type SavedMapping = z.output<typeof savedMapping>
const field = z.object({ field: z.string(), title: z.string(), required: z.boolean(), aliases: z.array(z.string()) })

/** An import as it stands. `progress` runs from 0 to 1. */
export const importRun = z.object({
  id,
  source: z.string(),
  fileName: z.string(),
  dryRun: z.boolean(),
  status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  progress: z.number(),
  phase: z.string(),
  counts: importCounts,
  asOf: z.string().nullable(),
  zone: z.string(),
  shiftWeeks: z.int(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  createdAt: instant,
  by: z.string(),
  error: z.string().nullable(),
  /** Facts about the file: encoding, delimiter, line ends, how each header was understood. */
  sniffed: z
    .object({
      encoding: z.string(),
      delimiter: z.string(),
      lineEnds: z.string(),
      /** The sheet of a workbook. */
      sheet: z.string().nullable(),
      headers: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
      /** Headers that stand twice, are empty or say nothing to this source. */
      problems: z.array(z.string()),
    })
    .nullable(),
  /** Findings over the whole file, such as a table of verdicts of two systems. */
  report: z.array(z.object({ title: z.string(), columns: z.array(z.string()), rows: z.array(z.array(z.string())) })),
  refusals,
})
export type ImportRun = z.output<typeof importRun>

/** `row` counts as a spreadsheet does: the headers are row 1. */
export const importRow = z.object({ row: z.int(), key: z.string(), verdict, messages: z.array(z.string()) })

export const imports = {
  sources: query({
    name: 'imports.sources',
    path: '/import-sources',
    permission: 'imports.run',
    summary: 'What can be imported, and the fields each source knows.',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          source: z.string(),
          title: z.string(),
          description: z.string(),
          fields: z.array(field),
          options: z.array(z.enum(importOptions)),
          /** What a word that says a state can be mapped to, as `state:WORD`; none where the source knows no states. */
          states: z.array(z.string()),
        }),
      ),
    }),
  }),
  list: query({
    name: 'imports.list',
    path: '/imports',
    permission: 'imports.run',
    summary: 'Imports, newest first.',
    input: z.object({ ...page }),
    output: listOf(importRun),
  }),
  show: query({
    name: 'imports.show',
    path: '/imports/{id}',
    permission: 'imports.run',
    summary: 'One import with its progress.',
    input: z.object({ id }),
    output: importRun,
  }),
  rows: query({
    name: 'imports.rows',
    path: '/imports/{id}/rows',
    permission: 'imports.run',
    summary: 'Verdict by row.',
    input: z.object({ id, verdict: queryList(verdict).optional(), ...page }),
    output: listOf(importRow),
  }),
  /** The file is uploaded first (`POST /files`); starting names it. */
  start: command({
    name: 'imports.start',
    method: 'POST',
    path: '/imports',
    permission: 'imports.run',
    summary: 'Import an uploaded file, or try it without effect (dry run).',
    input: z.object({
      source: z.string().max(60),
      file: id,
      dryRun: z.boolean().default(false),
      asOf: z
        .string()
        .max(40)
        .optional()
        .meta({ description: 'Local moment in the zone (`2016-05-17T14:00`); later rows are ignored' }),
      zone: z.string().max(64).optional(),
      shift: z.boolean().default(false),
      dateOrder: dateOrder.optional().meta({ description: 'How the file writes dates, where none of them settles it' }),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'must be three letters, such as EUR')
        .optional()
        .meta({ description: 'Of amounts without a sign (ISO 4217)' }),
      sheet: z.string().max(100).optional().meta({ description: 'Name of the sheet of a workbook; else the first' }),
      mapping: importMapping
        .optional()
        .meta({ description: 'Header or `#number` → field; saved for the next file with these headers' }),
    }),
    output: importRun,
  }),
  preview: query({
    name: 'imports.preview',
    path: '/import-preview',
    permission: 'imports.run',
    summary:
      'How an uploaded file is written, and which of its columns fill which fields, before anything is imported.',
    input: z.object({ source: z.string().max(60), file: id, sheet: z.string().max(100).optional() }),
    output: z.object({
      encoding: z.string(),
      delimiter: z.string(),
      sheet: z.string().nullable(),
      sheets: z.array(z.string()),
      columns: z.array(
        z.object({
          /** From 1 on, and as letters. */
          column: z.int(),
          letter: z.string(),
          header: z.string(),
          /** The field it fills as things stand. */
          field: z.string().nullable(),
          /** What its first rows hold. */
          samples: z.array(z.string()),
        }),
      ),
      fields: z.array(field),
      /** Fields without a column that must have one, or of which one must. */
      missing: z.array(z.string()),
      problems: z.array(z.string()),
      /** How the first rows write dates: `unknown` where somebody must say; null where there are none, or none that could be misread. */
      dateOrder: z.enum(['dmy', 'mdy', 'unknown']).nullable(),
    }),
  }),
  mappings: query({
    name: 'imports.mappings',
    path: '/import-mappings',
    permission: 'imports.run',
    summary: 'Mappings of headers that were saved by name.',
    input: z.object({ source: z.string().max(60).optional() }),
    output: z.object({ items: z.array(savedMapping) }),
  }),
  saveMapping: command({
    name: 'imports.saveMapping',
    method: 'PUT',
    path: '/import-mappings',
    permission: 'imports.run',
    summary: 'Save a mapping by name; one with this name is replaced.',
    input: z.object({ source: z.string().max(60), name: line(60), mapping: importMapping }),
    output: savedMapping,
  }),
  forgetMapping: command({
    name: 'imports.forgetMapping',
    method: 'DELETE',
    path: '/import-mappings/{id}',
    permission: 'imports.run',
    summary: 'Forget a saved mapping. Imports that used it keep it.',
    input: z.object({ id }),
    output: z.object({}),
  }),
  carryOut: command({
    name: 'imports.carryOut',
    method: 'POST',
    path: '/imports/{id}/carrying-out',
    permission: 'imports.run',
    summary: 'Import what was tried (dry run): the same file with the same mapping and options.',
    input: z.object({ id }),
    output: importRun,
  }),
  cancel: command({
    name: 'imports.cancel',
    method: 'POST',
    path: '/imports/{id}/cancellation',
    permission: 'imports.run',
    summary: 'Stop an import; what is in stays.',
    input: z.object({ id }),
    output: importRun,
  }),
  resume: command({
    name: 'imports.resume',
    method: 'POST',
    path: '/imports/{id}/resumption',
    permission: 'imports.run',
    summary: 'Go on with a stopped or failed import.',
    input: z.object({ id }),
    output: importRun,
  }),
}

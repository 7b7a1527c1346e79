import { z } from 'zod'
import { command, id, instant, listOf, page, query, queryList, refusals } from './action.ts'

export const verdict = z.enum(['created', 'updated', 'unchanged', 'rejected'])
/** `created`, `updated` and `unchanged` count incidents; `rows`, `rejected` and `warnings` count rows of the file. */
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
          fields: z.array(
            z.object({ field: z.string(), title: z.string(), required: z.boolean(), aliases: z.array(z.string()) }),
          ),
          options: z.array(z.enum(['asOf', 'zone', 'shift'])),
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
      mapping: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: 'Header → field; saved for the next file with these headers' }),
    }),
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

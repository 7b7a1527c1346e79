import type { Output } from '../../contract/action.ts'
import type { imports } from '../../contract/imports.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { columnLetter } from '../platform/imports/column-letter.ts'
import { addEvidence, type DateEvidence } from '../platform/imports/date-evidence.ts'
import { fieldsOf } from '../platform/imports/fields-of.ts'
import { ImportProblem } from '../platform/imports/import-problem.ts'
import { savedMapping } from '../platform/imports/imports-store.ts'
import { headersHash, matchColumns } from '../platform/imports/match-headers.ts'
import { readTable } from '../platform/imports/read-table.ts'
import { sheetsOf, sniff } from '../platform/imports/sniff.ts'
import type { ImportField, ImportSource } from '../platform/imports/source.ts'
import { said } from './shown-import.ts'

const rowsRead = 2000
const samplesShown = 3
const longestSample = 80

/** Fields in words. A field of the organisation's own has its title as it was given. */
export const shownFields = (fields: readonly ImportField[]) =>
  fields.map(({ field, title, required, aliases }) => ({
    field,
    title: sentence(title),
    required,
    aliases: [...aliases],
  }))

/** The first rows of a file, headers first. */
async function firstRows(path: string, sniffed: Awaited<ReturnType<typeof sniff>>) {
  const rows: { row: number; cells: readonly string[] }[] = []
  for await (const batch of readTable(path, sniffed)) {
    for (const { row, cells, problem } of batch) if (problem === null || rows.length === 0) rows.push({ row, cells })
    if (rows.length > rowsRead) break
  }
  return rows
}

/** Reads the beginning of a file and answers which column would fill which field. 400 in words where it is no table. */
export async function previewFile(
  ctx: Ctx,
  source: ImportSource,
  path: string,
  sheet: string | null,
): Promise<Output<typeof imports.preview>> {
  try {
    return await preview(ctx, source, path, sheet)
  } catch (error) {
    if (error instanceof ImportProblem) throw new Problem(400, error.sentence.code, error.sentence.params)
    throw error
  }
}

async function preview(ctx: Ctx, source: ImportSource, path: string, sheet: string | null) {
  const { organisation, zone } = ctx.actor
  const sniffed = await sniff(path, sheet)
  const [head, ...rows] = await firstRows(path, sniffed)
  const headers = head?.cells ?? []
  const fields = await fieldsOf(ctx.tx, source, organisation)
  const saved = (await savedMapping(ctx.tx, source.source, headersHash(headers))) ?? {}
  const { columns, taken, problems } = matchColumns(headers, fields, saved, source.keepsRest)
  const missing = fields.filter((f) => f.required && !taken.has(f.field)).map((f) => f.field)
  const one = source.needsOneOf ?? []
  const evidence: DateEvidence = {}
  for (const [i, field] of columns.entries())
    if (fields.find((f) => f.field === field)?.isDate === true)
      for (const { row, cells } of rows) addEvidence(evidence, row, (cells[i] ?? '').trim())
  const settled = evidence.dmy === undefined ? (evidence.mdy === undefined ? null : ('mdy' as const)) : ('dmy' as const)
  return {
    encoding: sniffed.encoding,
    delimiter: sniffed.delimiter,
    sheet: sniffed.sheet,
    sheets: await sheetsOf(path),
    columns: headers.map((header, i) => ({
      column: i + 1,
      letter: columnLetter(i + 1),
      header: header.trim().slice(0, 200),
      field: columns[i] ?? null,
      samples: samplesOf(rows.map(({ cells }) => cells[i] ?? '')),
    })),
    fields: shownFields(fields),
    missing: missing.length > 0 ? missing : one.some((field) => taken.has(field)) ? [] : [...one],
    problems: problems.map((problem) => said(problem, zone)),
    dateOrder: settled ?? (evidence.either === undefined ? null : ('unknown' as const)),
  }
}

/** The first few cells of a column that hold something, each once. */
const samplesOf = (cells: readonly string[]): string[] =>
  [...new Set(cells.map((cell) => cell.replace(/\s+/g, ' ').trim().slice(0, longestSample)))]
    .filter((cell) => cell !== '')
    .slice(0, samplesShown)

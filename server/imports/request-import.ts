import type { Ctx } from '../platform/ctx.ts'
import { Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import {
  importById,
  type ImportOptions,
  insertImport,
  sameImport,
  shiftOfFile,
  type StoredImport,
} from '../platform/imports/imports-store.ts'
import type { DateOrder } from '../platform/imports/dates.ts'
import type { ImportSource } from '../platform/imports/source.ts'
import { weeksOf, whyNotOptions } from './rules/import-options.ts'

export interface Requested {
  source: ImportSource
  fileName: string
  sha256: Buffer
  dryRun: boolean
  asOf: string | null
  zone: string
  shift: boolean
  mapping: Record<string, string>
  dateOrder: DateOrder | null
  /** ISO 4217. */
  currency: string | null
  /** Name of the sheet of a workbook; null: the first. */
  sheet: string | null
}

/** What of a request decides how the file is read; what was not said is not there. */
export const optionsOf = (given: Omit<Requested, 'source' | 'fileName' | 'sha256' | 'dryRun'>): ImportOptions => ({
  zone: given.zone,
  asOf: given.asOf,
  shift: given.shift,
  mapping: given.mapping,
  ...(given.dateOrder === null ? {} : { dateOrder: given.dateOrder }),
  ...(given.currency === null ? {} : { currency: given.currency }),
  ...(given.sheet === null ? {} : { sheet: given.sheet }),
})

/** Records an import that is to be run. The same file with the same options is shifted as it was the first time. */
export async function requestImport(ctx: Ctx, given: Requested): Promise<StoredImport> {
  const options = optionsOf(given)
  const refusal = whyNotOptions(options)
  if (refusal !== null) throw new Problem(400, refusal.code, refusal.params ?? {})
  const of = { organisation: ctx.actor.organisation, source: given.source.source, sha256: given.sha256 }
  const before = given.shift
    ? ((await sameImport(ctx.tx, { ...of, options }))?.shift_weeks ?? (await shiftOfFile(ctx.tx, of)))
    : 0
  const id = newId()
  const { kind, id: actor, name } = ctx.actor
  await insertImport(ctx.tx, {
    id,
    organisation_id: of.organisation,
    source: of.source,
    file_name: given.fileName,
    file_sha256: given.sha256,
    options,
    dry_run: given.dryRun,
    shift_weeks: before ?? weeksOf(options, ctx.now),
    actor: { kind, id: actor, name },
  })
  ctx.record({
    type: 'import.started',
    subject: { kind: 'import', id },
    after: { source: of.source, file: given.fileName, dryRun: given.dryRun, ...options },
  })
  return (await importById(ctx.tx, id))!
}

import type { ImportRun } from '../../contract/imports.ts'
import { sentence } from '../platform/catalogue.ts'
import { noCounts, type StoredImport } from '../platform/imports/imports-store.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { Sentence } from '../platform/sentences.ts'
import { whyNotCancel, whyNotCarryOut, whyNotResume } from './rules/import-states.ts'

/** A stored sentence, or a text that is a key of one, in words. */
export const said = ({ code, params }: Sentence, zone: string): string => sentence(code, params, zone)
const inWords = (text: string): string => sentence(text)

/** An import as the contract shows it, for a reader in `zone`. */
export const shownImport = (run: StoredImport, zone: string): ImportRun => ({
  id: run.id,
  source: run.source,
  fileName: run.file_name,
  dryRun: run.dry_run,
  status: run.status,
  progress: run.progress,
  phase: inWords(run.phase),
  // the database keeps the counts in an order of its own
  counts: { ...noCounts, ...run.counts },
  asOf: run.options.asOf,
  zone: run.options.zone,
  shiftWeeks: run.shift_weeks,
  startedAt: run.started_at,
  finishedAt: run.finished_at,
  createdAt: run.created_at,
  by: run.actor.name,
  error: run.error === null ? null : said(run.error, zone),
  sniffed:
    run.sniffed === null
      ? null
      : { ...run.sniffed, sheet: run.sniffed.sheet ?? null, problems: run.sniffed.problems.map((p) => said(p, zone)) },
  report: run.report.map(({ title, columns, rows }) => ({
    title: inWords(title),
    columns: columns.map(inWords),
    rows:
      title === 'imports.report.warnings'
        ? rows.map(([kind = '', ...rest]) => [inWords(`imports.warnings.${kind}`), ...rest])
        : rows,
  })),
  refusals: shownRefusals({
    cancel: whyNotCancel(run),
    resume: whyNotResume(run),
    carryOut: whyNotCarryOut({ status: run.status, dryRun: run.dry_run }),
  }),
})

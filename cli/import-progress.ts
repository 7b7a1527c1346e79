import type { ImportRun } from '../contract/imports.ts'
import { sentence } from '../server/platform/catalogue.ts'

interface Running {
  phase: string
  progress: number
  counts: { incidents: number; rejected: number }
}

const width = 24
const lineEveryMs = 5000

/** A bar that is drawn over on a terminal; elsewhere a line for each tenth, and now and then. */
export function importProgress(out: NodeJS.WriteStream, records: string) {
  let last = 0
  let tenth = 0
  return {
    show(run: Running): void {
      const filled = Math.round(run.progress * width)
      const line = `[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${String(Math.floor(run.progress * 100)).padStart(3)} %  ${sentence(run.phase)}, ${run.counts.incidents.toLocaleString('en')} ${records}`
      if (out.isTTY) out.write(`\r${line.padEnd(78)}`)
      else if (performance.now() - last >= lineEveryMs || Math.floor(run.progress * 10) !== tenth) {
        last = performance.now()
        tenth = Math.floor(run.progress * 10)
        out.write(`${line}\n`)
      }
    },
    waiting: (): void => void out.write('Another import is running; this one waits for its end.\n'),
    end: (): void => void (out.isTTY && out.write(`\r${' '.repeat(78)}\r`)),
  }
}

/** The findings over the whole file as tables. */
export function showReport(out: NodeJS.WriteStream, run: ImportRun): void {
  if (run.shiftWeeks !== 0) out.write(`All moments were moved by ${run.shiftWeeks} weeks.\n`)
  for (const problem of run.sniffed?.problems ?? []) out.write(`${problem}\n`)
  for (const { title, columns, rows } of run.report) {
    const lines = [columns, ...rows]
    const widths = columns.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)))
    out.write(`\n${title}\n`)
    for (const line of lines)
      out.write(
        `  ${line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   ')}\n`,
      )
  }
}

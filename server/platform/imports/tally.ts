import type { Tallies } from './imports-store.ts'
import type { PlannedSubject, ReportTable } from './source.ts'

/** Adds what became of a portion's subjects to the counts that the report is made of. */
export function addTallies(tallies: Tallies, planned: readonly PlannedSubject[]): void {
  const add = (table: string, row: string) => {
    const counts = (tallies[table] ??= {})
    counts[row] = (counts[row] ?? 0) + 1
  }
  for (const subject of planned) {
    if (subject.verdict !== null) for (const [table, row] of Object.entries(subject.tally)) add(table, row)
    for (const kind of subject.warnings) add('warnings', kind)
  }
}

/** Counts as tables, the largest first. Titles and, for warnings, rows are keys of sentences. */
export const reportOf = (tallies: Tallies): ReportTable[] =>
  Object.entries(tallies).map(([table, counts]) => ({
    title: `imports.report.${table}`,
    columns: [`imports.report.${table}.row`, 'imports.report.count'],
    rows: Object.entries(counts)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .map(([row, count]) => [row, String(count)]),
  }))

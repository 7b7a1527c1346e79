import { cut } from '../../../platform/rules/storable-text.ts'
import type { SourceMoment } from './source-moments.ts'
import type { IncidentRow } from './incident-rows.ts'
import { known } from './incident-rows.ts'

/** Columns that have become columns, or that say nothing about the incident itself. */
const dropped = new Set(['number', 'active', 'sys_updated_by', 'short_description'])

/**
 * What the source says about an incident, as it says it, from its last row. This log carries the end of each incident in
 * every row: what was not yet so at `until` (an instant in ms) is left out.
 */
export function factsOf(
  last: IncidentRow,
  moment: (text: string) => SourceMoment | null,
  until: number,
): Record<string, string> {
  const isFuture = (field: string) => (moment(last.cells[field] ?? '')?.at ?? -Infinity) > until
  const unknown = new Set([
    ...(isFuture('resolved_at') ? ['resolved_at', 'resolved_by'] : []),
    ...(isFuture('closed_at') ? ['closed_at', 'closed_code'] : []),
  ])
  const facts: Record<string, string> = {}
  for (const [field, cell] of Object.entries(last.cells)) {
    const value = known(cell)
    if (value !== null && !dropped.has(field) && !unknown.has(field)) facts[field] = value
  }
  return facts
}

/** A title from what is known, since the log has none: "Symptom 72 · Category 55 / Subcategory 170". */
export function titleOf(key: string, facts: Readonly<Record<string, string>>, given: string | null): string {
  if (given !== null) return cut(given, 200)
  const place = [facts['category'], facts['subcategory']].filter((part) => part !== undefined).join(' / ')
  return cut([facts['u_symptom'], place].filter((part) => part !== undefined && part !== '').join(' · '), 200) || key
}

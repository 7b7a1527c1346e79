import { type AuditCounts, counterOf } from './audits-store.ts'

type Counted = { bucket: keyof typeof counterOf; remedy?: string | null }

/** What becomes of the counters when rows become others. Excluded ones are not to be settled. */
export function countsMoved(before: readonly Counted[], after: readonly Counted[]): Partial<AuditCounts> {
  const change: Record<string, number> = {}
  const add = (rows: readonly Counted[], by: number) => {
    for (const { bucket, remedy } of rows) {
      change[counterOf[bucket]] = (change[counterOf[bucket]] ?? 0) + by
      if (bucket !== 'excluded' && (remedy ?? null) === null) change['unsettled'] = (change['unsettled'] ?? 0) + by
    }
  }
  add(before, -1)
  add(after, 1)
  return change
}

import type { Severity } from '../../../contract/monitoring.ts'

const meant: [Severity, string][] = [
  [
    'critical',
    'critical crit disaster fatal emergency emerg alert p1 sev1 sev-1 down unreachable immediate highest 1 blocker',
  ],
  ['error', 'error err high major severe p2 sev2 sev-2 2'],
  ['warning', 'warning warn average medium moderate minor p3 sev3 sev-3 3 unknown'],
  [
    'info',
    'info information informational low lowest notice debug trace p4 p5 sev4 sev5 4 5 ok up none not-classified',
  ],
]
const byWord = new Map(meant.flatMap(([severity, words]) => words.split(' ').map((word) => [word, severity] as const)))

/**
 * What a word of another system means: syslog (RFC 5424), Nagios and Icinga states, Zabbix, the labels of Prometheus, priorities P1 to P5. A word that is
 * not known counts as a warning, so that nothing is passed over.
 */
export function severityOf(word: string | null): Severity {
  if (word === null) return 'warning'
  const plain = word
    .toLowerCase()
    .trim()
    .replace(/[\s_]+/g, '-')
  return byWord.get(plain) ?? byWord.get(plain.split('-').at(-1)!) ?? 'warning'
}

const rank: Record<Severity, number> = { critical: 0, error: 1, warning: 2, info: 3 }
/** Whether something so bad opens a ticket where tickets are opened from `from` on. */
export const isBadEnough = (severity: Severity, from: Severity | 'never'): boolean =>
  from !== 'never' && rank[severity] <= rank[from]

/** Impact and urgency (ITIL 4; 1 high, 2 medium, 3 low) of the ticket of an alert. */
export const impactAndUrgency: Record<Severity, { impact: number; urgency: number }> = {
  critical: { impact: 1, urgency: 1 },
  error: { impact: 2, urgency: 1 },
  warning: { impact: 2, urgency: 2 },
  info: { impact: 3, urgency: 3 },
}

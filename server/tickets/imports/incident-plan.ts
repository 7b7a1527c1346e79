import { createHash, hash } from 'node:crypto'
import type { PlannedSubject, RowVerdict, SubjectRows, Verdict } from '../../platform/imports/source.ts'
import type { Sentence } from '../../platform/sentences.ts'
import type { KnownSource } from './sources-store.ts'
import { factsOf, titleOf } from './rules/incident-facts.ts'
import { historyOf, type Step } from './rules/incident-history.ts'
import { type IncidentRow, known, readIncidentRows } from './rules/incident-rows.ts'
import type { SourceMoment } from './rules/source-moments.ts'
import { serviceNowFields } from './servicenow-fields.ts'

/** What is to be written of an incident. */
export interface IncidentPlan {
  key: string
  /** The ticket it already is. */
  ticket: string | null
  title: string
  openedAt: number
  lastAt: number
  /** The whole history; `fresh` are the steps not yet recorded. */
  steps: readonly Step[]
  fresh: readonly Step[]
  digest: string
  rowsTaken: string
  shiftWeeks: number
  facts: Record<string, string>
  /** When IT answered the requester, as far as the source tells (instants in ms). */
  answers?: readonly number[]
}

export type PlannedIncident = PlannedSubject<IncidentPlan | null>

export interface Reading {
  moment: (text: string) => SourceMoment | null
  /** Instant in ms after which nothing is known. */
  until: number
  shiftWeeks: number
}

/** What makes a row the same row in a later file: its moment and what it tells of the course, not what the log fills in afterwards. */
const courseFields = [
  'sys_updated_at',
  'sys_mod_count',
  'incident_state',
  'assignment_group',
  'assigned_to',
  'caller_id',
  'category',
  'subcategory',
  'impact',
  'urgency',
  'priority',
  'vendor',
]
const fieldNames = serviceNowFields.map((f) => f.field)

const rowHash = (row: IncidentRow): string =>
  hash('sha1', courseFields.map((f) => row.cells[f] ?? '').join('\u001f'), 'hex').slice(0, 16)

function digestOf(rows: readonly IncidentRow[], facts: Record<string, string>): string {
  const digest = createHash('sha256')
  const timeless = fieldNames.filter((f) => !['resolved_at', 'resolved_by', 'closed_at', 'closed_code'].includes(f))
  for (const { cells } of rows) digest.update(`${timeless.map((f) => cells[f] ?? '').join('\u001f')}\u001e`)
  return digest.update(JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)))).digest('hex')
}

/** Decides what becomes of one incident, from its rows and what is known of it already. Writes nothing. */
export function planIncident(
  subject: SubjectRows,
  source: KnownSource | undefined,
  taken: boolean,
  reading: Reading,
): PlannedIncident {
  const { key } = subject
  const read = readIncidentRows(key, subject.rows, reading.moment, reading.until)
  const verdicts = (
    rows: readonly { row: number; messages: readonly Sentence[] }[],
    verdict: (row: number) => Verdict,
  ): RowVerdict[] => rows.map(({ row, messages }) => ({ row, key, verdict: verdict(row), messages }))
  const left = verdicts(
    read.later.map((row) => ({ row, messages: [{ code: 'imports.later-than-as-of', params: {} }] })),
    () => 'unchanged',
  )
  const answer = (
    verdict: PlannedIncident['verdict'],
    rows: RowVerdict[],
    plan: IncidentPlan | null,
    tally: Record<string, string> = {},
  ): PlannedIncident => ({
    key,
    verdict,
    rows: [...rows, ...read.rejected, ...left],
    warnings: read.warnings,
    tally,
    plan,
  })
  if (read.known.length === 0) return answer(null, [], null)
  if (taken && source === undefined) {
    const messages = [{ code: 'imports.reference-taken', params: { reference: key } }]
    return answer(
      null,
      verdicts(
        read.known.map((r) => ({ row: r.row, messages })),
        () => 'rejected',
      ),
      null,
    )
  }
  const last = read.known.at(-1)!
  const facts = factsOf(last, reading.moment, reading.until)
  const digest = digestOf(read.known, facts)
  const steps = historyOf(read.known)
  const tally = { states: steps.at(-1)!.after.sourceState }
  if (source !== undefined && source.digest === digest)
    return answer(
      'unchanged',
      verdicts(read.known, () => 'unchanged'),
      null,
      tally,
    )
  const hashes = new Map(read.known.map((row) => [row.row, rowHash(row)]))
  const isTaken = (row: number) => source !== undefined && source.rows.has(hashes.get(row)!)
  const plan: IncidentPlan = {
    key,
    ticket: source?.ticket ?? null,
    title: titleOf(key, facts, known(last.cells['short_description'])),
    openedAt: Math.min(last.openedAt, read.known[0]!.at),
    lastAt: last.at,
    steps,
    fresh: steps.filter((step) => !isTaken(step.row)),
    digest,
    rowsTaken: [...new Set([...(source?.rows ?? []), ...hashes.values()])].join(''),
    shiftWeeks: reading.shiftWeeks,
    facts,
  }
  if (source === undefined)
    return answer(
      'created',
      verdicts(read.known, () => 'created'),
      plan,
      tally,
    )
  return answer(
    'updated',
    verdicts(read.known, (row) => (isTaken(row) ? 'unchanged' : 'updated')),
    plan,
    tally,
  )
}

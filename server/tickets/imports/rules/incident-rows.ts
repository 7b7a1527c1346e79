import type { RowVerdict, SourceRow } from '../../../platform/imports/source.ts'
import type { Sentence } from '../../../platform/sentences.ts'
import type { TicketState } from '../../../../contract/tickets.ts'
import type { SourceMoment } from './source-moments.ts'
import { stateOf } from './source-states.ts'
import { cut } from '../../../platform/rules/storable-text.ts'

/** A row that tells something about an incident, understood. */
export interface IncidentRow {
  row: number
  at: number
  openedAt: number
  /** Null: the source's state says nothing here, the one before stays. */
  state: TicketState | null
  cells: Readonly<Record<string, string>>
  messages: Sentence[]
}

export interface ReadRows {
  /** In order of moments, in file order where moments are equal. */
  known: IncidentRow[]
  rejected: RowVerdict[]
  /** Rows of what happened after the as-of moment. */
  later: number[]
  warnings: string[]
}

/** What a source writes for "not known". */
export const known = (cell: string | undefined): string | null =>
  cell === undefined || cell === '' || cell === '?' ? null : cell.replace(/\s+/g, ' ')

/** Understands the rows of one incident: rejects what cannot be used, leaves out what lies after `until` (an instant in ms). */
export function readIncidentRows(
  key: string,
  rows: readonly SourceRow[],
  moment: (text: string) => SourceMoment | null,
  until: number,
): ReadRows {
  const read: ReadRows = { known: [], rejected: [], later: [], warnings: [] }
  for (const { row, cells } of rows) {
    const reject = (column: string) =>
      void read.rejected.push({
        row,
        key,
        verdict: 'rejected',
        messages: [{ code: 'imports.bad-moment', params: { column, value: cut(cells[column] ?? '', 60) } }],
      })
    const at = moment(cells['sys_updated_at'] ?? '')
    const opened = moment(cells['opened_at'] ?? '')
    if (at === null) {
      reject('sys_updated_at')
      continue
    }
    if (opened === null) {
      reject('opened_at')
      continue
    }
    if (at.at > until) {
      read.later.push(row)
      continue
    }
    const messages: Sentence[] = []
    const warn = (kind: string, params: Record<string, unknown> = {}) => {
      messages.push({ code: `imports.warning.${kind}`, params })
      read.warnings.push(kind)
    }
    if (at.local !== 'once')
      warn(at.local === 'twice' ? 'time-twice' : 'time-never', { value: cells['sys_updated_at'] })
    const state = stateOf(cells['incident_state'] ?? '') ?? null
    if (state === null) warn('state-unknown', { value: cut(cells['incident_state'] ?? '', 60) })
    const last = read.known.at(-1)
    if (last !== undefined && at.at < last.at) warn('out-of-order', { value: cells['sys_updated_at'] })
    read.known.push({ row, at: at.at, openedAt: opened.at, state, cells, messages })
  }
  read.known.sort((a, b) => a.at - b.at || a.row - b.row)
  return read
}

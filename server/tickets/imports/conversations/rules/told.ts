import { hash } from 'node:crypto'
import type { TicketState } from '../../../../../contract/tickets.ts'
import { readYesNo } from '../../../../platform/imports/cell-words.ts'
import type { SourceRow } from '../../../../platform/imports/source.ts'
import type { Sentence } from '../../../../platform/sentences.ts'
import { wordOfPerson } from '../../origin.ts'
import { type GivenFile, readFiles } from './given-files.ts'
import { type EntryKind, entryKindOf, levelOfThree, priorityOf, stateFor } from './words.ts'

/** One entry of a ticket's course at the source. Instants in ms; people by their words. */
export interface Entry {
  row: number
  identity: string
  kind: EntryKind
  at: number
  by: string | null
  text: string
  isHtml: boolean
  public: boolean
  files: GivenFile[]
  old: string
  new: string
}

/** What a file says of one ticket; null where it says nothing. */
export interface Told {
  title: string | null
  description: { text: string; isHtml: boolean } | null
  files: GivenFile[]
  requester: string | null
  queue: string | null
  assignee: string | null
  state: TicketState | null
  priority: number | null
  impact: number | null
  urgency: number | null
  category: string | null
  subcategory: string | null
  createdAt: number | null
  updatedAt: number | null
  resolvedAt: number | null
  closedAt: number | null
  mergedInto: string | null
  entries: Entry[]
  /** Columns without a place here. */
  rest: Record<string, string>
}

export interface Said {
  told: Told
  messages: Map<number, Sentence[]>
  rejected: Map<number, Sentence>
  warnings: string[]
}

export interface Words {
  moment: (text: string) => number | null
  states: ReadonlyMap<string, string>
  /** Instant in ms after which nothing is known. */
  until: number
}

const known = (cell: string | undefined): string | null => {
  const line = (cell ?? '').replace(/\s+/g, ' ').trim()
  return line === '' || line === '?' || line === '-' || /^(nobody|none|unassigned|null|nicht zugewiesen)$/i.test(line)
    ? null
    : line
}
const htmlTag = /<(p|div|br|html|body|span|table|ul|ol|li|a|b|strong|em|blockquote|pre|h[1-6]|img)\b[^>]*>/i
const nameMost = 200

/** Understands the rows of one ticket: what is said of it, and its conversation. A cell without a sense is left out and said; a row of the conversation without one is rejected. */
export function toldBy(rows: readonly SourceRow[], words: Words): Said {
  const said: Said = { told: nothing(), messages: new Map(), rejected: new Map(), warnings: [] }
  const { told } = said
  const warn = (row: number, kind: string, params: Record<string, unknown> = {}) => {
    said.messages.set(row, [...(said.messages.get(row) ?? []), { code: `imports.warning.${kind}`, params }])
    said.warnings.push(kind)
  }
  const warned = new Set<string>()
  const once = (row: number, kind: string, params: { column: string; value: string }) => {
    const key = `${kind} ${params.column} ${params.value}`
    if (!warned.has(key)) warn(row, kind, { ...params, value: params.value.slice(0, 60) })
    warned.add(key)
  }
  const seen = new Map<string, number>()
  for (const { row, cells } of rows) {
    const cell = (field: string) => cells[field] ?? ''
    const date = (field: string): number | null => {
      if (cell(field) === '') return null
      const at = words.moment(cell(field))
      if (at === null) once(row, 'bad-moment', { column: field, value: cell(field) })
      if (at !== null && at > words.until) {
        once(row, 'future-moment', { column: field, value: cell(field) })
        return null
      }
      return at
    }
    const person = (field: string) => wordOfPerson(known(cell(field)) ?? '', cell(`${field}_email`).trim())
    const level = (field: string, read: (text: string) => number | null): number | null => {
      if (known(cell(field)) === null) return null
      const found = read(cell(field))
      if (found === null) once(row, 'level-unknown', { column: field, value: cell(field) })
      return found
    }
    const line = (field: string): string | null => {
      const text = known(cell(field))
      if (text === null || text.length <= nameMost) return text
      once(row, 'cut', { column: field, value: '', most: nameMost } as { column: string; value: string })
      return text.slice(0, nameMost).toWellFormed()
    }
    told.title ??= line('title')
    if (told.description === null && cell('description').trim() !== '')
      told.description = { text: cell('description'), isHtml: htmlTag.test(cell('description')) }
    told.requester ??= person('requester')
    told.queue ??= line('queue')?.slice(0, 100) ?? null
    told.assignee ??= person('assignee')
    const category = line('category')?.split(/\s*(?:::|>|\/)\s*/) ?? []
    told.category ??= category[0]?.slice(0, 100) || null
    told.subcategory ??= line('subcategory')?.slice(0, 100) ?? (category.slice(1).join(' / ').slice(0, 100) || null)
    told.mergedInto ??= known(cell('merged_into'))
    if (told.state === null && known(cell('state')) !== null) {
      const state = stateFor(cell('state'), words.states)
      if (state === undefined) once(row, 'ticket-state-unknown', { column: 'state', value: cell('state') })
      told.state = state ?? 'in_progress'
      if (state === undefined) told.rest['state'] = cell('state').slice(0, nameMost)
    }
    told.priority ??= level('priority', priorityOf)
    if (told.priority === null && known(cell('priority')) !== null)
      told.rest['priority'] ??= cell('priority').slice(0, nameMost)
    told.impact ??= level('impact', levelOfThree)
    told.urgency ??= level('urgency', levelOfThree)
    told.createdAt ??= date('created_at')
    told.updatedAt ??= date('updated_at')
    told.resolvedAt ??= date('resolved_at')
    told.closedAt ??= date('closed_at')
    if (told.files.length === 0 && cell('attachments') !== '') told.files = filesOf(row, 'attachments')
    for (const [field, value] of Object.entries(cells))
      if (field.startsWith('rest:') && value !== '' && !field.startsWith('rest:entry.'))
        told.rest[field.slice(5)] ??= value.slice(0, 2000).toWellFormed()
    const entry = entryOf(row)
    if (entry !== null) told.entries.push(entry)

    function filesOf(at: number, field: string): GivenFile[] {
      const read = readFiles(cell(field))
      for (const problem of read.problems) warn(at, problem.kind, { name: problem.name })
      return read.files
    }
    function entryOf(at: number): Entry | null {
      const html = cell('entry_html').trim()
      const text = html === '' ? cell('entry_text') : html
      const files = cell('entry_attachments') === '' ? [] : filesOf(at, 'entry_attachments')
      const changed = known(cell('entry_field'))
      if (text.trim() === '' && files.length === 0 && changed === null && cell('entry_new') === '') return null
      const reject = (code: string, params: Record<string, unknown> = {}) => {
        said.rejected.set(at, { code, params })
        return null
      }
      const when = words.moment(cell('entry_at'))
      if (cell('entry_at') !== '' && when === null)
        return reject('imports.bad-moment', { column: 'entry_at', value: cell('entry_at').slice(0, 60) })
      if (when !== null && when > words.until) return reject('imports.later-than-as-of')
      const word = cell('entry_type') || cell('entry_list')
      const kind = changed === null ? entryKindOf(word) : (entryKindOf(changed) ?? 'other')
      const isPublic =
        readYesNo(cell('entry_public')) ??
        (readYesNo(cell('entry_internal')) === null ? null : !readYesNo(cell('entry_internal')))
      const isNote = kind === undefined || kind === 'reply' || kind === 'note'
      const by = person('entry_author')
      const id = cell('entry_id').trim()
      const content = hash('sha1', JSON.stringify([cell('entry_at'), by, text, changed, cell('entry_new')]), 'hex')
      const times = (seen.get(content) ?? 0) + 1
      if (id === '') seen.set(content, times)
      return {
        row: at,
        identity: hash('sha1', id === '' ? `${content} ${times}` : `id ${id}`, 'hex').slice(0, 16),
        kind: !isNote ? kind : isPublic === null ? (kind ?? 'note') : isPublic ? 'reply' : 'note',
        at: when ?? told.updatedAt ?? told.createdAt ?? words.until,
        by,
        text,
        isHtml: html !== '' || htmlTag.test(text),
        public: isNote && (isPublic ?? kind === 'reply'),
        files,
        old: cell('entry_old'),
        new: cell('entry_new'),
      }
    }
  }
  const opened = told.entries.find((e) => e.kind === 'opened')
  if (opened !== undefined) {
    if (opened.text.trim() !== '') told.description ??= { text: opened.text, isHtml: opened.isHtml }
    told.files = [...told.files, ...opened.files]
    told.requester ??= opened.by
    told.createdAt ??= opened.at
  }
  told.entries.sort((a, b) => a.at - b.at || a.row - b.row)
  return said
}

const nothing = (): Told => ({
  title: null,
  description: null,
  files: [],
  requester: null,
  queue: null,
  assignee: null,
  state: null,
  priority: null,
  impact: null,
  urgency: null,
  category: null,
  subcategory: null,
  createdAt: null,
  updatedAt: null,
  resolvedAt: null,
  closedAt: null,
  mergedInto: null,
  entries: [],
  rest: {},
})

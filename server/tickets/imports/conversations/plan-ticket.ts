import { createHash, hash } from 'node:crypto'
import type { SaidBefore } from '../../../platform/imports/imported-values.ts'
import type { PlannedSubject, RowVerdict, SourceRow, SubjectRows } from '../../../platform/imports/source.ts'
import type { Sentence } from '../../../platform/sentences.ts'
import type { IncidentPlan } from '../incident-plan.ts'
import type { Snapshot } from '../rules/incident-history.ts'
import { longestBody } from './body-of.ts'
import { freshSteps } from './fresh-steps.ts'
import type { FieldTexts, KnownTicket } from './known-tickets.ts'
import { courseOf } from './rules/course.ts'
import { type Entry, type Told, toldBy, type Words } from './rules/told.ts'

type Field = keyof FieldTexts

/** What is to be written of a ticket and its conversation. */
export interface TicketPlan extends IncidentPlan {
  /** `key` is the reference here; this is what the source calls the ticket. */
  sourceKey: string
  told: Told
  notes: Entry[]
  /** Fields that the source says anew; at a new ticket all. */
  writes: readonly Field[]
  /** What the source says of each field, to be compared the next time. */
  says: Readonly<Partial<FieldTexts>>
  /** Of fields that were changed here: what the source says now, beside the value that was taken last. */
  keptSaid: SaidBefore
  /** Somebody has worked on it here since it came. */
  isTouched: boolean
  /** The state at the source is known, and nothing stands against building the clocks anew from it. */
  rebuildsClocks: boolean
}
export type PlannedTicket = PlannedSubject<TicketPlan | null>

const allFields: readonly Field[] = [
  'title',
  'description',
  'state',
  'priority',
  'queue',
  'assignee',
  'requester',
  'category',
]

export function digestOf(rows: readonly SourceRow[]): string {
  const digest = createHash('sha256')
  for (const { cells } of rows)
    for (const [field, cell] of Object.entries(cells).sort(([a], [b]) => (a < b ? -1 : 1)))
      if (cell !== '') digest.update(`${field}\u001f${cell}\u001e`)
  return digest.digest('hex')
}

const textsOf = (told: Told, end: Snapshot, title: string): Partial<FieldTexts> => ({
  title,
  ...(told.description === null ? {} : { description: hash('sha256', told.description.text, 'hex') }),
  state: end.state,
  priority: String(end.priority),
  queue: end.group ?? '',
  assignee: end.assignee ?? '',
  requester: end.requester ?? '',
  category: end.category === null ? '' : [end.category, end.subcategory].filter((part) => part !== null).join('\u001f'),
})

/** What the source says nothing of in this file stands as it was said last. */
function withBefore(told: Told, known: KnownTicket): Told {
  const before = (field: string) => known.said[field]?.text ?? ''
  const changes = (kind: Entry['kind']) => told.entries.some((e) => e.kind === kind)
  const [category = '', subcategory] = before('category').split('\u001f')
  return {
    ...told,
    title: told.title ?? (before('title') || null),
    state: told.state ?? ((before('state') || null) as Told['state']),
    priority: told.priority ?? (Number(before('priority')) || null),
    queue: told.queue ?? (changes('queue') ? null : before('queue') || null),
    assignee: told.assignee ?? (changes('owner') ? null : before('assignee') || null),
    requester: told.requester ?? (before('requester') || null),
    category: told.category ?? (category || null),
    subcategory: told.category === null ? (subcategory ?? null) : told.subcategory,
    createdAt: told.createdAt ?? known.createdAt,
  }
}

const titleOf = (told: Told, key: string): string => {
  const text =
    told.title ??
    told.description?.text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim() ??
    ''
  return (text.length > 200 ? `${text.slice(0, 199)}…` : text).toWellFormed() || key
}

export interface Planning extends Words {
  referenceOf(key: string): string
  taken: ReadonlySet<string>
  label: string
}

/** Decides what becomes of one ticket, from what the file says of it and what is known already. Writes nothing. */
export function planTicket(subject: SubjectRows, known: KnownTicket | undefined, planning: Planning): PlannedTicket {
  const { key } = subject
  const said = toldBy(subject.rows, planning)
  const messages = new Map(said.messages)
  const firstRow = subject.rows[0]!.row
  const say = (row: number, sentence: Sentence) => void messages.set(row, [...(messages.get(row) ?? []), sentence])
  const warnings = [...said.warnings]
  const answer = (
    verdict: PlannedTicket['verdict'],
    of: (row: number) => RowVerdict['verdict'],
    plan: TicketPlan | null,
    state?: string,
  ): PlannedTicket => ({
    key,
    verdict,
    rows: subject.rows.map(({ row }) => {
      const refused = said.rejected.get(row)
      return {
        row,
        key,
        verdict: refused === undefined ? of(row) : 'rejected',
        messages: [...(messages.get(row) ?? []), ...(refused === undefined ? [] : [refused])],
      }
    }),
    warnings,
    tally: state === undefined ? {} : { states: state.replaceAll('_', ' ') },
    plan,
  })
  const refuse = (sentence: Sentence) => {
    say(firstRow, sentence)
    return answer(null, () => 'rejected', null)
  }
  const reference = known?.reference ?? planning.referenceOf(key)
  if (known === undefined && planning.taken.has(reference))
    return refuse({ code: 'imports.reference-taken', params: { reference } })
  const bare =
    said.told.title === null &&
    said.told.description === null &&
    said.told.state === null &&
    said.told.createdAt === null
  if (known === undefined && bare) return refuse({ code: 'imports.ticket-unknown', params: { key } })
  const digest = digestOf(subject.rows)
  if (known?.source.digest === digest) return answer('unchanged', () => 'unchanged', null)

  const told = known === undefined ? said.told : withBefore(said.told, known)
  const { steps, createdAt, lastAt } = courseOf(told, planning.states, planning.until)
  const end = steps.at(-1)!.after
  const title = titleOf(told, key)
  const says = textsOf(told, end, title)
  const isTaken = (identity: string) => known?.source.rows.has(identity) === true
  const notes = [
    ...told.entries.filter((e) => isNote(e) && !isTaken(e.identity)),
    ...ownNotes(told, known, lastAt, planning),
  ]
  for (const note of notes)
    if (note.text.length > longestBody) {
      say(note.row || firstRow, { code: 'imports.warning.text-long', params: { most: longestBody } })
      warnings.push('text-long')
    }

  const newer = allFields.filter(
    (f) => says[f] !== undefined && (known === undefined || known.said[f]?.text !== says[f]),
  )
  const isKept = (f: Field): boolean => {
    if (known === undefined) return false
    const before = known.said[f]
    const same = (f === 'title' || f === 'state' || f === 'priority') && says[f] === known.current[f]
    return before !== undefined && before.value !== known.current[f] && !same
  }
  const kept = newer.filter(isKept)
  for (const field of kept) {
    const value = field === 'description' ? '' : says[field]!.replace('\u001f', ' / ').slice(0, 100)
    say(firstRow, { code: 'imports.warning.ticket-kept', params: { column: field, value } })
    warnings.push('ticket-kept')
  }
  const writes = newer.filter((f) => !kept.includes(f))
  const clocked = ['state', 'priority', 'queue', 'category'] as const
  const isTouched = known !== undefined && known.said['version']?.value !== String(known.version)
  /** The state here must be the source's; then what is said of it anew counts, or an answer where nobody worked on it here. */
  const rebuilds = (): boolean => {
    if (writes.includes('state')) return true
    if (said.told.state === null || kept.some((f) => clocked.some((c) => c === f))) return false
    if (known?.current.state !== known?.said['state']?.value) return false
    return clocked.some((f) => writes.includes(f)) || (!isTouched && notes.some((n) => n.public))
  }
  const plan: TicketPlan = {
    key: reference,
    sourceKey: key,
    ticket: known?.source.ticket ?? null,
    title,
    openedAt: createdAt,
    lastAt,
    steps,
    fresh: known === undefined ? steps : freshSteps(steps, known, end, writes, isTaken),
    digest,
    rowsTaken: [
      ...new Set([
        ...(known?.source.rows ?? []),
        ...told.entries.map((e) => e.identity),
        ...notes.map((n) => n.identity),
      ]),
    ].join(''),
    shiftWeeks: 0,
    facts: { ...told.rest },
    answers: told.entries.filter((e) => e.public && e.by !== null && e.by !== told.requester).map((e) => e.at),
    told,
    notes,
    writes,
    says,
    isTouched,
    keptSaid: Object.fromEntries(kept.map((f) => [f, { text: says[f]!, value: known?.said[f]?.value ?? '' }])),
    rebuildsClocks: known !== undefined && rebuilds(),
  }
  if (known === undefined) return answer('created', () => 'created', plan, end.state)
  const freshRows = new Set([
    ...notes.map((n) => n.row),
    ...told.entries.filter((e) => !isTaken(e.identity)).map((e) => e.row),
  ])
  const isNews = writes.length + notes.length + plan.fresh.length > 0
  return answer(
    isNews ? 'updated' : 'unchanged',
    (row) => (freshRows.has(row) || (row === firstRow && writes.length > 0) ? 'updated' : 'unchanged'),
    plan,
    end.state,
  )
}

const isNote = (e: Entry): boolean =>
  e.kind === 'reply' ||
  e.kind === 'note' ||
  (e.kind === 'other' && (e.text.trim() !== '' || e.new !== '' || e.old !== ''))

/** Notes that no entry is: where the ticket was merged into, and what has no place here. */
function ownNotes(told: Told, known: KnownTicket | undefined, at: number, { referenceOf, label }: Planning): Entry[] {
  const own = (name: string, text: string): Entry => ({
    row: 0,
    identity: hash('sha1', `own ${name}`, 'hex').slice(0, 16),
    kind: 'note',
    // after everything that stands at the same moment
    at: at + 1,
    by: null,
    text,
    isHtml: false,
    public: false,
    files: [],
    old: '',
    new: '',
  })
  const notes: Entry[] = []
  if (told.mergedInto !== null)
    notes.push(own(`merged ${told.mergedInto}`, `${label}: merged into ${referenceOf(told.mergedInto)}`))
  if (Object.keys(told.rest).length > 0 && known === undefined)
    notes.push(
      own(
        'rest',
        `${label}\n\n${Object.entries(told.rest)
          .map(([header, value]) => `${header}: ${value}`)
          .join('\n')}`,
      ),
    )
  return notes.filter((note) => known?.source.rows.has(note.identity) !== true)
}

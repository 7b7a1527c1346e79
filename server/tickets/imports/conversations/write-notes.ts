import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type FileContents, keepFile, tameName } from '../../../files/public.ts'
import { insertNotes, isEmptyText, type NewNote, plainText } from '../../../notes/public.ts'
import { systemId } from '../../../platform/ctx.ts'
import { type Db, sql } from '../../../platform/db.ts'
import type { RecordedEvent } from '../../../platform/events.ts'
import { newId } from '../../../platform/identifiers.ts'
import { personWord, type TicketSettings } from '../origin.ts'
import type { RelatedRecords } from '../related-records.ts'
import { isoOf } from '../incident-events.ts'
import { bodyOf } from './body-of.ts'
import type { TicketPlan } from './plan-ticket.ts'
import type { GivenFile } from './rules/given-files.ts'
import type { Entry } from './rules/told.ts'

type Written = { plan: TicketPlan; ticket: string; isNew: boolean }

/** Writes the conversation of tickets at its original moments, with its files. Answers an event for each note. */
export async function writeNotes(
  tx: Db,
  settings: TicketSettings,
  related: RelatedRecords,
  contents: FileContents,
  written: readonly Written[],
): Promise<RecordedEvent[]> {
  const notes: NewNote[] = []
  const events: RecordedEvent[] = []
  for (const { plan, ticket, isNew } of written) {
    const keep = (file: GivenFile, note?: string) =>
      keepGiven(tx, settings, contents, file, { kind: 'ticket', id: ticket, ...(note === undefined ? {} : { note }) })
    if (isNew) {
      const { whole } = bodyOf(plan.told.description ?? { text: '', isHtml: false })
      for (const file of [...plan.told.files, ...whole]) await keep(file)
    }
    // moments of whole seconds: ids keep the order of entries
    let lastMs = 0
    for (const entry of plan.notes) {
      lastMs = Math.max(entry.at, lastMs + 1)
      const id = newId(lastMs)
      const { body, whole } = bodyOf(textOf(entry))
      const files = [...entry.files, ...whole]
      if (isEmptyText(body) && files.length === 0) continue
      const author = authorOf(entry, settings, related)
      notes.push({
        id,
        subject: { kind: 'ticket', id: ticket },
        public: entry.public,
        body,
        excerpt: plainText(body),
        author,
        at: isoOf(entry.at),
      })
      for (const file of files) await keep(file, id)
      events.push({
        id: newId(lastMs),
        type: entry.public ? 'ticket.replied' : 'ticket.noted',
        at: isoOf(entry.at),
        organisation: settings.organisation,
        actor: author,
        subject: { kind: 'ticket', id: ticket },
        cause: null,
        before: null,
        after: { note: id, public: entry.public },
      })
    }
  }
  await insertNotes(tx, notes)
  await sql`
    update tickets t set last_note_id = n.newest, last_public_note_id = n.public from (
      select g.id, (select id from notes where subject_id = g.id order by at desc, id desc limit 1) as newest,
        (select id from notes where subject_id = g.id and public order by at desc, id desc limit 1) as public
      from unnest(${[...new Set(notes.map((n) => n.subject.id))]}::uuid[]) as g(id)) n where n.id = t.id`.execute(tx)
  return events
}

const textOf = (entry: Entry): { text: string; isHtml: boolean } =>
  entry.kind === 'other' && entry.text.trim() === '' ? { text: `${entry.old} → ${entry.new}`, isHtml: false } : entry

function authorOf({ by }: Entry, { origin }: TicketSettings, related: RelatedRecords): RecordedEvent['actor'] {
  return by === null
    ? { kind: 'integration', id: systemId, name: origin.label }
    : { kind: 'person', id: related.person(by)!, name: personWord(by).name }
}

/** Content first: what no row names is harmless when the transaction fails. */
async function keepGiven(
  tx: Db,
  settings: TicketSettings,
  contents: FileContents,
  file: GivenFile,
  subject: { kind: string; id: string; note?: string },
): Promise<void> {
  const { size } = await contents.keep(Readable.from([file.content]))
  await keepFile(tx, {
    id: newId(),
    organisation: settings.organisation,
    name: tameName(file.name),
    type: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type.toLowerCase() : 'application/octet-stream',
    size,
    sha256: createHash('sha256').update(file.content).digest(),
    by: null,
    subject,
  })
}

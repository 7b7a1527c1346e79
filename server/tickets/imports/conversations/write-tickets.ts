import type { FileContents } from '../../../files/public.ts'
import { type Db, sql } from '../../../platform/db.ts'
import { writeEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/identifiers.ts'
import { keepImported, type CellSaid } from '../../../platform/imports/imported-values.ts'
import { refreshSearchText } from '../../search-text.ts'
import { clocksFromHistory, clocksGoOn, ensureServiceLevels } from '../import-clocks.ts'
import { columnsOf, eventsOf, isoOf } from '../incident-events.ts'
import { insertImported, updateImported } from '../imported-tickets-store.ts'
import { personWord, type TicketSettings } from '../origin.ts'
import type { RelatedRecords } from '../related-records.ts'
import { keepSources, lastEventMs } from '../sources-store.ts'
import { bodyOf } from './body-of.ts'
import { currentFields, type FieldTexts } from './known-tickets.ts'
import type { TicketPlan } from './plan-ticket.ts'
import { writeNotes } from './write-notes.ts'

type Columns = ReturnType<typeof columnsOf>
const columnsOfField: Partial<Record<keyof FieldTexts, (keyof Columns)[]>> = {
  state: ['state', 'waiting_since', 'resolved_at', 'closed_at', 'reopen_count'],
  priority: ['priority', 'impact', 'urgency'],
  queue: ['queue_id'],
  assignee: ['assignee_id'],
  requester: ['requester_id'],
  category: ['category_id'],
}

/** Writes new and changed tickets with their conversation; new ones in a fixed number of statements, files apart. */
export async function writeTickets(
  tx: Db,
  settings: TicketSettings,
  related: RelatedRecords,
  contents: FileContents,
  plans: readonly TicketPlan[],
): Promise<void> {
  if (plans.length === 0) return
  await ensureServiceLevels(tx, settings)
  const made = await related.ensure(
    tx,
    plans.flatMap((p) => [...p.steps, ...p.fresh]),
    plans.flatMap((p) => p.notes.flatMap((n) => n.by ?? [])),
  )
  const fresh = plans
    .filter((p) => p.ticket === null)
    .map((plan) => ({ plan, ticket: newId(plan.openedAt), isNew: true }))
  const known = plans.filter((p) => p.ticket !== null).map((plan) => ({ plan, ticket: plan.ticket!, isNew: false }))
  const written = [...fresh, ...known]
  const newest = await lastEventMs(
    tx,
    known.map((w) => w.ticket),
  )
  const withEvents = written.map((w) => ({
    ...w,
    events: eventsOf(w.plan, w.ticket, related, settings.organisation, newest.get(w.ticket) ?? 0),
  }))
  const clocks = await clocksFromHistory(
    tx,
    settings,
    related,
    withEvents.filter((w) => w.isNew),
  )
  await insertImported(
    tx,
    settings.organisation,
    fresh.map(({ plan, ticket }) => {
      const clock = clocks.of(ticket)
      const { requester } = plan.steps[0]!.after
      return {
        ...columnsOf(plan.steps.at(-1)!.after, related),
        id: ticket,
        reference: plan.key,
        title: plan.title,
        description: descriptionOf(plan),
        opened_by: related.person(requester),
        opened_by_name: requester === null ? '' : personWord(requester).name,
        created_at: isoOf(plan.openedAt),
        updated_at: isoOf(plan.lastAt),
        due_at: clock.dueAt,
        service_level_id: clock.serviceLevel,
      }
    }),
  )
  for (const { plan, ticket } of known) {
    const now = columnsOf(plan.steps.at(-1)!.after, related)
    const columns = plan.writes.flatMap((field) => columnsOfField[field] ?? [])
    const changed = {
      ...Object.fromEntries(columns.map((column) => [column, now[column]])),
      ...(plan.writes.includes('title') ? { title: plan.title } : {}),
      ...(plan.writes.includes('description') ? { description: descriptionOf(plan) } : {}),
    }
    if (Object.keys(changed).length + plan.notes.length > 0)
      await updateImported(tx, ticket, changed, isoOf(plan.lastAt))
  }
  const noted = await writeNotes(tx, settings, related, contents, written)
  await writeEvents(tx, [...withEvents.flatMap((w) => w.events), ...noted], null, true)
  await clocks.write(tx)
  await clocksGoOn(
    tx,
    settings,
    related,
    await withAnswers(
      tx,
      withEvents.filter((w) => w.plan.rebuildsClocks),
    ),
  )
  await remember(tx, settings, written)
  await refreshSearchText(
    tx,
    written.map((w) => w.ticket),
  )
  await writeEvents(tx, made, null, true)
}

const descriptionOf = (plan: TicketPlan): string => bodyOf(plan.told.description ?? { text: '', isHtml: false }).body

/** Who was answered here since counts beside who was answered at the source. */
async function withAnswers<T extends { plan: TicketPlan; ticket: string }>(
  tx: Db,
  written: readonly T[],
): Promise<T[]> {
  if (written.length === 0) return []
  const { rows } = await sql<{ ticket: string; at: string }>`
    select n.subject_id as ticket, n.at from notes n join tickets t on t.id = n.subject_id
    where n.subject_id = any(${written.map((w) => w.ticket)}::uuid[]) and n.public and n.author_kind = 'person' and n.author_id is distinct from t.requester_id`.execute(
    tx,
  )
  const of = Map.groupBy(rows, (row) => row.ticket)
  return written.map((w) => ({
    ...w,
    plan: { ...w.plan, answers: (of.get(w.ticket) ?? []).map((row) => Date.parse(row.at)) },
  }))
}

/** Keeps what the source said, and what that is here: a field that was not taken keeps the value that was taken last. */
async function remember(
  tx: Db,
  settings: TicketSettings,
  written: readonly { plan: TicketPlan; ticket: string }[],
): Promise<void> {
  const { source } = settings.origin
  await keepSources(
    tx,
    settings.id,
    source,
    written.map(({ plan, ticket }) => ({
      key: plan.sourceKey,
      ticket,
      digest: plan.digest,
      rowsTaken: plan.rowsTaken,
      shiftWeeks: plan.shiftWeeks,
      facts: plan.facts,
    })),
  )
  const current = await currentFields(
    tx,
    written.map((w) => w.ticket),
  )
  await keepImported(
    tx,
    settings.organisation,
    source,
    written.map(({ plan, ticket }) => {
      const { fields, version } = current.get(ticket)!
      const said: Record<string, CellSaid> = {
        ...plan.keptSaid,
        version: { text: '', value: plan.isTouched ? '' : String(version) },
      }
      for (const field of plan.writes) said[field] = { text: plan.says[field] ?? '', value: fields[field] }
      return { id: ticket, identity: plan.sourceKey, said }
    }),
  )
}

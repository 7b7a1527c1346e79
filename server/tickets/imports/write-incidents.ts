import type { Db } from '../../platform/db.ts'
import { changes, type RecordedEvent, writeEvents } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import type { TicketSettings } from './origin.ts'
import { refreshSearchText } from '../search-text.ts'
import { clocksFromHistory, clocksGoOn, ensureServiceLevels } from './import-clocks.ts'
import { columnsOf, eventsOf, isoOf } from './incident-events.ts'
import type { IncidentPlan } from './incident-plan.ts'
import { insertImported, updateImported } from './imported-tickets-store.ts'
import type { RelatedRecords } from './related-records.ts'
import { keepSources, lastEventMs } from './sources-store.ts'

/** Writes new and changed incidents with everything that belongs to them, in a fixed number of statements for the new ones. */
export async function writeIncidents(
  tx: Db,
  settings: TicketSettings,
  related: RelatedRecords,
  plans: readonly IncidentPlan[],
): Promise<void> {
  if (plans.length === 0) return
  await ensureServiceLevels(tx, settings)
  const made = await related.ensure(
    tx,
    plans.flatMap((p) => [...p.steps]),
  )
  const written = [
    ...(await writeNew(
      tx,
      settings,
      related,
      plans.filter((p) => p.ticket === null),
    )),
    ...(await writeChanged(
      tx,
      settings,
      related,
      plans.filter((p) => p.ticket !== null),
    )),
  ]
  await keepSources(
    tx,
    settings.id,
    settings.origin.source,
    written.map(({ plan: { key, digest, rowsTaken, shiftWeeks, facts }, ticket }) => ({
      key,
      ticket,
      digest,
      rowsTaken,
      shiftWeeks,
      facts,
    })),
  )
  await refreshSearchText(
    tx,
    written.map(({ ticket }) => ticket),
  )
  await writeEvents(tx, made, null, true)
}

interface Written {
  plan: IncidentPlan
  ticket: string
}

async function writeNew(
  tx: Db,
  settings: TicketSettings,
  related: RelatedRecords,
  plans: readonly IncidentPlan[],
): Promise<Written[]> {
  const written = plans.map((plan) => {
    const ticket = newId(plan.openedAt)
    return { plan, ticket, events: eventsOf(plan, ticket, related, settings.organisation, 0) }
  })
  const clocks = await clocksFromHistory(tx, settings, related, written)
  await insertImported(
    tx,
    settings.organisation,
    written.map(({ plan, ticket }) => {
      const first = plan.steps[0]!
      const clock = clocks.of(ticket)
      const columns = columnsOf(plan.steps.at(-1)!.after, related)
      return {
        ...columns,
        id: ticket,
        reference: plan.key,
        title: plan.title,
        description: '',
        opened_by: related.person(first.by),
        opened_by_name: first.by ?? '',
        created_at: isoOf(plan.openedAt),
        updated_at: isoOf(plan.lastAt),
        due_at: clock.dueAt,
        service_level_id: clock.serviceLevel,
      }
    }),
  )
  await writeEvents(
    tx,
    written.flatMap((w) => w.events),
    null,
    true,
  )
  await clocks.write(tx)
  return written
}

/** What the source says anew is added to the history; columns it did not change stay as they are here. */
async function writeChanged(
  tx: Db,
  settings: TicketSettings,
  related: RelatedRecords,
  plans: readonly IncidentPlan[],
): Promise<Written[]> {
  const newest = await lastEventMs(
    tx,
    plans.map((p) => p.ticket!),
  )
  const written: (Written & { events: RecordedEvent[] })[] = []
  for (const plan of plans) {
    const ticket = plan.ticket!
    const events = eventsOf(plan, ticket, related, settings.organisation, newest.get(ticket) ?? 0)
    const freshRows = new Set(plan.fresh.map((s) => s.row))
    const before = plan.steps.findLast((s) => !freshRows.has(s.row))
    const now = { ...columnsOf(plan.steps.at(-1)!.after, related), title: plan.title }
    const changed = before === undefined ? now : changes({ ...columnsOf(before.after, related), title: '' }, now).after
    await updateImported(tx, ticket, changed, isoOf(plan.lastAt))
    written.push({ plan, ticket, events })
  }
  await writeEvents(
    tx,
    written.flatMap((w) => w.events),
    null,
    true,
  )
  await clocksGoOn(tx, settings, related, written)
  return written
}

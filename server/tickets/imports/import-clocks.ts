import { isDone } from '../../../contract/tickets.ts'
import { ensureDefaultCalendar } from '../../calendars/public.ts'
import { earliestDue } from '../../commitments/public.ts'
import type { Db } from '../../platform/db.ts'
import type { RecordedEvent } from '../../platform/events.ts'
import type { TicketSettings } from './origin.ts'
import {
  activeLevels,
  ensureDefaultServiceLevel,
  type PastHappening,
  type PlannedPromises,
  planPromises,
  replacePromises,
  writePromises,
} from '../../service-levels/public.ts'
import { noClock, saveDue, setServiceLevel } from '../tickets-store.ts'
import type { IncidentPlan } from './incident-plan.ts'
import { isoOf } from './incident-events.ts'
import type { RelatedRecords } from './related-records.ts'
import type { Snapshot, Step } from './rules/incident-history.ts'

/** History cannot be judged without promises: an organisation that has no calendar and no service level yet gets the usual ones. */
export async function ensureServiceLevels(tx: Db, { organisation, zone }: TicketSettings): Promise<void> {
  if ((await activeLevels(tx, organisation)).length > 0) return
  await ensureDefaultServiceLevel(tx, organisation, await ensureDefaultCalendar(tx, organisation, zone))
}

interface WithHistory {
  plan: IncidentPlan
  ticket: string
  events: readonly RecordedEvent[]
}

/** The clocks of new tickets, rebuilt from their history: asked for their due moment before the tickets are written, written after. */
export async function clocksFromHistory(
  tx: Db,
  settings: TicketSettings,
  related: RelatedRecords,
  written: readonly WithHistory[],
) {
  const planned = await rebuilt(tx, settings, related, written)
  const byTicket = new Map(planned.map((p) => [p.subject.id, p]))
  const open = new Map(written.map((w) => [w.ticket, !isDone(w.plan.steps.at(-1)!.after.state)]))
  return {
    of(ticket: string): { dueAt: string; serviceLevel: string | null } {
      const due = byTicket.get(ticket)?.due ?? null
      return {
        dueAt: !open.get(ticket) ? 'infinity' : due === null ? noClock : isoOf(due * 1000),
        serviceLevel: byTicket.get(ticket)?.serviceLevel ?? null,
      }
    },
    write: (after: Db) => writePromises(after, planned),
  }
}

/** Clocks of tickets whose history goes on: rebuilt as a whole; the breaches that are found again stay. */
export async function clocksGoOn(
  tx: Db,
  settings: TicketSettings,
  related: RelatedRecords,
  written: readonly WithHistory[],
): Promise<void> {
  if (written.length === 0) return
  const planned = await rebuilt(tx, settings, related, written)
  await replacePromises(tx, planned, seconds(Date.parse(settings.importedAt)))
  await saveDue(
    tx,
    await earliestDue(
      tx,
      planned.map((p) => p.subject.id),
    ),
  )
  for (const p of planned) await setServiceLevel(tx, p.subject.id, p.serviceLevel)
}

async function rebuilt(
  tx: Db,
  settings: TicketSettings,
  related: RelatedRecords,
  written: readonly WithHistory[],
): Promise<PlannedPromises[]> {
  const levels = await activeLevels(tx, settings.organisation)
  const now = seconds(Date.parse(settings.importedAt))
  return written.map(({ plan, ticket, events }) => {
    const last = plan.steps.at(-1)!.after
    const owner = { person: related.person(last.assignee), teams: related.queue(last.group).teams }
    const promised = {
      subject: { kind: 'ticket', id: ticket },
      organisation: settings.organisation,
      facts: factsOf(last, related, settings.organisation),
      state: last.state,
      owner,
    }
    return planPromises(levels, promised, happeningsOf(plan, events, related, settings.organisation), {
      importedAt: now,
      asOf: now,
    })
  })
}

const seconds = (ms: number): number => Math.floor(ms / 1000)

const factsOf = (s: Snapshot, related: RelatedRecords, organisation: string) => ({
  kind: 'incident',
  priority: s.priority,
  queue: related.queue(s.group).id,
  categories: related.categories(s),
  organisation,
})

/** The history as the service levels hear it: opened when the source says, then every step. */
function happeningsOf(
  plan: IncidentPlan,
  events: readonly RecordedEvent[],
  related: RelatedRecords,
  organisation: string,
): PastHappening[] {
  const causes = new Map(plan.fresh.map((step, i) => [step.row, events[i]!.id]))
  const first = plan.steps[0]!.after
  const opened: PastHappening = {
    at: seconds(plan.openedAt),
    happening: { kind: 'opened' },
    facts: factsOf(first, related, organisation),
    state: 'new',
    cause: causes.get(plan.steps[0]!.row) ?? null,
  }
  const rest = plan.steps.flatMap((step) =>
    happeningsOfStep(step, related).map((happening): PastHappening => ({
      at: seconds(step.at),
      happening,
      facts: factsOf(step.after, related, organisation),
      state: step.after.state,
      cause: causes.get(step.row) ?? null,
    })),
  )
  const answered = (plan.answers ?? []).map((at): PastHappening => {
    const then = (plan.steps.findLast((step) => step.at <= at) ?? plan.steps[0]!).after
    return {
      at: seconds(at),
      happening: { kind: 'answered' },
      facts: factsOf(then, related, organisation),
      state: then.state,
    }
  })
  // a stable sort: at one moment the steps come first
  return [opened, ...[...rest, ...answered].sort((a, b) => a.at - b.at)]
}

function happeningsOfStep({ before, after }: Step, related: RelatedRecords): PastHappening['happening'][] {
  const from = before?.state ?? 'new'
  const to = after.state
  const found: PastHappening['happening'][] = []
  const timed = ['priority', 'group', 'assignee', 'category', 'subcategory'] as const
  if (before !== null && timed.some((field) => before[field] !== after[field])) found.push({ kind: 'changed' })
  if (from === to) return found
  if (to === 'closed')
    return [...found, ...(from === 'resolved' ? [] : [{ kind: 'resolved' as const }]), { kind: 'closed' }]
  if (to === 'resolved') return [...found, { kind: 'resolved' }]
  if (isDone(from)) found.push({ kind: 'reopened' })
  const vendor = related.vendor(after.vendor)
  if (to !== 'in_progress' || !isDone(from))
    found.push({
      kind: 'state',
      from,
      to,
      vendor: to === 'waiting_vendor' && vendor !== null ? { id: vendor, calendar: null } : null,
    })
  return found
}

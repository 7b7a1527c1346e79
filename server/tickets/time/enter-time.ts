import type { Input } from '../../../contract/action.ts'
import { durationText } from '../../../contract/duration.ts'
import { may } from '../../../contract/permissions.ts'
import type { TimeEntry, timeEntries } from '../../../contract/time-entries.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, type Refusal, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { lockedTicket, standing } from '../changing.ts'
import { whyNotNote } from '../rules/ticket-states.ts'
import { type TimeStanding, timeGiven, whyNotKeepTime, whyNotOnDay, whyNotSoMuch } from '../rules/time-entries.ts'
import { taskToWork } from '../tasks/task-actions.ts'
import type { StoredTicket } from '../tickets-store.ts'
import { heldDay, insertTime, saveTime, type StoredTime, type TimeColumns, timeById } from './time-store.ts'
import { billedByDefault, workerOf, zoneOf } from './who-and-whom-store.ts'

const whoIs = (ctx: Ctx, person: string, leads: boolean): TimeStanding => ({
  own: person === ctx.actor.person,
  leads,
  configures: may(ctx.actor.role, 'tickets.configure'),
})
const mayKeep = (ctx: Ctx, entry: StoredTime): Refusal | null =>
  may(ctx.actor.role, 'tickets.work')
    ? whyNotKeepTime(whoIs(ctx, entry.person_id, entry.leads))
    : { code: 'time.not-yours' }

export const shownTime = (ctx: Ctx, row: StoredTime): TimeEntry => ({
  id: row.id,
  version: row.version,
  ticket: row.inside
    ? {
        id: row.ticket_id,
        reference: row.reference,
        title: row.title,
        queue: { id: row.queue_id, name: row.queue_name },
      }
    : null,
  task: row.task_id === null || !row.task_seen ? null : { id: row.task_id, title: row.task_title ?? '' },
  person: { id: row.person_id, name: row.person_name },
  day: row.day,
  seconds: row.seconds,
  kind: row.kind,
  words: row.words,
  billable: row.billable,
  billedTo: row.billed_to,
  enteredBy: row.made_by_name,
  enteredAt: row.created_at,
  refusals: shownRefusals({ edit: mayKeep(ctx, row) }),
})

const demandFit = (path: string, refusal: Refusal | null): void => {
  if (refusal !== null) throw invalid(path, refusal.code, refusal.params)
}
/** The seconds of what was typed; 400 for what is no time. */
export function demandDuration(text: string, path = 'duration'): number {
  const found = timeGiven(text)
  if (typeof found === 'number') return found
  throw invalid(path, found.code, found.params)
}
const todayIn = (ctx: Ctx, zone: string): string =>
  Temporal.Instant.from(ctx.now).toZonedDateTimeISO(zone).toPlainDate().toString()

/** Holds the person's day and demands that the time fits into it. */
async function demandRoom(
  ctx: Ctx,
  { person, day, except = null }: { person: string; day: string; except?: string | null },
  seconds: number,
  path = 'duration',
): Promise<void> {
  const already = await heldDay(ctx.tx, person, day, except)
  const refusal = whyNotSoMuch(seconds, already)
  if (refusal !== null) throw invalid(path, refusal.code, { left: durationText(Number(refusal.params!['left'])), day })
}

export interface TimeGiven extends Omit<Input<typeof timeEntries.add>, 'id'> {
  task?: { id: string; title: string } | undefined
}

/** Writes an entry on a ticket that the caller holds and may be worked on by whoever acts; answers its id. */
export async function writeTime(
  ctx: Ctx,
  ticket: Pick<StoredTicket, 'id' | 'organisation_id'>,
  given: TimeGiven,
  path = 'duration',
): Promise<string> {
  const person = given.person ?? ctx.actor.person
  if (person === null) throw invalid('person', 'time.name-person')
  const worker = await workerOf(ctx.tx, ctx.actor, person)
  if (worker === undefined) throw invalid('person', 'tickets.unknown-person')
  refuse(whyNotKeepTime(whoIs(ctx, worker.id, worker.leads)))
  const seconds = demandDuration(given.duration, path)
  const today = todayIn(ctx, worker.zone ?? ctx.actor.zone)
  const day = given.day ?? today
  demandFit('day', whyNotOnDay(day, today))
  await demandRoom(ctx, { person: worker.id, day }, seconds, path)
  const id = newId()
  const columns: TimeColumns = {
    day,
    seconds,
    kind: given.kind,
    words: given.words,
    billable: given.billable,
    billed_to: !given.billable ? '' : given.billedTo || (await billedByDefault(ctx.tx, ticket.id)),
  }
  await insertTime(ctx.tx, {
    ...columns,
    id,
    organisation_id: ticket.organisation_id,
    ticket_id: ticket.id,
    task_id: given.task?.id ?? null,
    person_id: worker.id,
    made_by_name: ctx.actor.name,
    created_at: ctx.now,
  })
  ctx.record({
    type: 'ticket.time-added',
    subject: { kind: 'ticket', id: ticket.id },
    after: {
      entry: id,
      ...columns,
      time: durationText(seconds),
      person: worker.id,
      ...(worker.id === ctx.actor.person ? {} : { person_name: worker.name }),
      ...(given.task === undefined ? {} : { task: given.task.title }),
    },
  })
  return id
}

const one = async (ctx: Ctx, id: string): Promise<TimeEntry> => shownTime(ctx, (await timeById(ctx.tx, ctx.actor, id))!)

export async function addTime(ctx: Ctx, input: Input<typeof timeEntries.add>): Promise<TimeEntry> {
  const ticket = await lockedTicket(ctx, { id: input.id })
  refuse(whyNotNote(standing(ctx, ticket), false, ticket))
  return one(ctx, await writeTime(ctx, ticket, input))
}

export async function addTaskTime(ctx: Ctx, input: Input<typeof timeEntries.addToTask>): Promise<TimeEntry> {
  const task = await taskToWork(ctx, input.id)
  // of a ticket one does not see one knows one's own part
  if (!task.inside && input.person !== undefined && input.person !== ctx.actor.person)
    refuse({ code: 'time.own-alone' })
  const ticket = { id: task.ticket_id, organisation_id: task.organisation_id }
  return one(ctx, await writeTime(ctx, ticket, { ...input, task: { id: task.id, title: task.title } }))
}

async function kept(ctx: Ctx, input: { id: string; version?: number | undefined }): Promise<StoredTime> {
  const before = await timeById(ctx.tx, ctx.actor, input.id, true)
  if (before === undefined) throw notFound('time entry')
  refuse(mayKeep(ctx, before))
  if (input.version !== undefined && input.version !== before.version) throw stale(shownTime(ctx, before), input)
  return before
}
const columnsOf = ({ day, seconds, kind, words, billable, billed_to }: StoredTime): TimeColumns => ({
  day,
  seconds,
  kind,
  words,
  billable,
  billed_to,
})

export async function editTime(ctx: Ctx, input: Input<typeof timeEntries.edit>): Promise<TimeEntry> {
  const before = await kept(ctx, input)
  const seconds = input.duration === undefined ? before.seconds : demandDuration(input.duration)
  const day = input.day ?? before.day
  // an old entry is corrected as long as its day stays
  if (day !== before.day)
    demandFit('day', whyNotOnDay(day, todayIn(ctx, (await zoneOf(ctx.tx, before.person_id)) ?? ctx.actor.zone)))
  const billable = input.billable ?? before.billable
  const billedTo = input.billedTo ?? before.billed_to
  const after: TimeColumns = {
    day,
    seconds,
    kind: input.kind ?? before.kind,
    words: input.words ?? before.words,
    billable,
    billed_to: !billable ? '' : billedTo || (await billedByDefault(ctx.tx, before.ticket_id)),
  }
  const change = changes(columnsOf(before), after)
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    if (seconds > before.seconds || day !== before.day)
      await demandRoom(ctx, { person: before.person_id, day, except: before.id }, seconds)
    await saveTime(ctx.tx, before.id, after)
    ctx.record({
      type: 'ticket.time-changed',
      subject: { kind: 'ticket', id: before.ticket_id },
      before: { ...change.before, time: durationText(before.seconds) },
      after: {
        ...change.after,
        entry: before.id,
        person_name: before.person_name,
        ...(seconds === before.seconds ? {} : { time: durationText(seconds) }),
      },
    })
  }
  return one(ctx, before.id)
}

export async function withdrawTime(ctx: Ctx, input: Input<typeof timeEntries.withdraw>): Promise<{ withdrawn: true }> {
  const before = await kept(ctx, input)
  await saveTime(ctx.tx, before.id, { withdrawn_at: ctx.now })
  ctx.record({
    type: 'ticket.time-withdrawn',
    subject: { kind: 'ticket', id: before.ticket_id },
    before: {
      entry: before.id,
      ...columnsOf(before),
      time: durationText(before.seconds),
      person_name: before.person_name,
    },
  })
  return { withdrawn: true }
}

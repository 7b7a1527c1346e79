import { insertNotices } from '../notifications/public.ts'
import { type Ctx, nowSeconds } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import type { Subjects } from '../platform/subjects.ts'
import { heldPage, insertPage, reachable, saveStep, type StoredPage } from './pages-store.ts'
import { scheduleById, schedulesOfTeams, type StoredSchedule } from './schedules-store.ts'
import { standingsAt } from './who-is-on-call.ts'

const afterMinutes = (at: string, minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString()

export interface Call {
  subject: { kind: string; id: string }
  /** A cause calls a schedule once. */
  cause: string
  words: string
}

/**
 * Calls whoever is on call of the first of the teams that has a schedule, and goes along its path until somebody takes it. Answers those who
 * were told now; nobody where no team has a schedule, or where the cause has called already.
 */
export async function callOnCall(
  ctx: Ctx,
  subjects: Subjects,
  teams: readonly string[],
  call: Call,
): Promise<string[]> {
  const known = await schedulesOfTeams(ctx.tx, teams)
  const schedule = teams.map((team) => known.find((s) => s.team_id === team)).find((s) => s !== undefined)
  if (schedule === undefined) return []
  const page = await startPage(ctx, schedule, call)
  return page === null ? [] : stepOn(ctx, subjects, page)
}

/** The id of the call, or null where the cause has called this schedule already. */
export async function startPage(ctx: Ctx, schedule: StoredSchedule, call: Call): Promise<string | null> {
  const id = newId()
  const made = await insertPage(ctx.tx, {
    id,
    organisation: schedule.organisation_id,
    schedule: schedule.id,
    subject: call.subject,
    words: call.words,
    cause: call.cause,
    at: ctx.now,
    nextAt: afterMinutes(ctx.now, schedule.path[0]?.afterMinutes ?? 0),
  })
  if (!made) return null
  ctx.record({
    type: 'on-call.called',
    subject: call.subject,
    after: { page: id, schedule: schedule.id, schedule_name: schedule.name },
  })
  return id
}

/** Takes every step of a call whose moment has come. One that reaches nobody does not wait for the next. Answers whom it told. */
export async function stepOn(ctx: Ctx, subjects: Subjects, id: string): Promise<string[]> {
  const told: string[] = []
  for (let at = ctx.now; ;) {
    const page = await heldPage(ctx.tx, id, at)
    if (page === undefined) return told
    const schedule = (await scheduleById(ctx.tx, page.organisation_id, page.schedule_id))!
    const people = await peopleOfStep(ctx, schedule, page)
    const following = schedule.path[page.step + 1]
    const nextAt =
      following === undefined
        ? null
        : people.length === 0
          ? ctx.now
          : afterMinutes(page.created_at, Math.max(following.afterMinutes, 0))
    const isNew = await saveStep(ctx.tx, page.id, { step: page.step, at: ctx.now, people, nextAt })
    if (isNew) await tell(ctx, subjects, page, people)
    told.push(...people.map((p) => p.id))
    if (nextAt === null && people.length === 0) told.push(...(await tellCoordinators(ctx, subjects, page, schedule)))
    at = ctx.now
  }
}

async function peopleOfStep(ctx: Ctx, schedule: StoredSchedule, page: StoredPage) {
  const reach = await reachable(ctx.tx, schedule.organisation_id, schedule.team_id)
  const whom = schedule.path[page.step]?.tell ?? 'coordinators'
  if (whom === 'team' || whom === 'lead' || whom === 'coordinators') return reach.accounts(reach[whom])
  const standing = (await standingsAt(ctx.tx, [schedule], nowSeconds(ctx))).get(schedule.id)
  const person = (whom === 'on_call' ? standing?.now : standing?.next)?.person ?? null
  return person === null ? [] : reach.accounts([person])
}

/** The path is over and its last step reached nobody. */
async function tellCoordinators(ctx: Ctx, subjects: Subjects, page: StoredPage, schedule: StoredSchedule) {
  const reach = await reachable(ctx.tx, schedule.organisation_id, schedule.team_id)
  const people = await reach.accounts(reach.coordinators)
  await tell(ctx, subjects, { ...page, step: page.step + 1 }, people)
  return people.map((p) => p.id)
}

async function tell(
  ctx: Ctx,
  subjects: Subjects,
  page: StoredPage,
  people: readonly { id: string; name: string }[],
): Promise<void> {
  const subject = { kind: page.subject_kind, id: page.subject_id }
  const named = (await subjects.describe(ctx.tx, [subject])).get(subject.id) ?? { reference: '', title: '' }
  await insertNotices(
    ctx.tx,
    people.map((person) => ({
      person: person.id,
      kind: 'on-call.page',
      code: 'on-call.notice.page',
      params: {
        schedule: page.schedule_name,
        words: page.words === '' ? 'none' : page.words,
        ...named,
        step: page.step,
      },
      subject,
      cause: `page:${page.id}:${page.step}`,
      at: ctx.now,
    })),
  )
  ctx.record({
    type: 'on-call.told',
    subject,
    after: { page: page.id, step: page.step, people: people.map((p) => p.name).join(', ') },
  })
}

import { pino } from 'pino'
import { testDatabase } from '../../test/support/database.ts'
import type { Target } from '../../contract/service-levels.ts'
import type { CalendarDefinition } from '../../contract/calendars.ts'
import { CommitmentTimer } from '../commitments/public.ts'
import { type Ctx, systemActor } from '../platform/ctx.ts'
import { openPool, sql } from '../platform/db.ts'
import { writeEvents } from '../platform/events.ts'
import { newId } from '../platform/identifiers.ts'
import { openCtx, type Platform } from '../platform/platform.ts'
import { Subjects } from '../platform/subjects.ts'
import { type Happening, keepPromises, type Promised } from './keep-promises.ts'
import { forgetLevels, termsOfTargets } from './levels.ts'
import { insertLevel, insertLevelVersion } from './store.ts'

export const always: CalendarDefinition = {
  zone: 'UTC',
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((d) => [d, [{ from: '00:00', to: '24:00' }]]),
  ),
}

/** Service levels, clocks and a timer on a database of their own, for tests; moments are given, never read from the machine. */
export async function openWorld() {
  const database = await testDatabase()
  const log = pino({ level: 'silent' })
  const opened = openPool(database.connection, 6)
  const { db } = opened
  const subjects = new Subjects()
  const dues = new Map<string, string | null>()
  const watchers = new Map<string, string[]>()
  subjects.register({
    kind: 'thing',
    visible: () => sql<boolean>`true`,
    insider: () => sql<boolean>`true`,
    describe: async (_db, ids) => new Map(ids.map((id) => [id, { reference: `T-${id.slice(-4)}`, title: 'A thing' }])),
    dueMoved: async (_tx, moved) => moved.forEach((m) => dues.set(m.id, m.dueAt)),
    people: async (_db, ids) =>
      new Map(ids.map((id) => [id, { assignee: null, requester: null, watchers: watchers.get(id) ?? [], teams: [] }])),
    raisePriority: async (ctx, id) => void ctx.record({ type: 'thing.raised', subject: { kind: 'thing', id } }),
  })
  const platform = { database: opened, log, subjects, wakeOutbox: () => {} } as unknown as Platform
  const organisation = newId()
  await sql`insert into organisations (id, name) values (${organisation}, 'Example')`.execute(db)
  const actor = systemActor(organisation)

  /** A command at a moment. */
  const act = <T>(now: string, run: (ctx: Ctx) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (tx) => {
      const { ctx, events } = openCtx(platform, actor, tx, null, new Date(now).toISOString())
      const answer = await run(ctx)
      await writeEvents(tx, events, null)
      return answer
    })
  const person = async (role: string | null, active = true): Promise<string> => {
    const id = newId()
    await sql`insert into persons (id, organisation_id, name, active) values (${id}, ${organisation}, ${`P ${id.slice(-4)}`}, ${active})`.execute(
      db,
    )
    if (role !== null)
      await sql`insert into accounts (id, person_id, role, name, email) values (${newId()}, ${id}, ${role}, 'P', ${`${id}@example.test`})`.execute(
        db,
      )
    return id
  }
  const calendar = async (definition: CalendarDefinition): Promise<{ id: string; version: string }> => {
    const [id, version] = [newId(), newId()]
    await sql`insert into calendars (id, organisation_id, name) values (${id}, ${organisation}, ${id})`.execute(db)
    await sql`insert into calendar_versions (id, calendar_id, revision, definition, created_by) values (${version}, ${id}, 1, ${JSON.stringify(definition)}::jsonb, 'test')`.execute(
      db,
    )
    return { id, version }
  }
  const round = calendar(always)
  const level = async (
    targets: Target[],
    conditions: object = {},
    on?: { id: string; version: string },
  ): Promise<string> => {
    const of = on ?? (await round)
    const made = { id: newId(), organisation, name: `Level ${newId()}`, revision: 1, calendarVersion: of.version }
    await insertLevel(db, made)
    await insertLevelVersion(db, { ...made, calendar: of.id, conditions, targets, by: 'test' })
    await termsOfTargets(db, made, targets)
    forgetLevels(organisation)
    return made.id
  }
  const thing = (given: Partial<Omit<Promised, 'facts'>> & { facts?: Partial<Promised['facts']> } = {}): Promised => ({
    subject: { kind: 'thing', id: newId() },
    organisation,
    state: 'new',
    owner: { person: null, teams: [] },
    ...given,
    facts: { kind: 'incident', priority: 3, queue: newId(), categories: [], organisation, ...given.facts },
  })
  return {
    db,
    platform,
    organisation,
    dues,
    watchers,
    act,
    person,
    calendar,
    level,
    thing,
    tell: (now: string, promised: Promised, happening: Happening) =>
      act(now, (ctx) => keepPromises(ctx, promised, happening, { at: ctx.now, cause: newId() })),
    /** A round of the timer as the clock of the machine shows a moment. */
    timer: (now: string) => new CommitmentTimer(platform, () => Date.parse(now)).round(),
    clock: async (subject: string, kind = 'resolution') =>
      (
        await sql<
          Record<string, never>
        >`select * from commitments where subject_id = ${subject} and kind = ${kind} order by created_at desc limit 1`.execute(
          db,
        )
      ).rows[0] as
        | undefined
        | (Record<'id' | 'phase' | 'due_at' | 'owner_id' | 'owner_kind', string> & {
            late: boolean
            owner_fallback: boolean
            remaining_seconds: number | null
            next_at: string | null
            generation: number
          }),
    breaches: async (subject: string) =>
      (
        await sql<{ deadline: string; superseded_at: string | null }>`
        select b.deadline, b.superseded_at from breaches b join commitments m on m.id = b.commitment_id where m.subject_id = ${subject} order by b.observed_at, b.id`.execute(
          db,
        )
      ).rows,
    steps: async (subject: string) =>
      (
        await sql<{ step: string; late: boolean; suppressed: boolean; at: string }>`
        select l.step, l.late, l.suppressed, l.at from ladder_records l join commitments m on m.id = l.commitment_id where m.subject_id = ${subject} order by l.at, l.step`.execute(
          db,
        )
      ).rows,
    notices: async (person: string) =>
      (
        await sql<{
          cause: string
          code: string
        }>`select cause, code from notifications where person_id = ${person} order by at, cause`.execute(db)
      ).rows,
    close: async () => {
      await opened.close()
      await database.close()
    },
  }
}
export type World = Awaited<ReturnType<typeof openWorld>>

export const target = (kind: Target['kind'], seconds: number, more: Partial<Target> = {}): Target => ({
  kind,
  seconds,
  pauseIn: [],
  resetOnReopen: false,
  ladder: [],
  ...more,
})

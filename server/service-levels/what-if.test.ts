import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { serviceLevels, Target } from '../../contract/service-levels.ts'
import type { Output } from '../../contract/action.ts'
import { editCalendar } from '../calendars/actions/save-calendar.ts'
import { calendarEdited } from '../calendars/public.ts'
import { eventsById } from '../platform/events.ts'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { previewChange } from './actions/preview-change.ts'
import { editServiceLevel } from './actions/save-service-level.ts'
import { followCalendars } from './follow-calendars.ts'
import { retarget } from './retarget.ts'
import { recentRetargets } from './retargets-store.ts'
import { always, openWorld, target } from './world.ts'

const world = await openWorld()
afterAll(() => world.close())
const { tell, thing, level, act, db, platform } = world
const hour = 3600
const hourOf = (hours: number) =>
  new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + hours * 3_600_000).toISOString().replace('.000', '')

type Preview = Output<typeof serviceLevels.preview>
const preview = (now: string, input: Parameters<ReturnType<typeof previewChange>>[1]): Promise<Preview> =>
  act(now, (ctx) => previewChange(platform.subjects)(ctx, input))

interface Standing {
  id: string
  phase: string
  due: string | null
  left: number | null
  late: boolean
  valid: number
  gone: number
}
const standing = async (subjects: readonly string[]): Promise<Map<string, Standing>> => {
  const { rows } = await sql<Standing>`
    select m.id, m.phase, m.due_at as due, m.remaining_seconds as left, m.late,
      (select count(*) from breaches b where b.commitment_id = m.id and b.superseded_at is null) as valid,
      (select count(*) from breaches b where b.commitment_id = m.id and b.superseded_at is not null) as gone
    from commitments m where m.subject_id = any(${subjects}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What really became of the clocks, in the words of a preview. */
function became(before: Map<string, Standing>, after: Map<string, Standing>) {
  return [...before.values()].flatMap((was) => {
    const is = after.get(was.id)!
    if (was.phase !== 'running' && was.phase !== 'paused') return []
    const verdict =
      is.phase === 'cancelled'
        ? 'cancelled'
        : is.late && !was.late
          ? 'late'
          : was.late && !is.late
            ? 'no-longer-late'
            : 'moved'
    const superseded = is.gone > was.gone
    if (verdict === 'moved' && was.due === is.due && was.left === is.left && !superseded) return []
    return [{ commitment: was.id, verdict, newDueAt: is.due, newRemainingSeconds: is.left, superseded }]
  })
}
const told = (p: Preview) =>
  p.items.map(({ commitment, verdict, newDueAt, newRemainingSeconds, superseded }) => ({
    commitment,
    verdict,
    newDueAt,
    newRemainingSeconds,
    superseded,
  }))
const byId = (a: { commitment: string }, b: { commitment: string }) => (a.commitment < b.commitment ? -1 : 1)

describe('what an edit would do', () => {
  test('is exactly what it then does, whatever the clocks and the edit', async () => {
    const hours = fc.integer({ min: 1, max: 60 })
    await fc.assert(
      fc.asyncProperty(
        hours,
        fc.array(fc.record({ opened: fc.integer({ min: -50, max: -1 }), rests: fc.boolean(), done: fc.boolean() }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.option(hours, { nil: null }),
        fc.boolean(),
        async (first, clocks, then, keepsResponse) => {
          const mine = newId()
          const both = (h: number): Target[] => [
            target('first_response', h * hour),
            target('resolution', h * hour, { pauseIn: ['waiting_requester'] }),
          ]
          const id = await level(both(first), { queues: [mine] })
          const subjects: string[] = []
          for (const c of clocks) {
            const t = thing({ facts: { queue: mine } })
            subjects.push(t.subject.id)
            await tell(hourOf(c.opened), t, { kind: 'opened' })
            if (c.rests)
              await tell(
                hourOf(Math.ceil(c.opened / 2)),
                { ...t, state: 'waiting_requester' },
                { kind: 'state', from: 'new', to: 'waiting_requester', vendor: null },
              )
            if (c.done) await tell(hourOf(0), { ...t, state: 'resolved' }, { kind: 'resolved' })
          }
          const now = hourOf(1)
          await world.timer(now)
          const edit = then === null ? { active: false } : { targets: both(then).slice(keepsResponse ? 0 : 1) }
          const planned = await preview(now, { id, ...edit, limit: 500 })
          const before = await standing(subjects)
          await act(now, (ctx) => editServiceLevel(ctx, { id, ...edit }))
          // the job reads the machine's clock, a moment at most from the preview's; no deadline lies between
          await retarget(platform, { level: id, cause: newId(), reason: then === null ? 'level-off' : 'level-edited' })
          const real = became(before, await standing(subjects))
          expect(told(planned).toSorted(byId)).toEqual(real.toSorted(byId))
          expect(planned).toMatchObject({ moved: real.length, hidden: 0, capped: false })
          expect(planned.superseded).toBe(real.filter((r) => r.superseded).length)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('a holiday added at noon: what it moves is said before, done after, and counted', async () => {
    const mine = newId()
    const calendar = await world.calendar(always)
    await level([target('resolution', 30 * hour)], { queues: [mine] }, calendar)
    const t = thing({ facts: { queue: mine } })
    await tell(hourOf(-2), t, { kind: 'opened' })
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const ownHolidays = [{ from: tomorrow, to: tomorrow }]
    const now = new Date().toISOString()
    const planned = await preview(now, { hours: { calendar: calendar.id, ownHolidays }, limit: 10 })
    expect(planned).toMatchObject({ open: 1, moved: 1, becomeLate: 0, superseded: 0 })
    const before = (await world.clock(t.subject.id))!.due_at
    expect(planned.items[0]).toMatchObject({
      dueAt: before,
      verdict: 'moved',
      subject: { reference: expect.any(String) },
    })
    expect((await world.clock(t.subject.id))!.due_at).toBe(before)
    await act(now, (ctx) => editCalendar(async () => new Map())(ctx, { id: calendar.id, ownHolidays }))
    const { rows } = await sql<{
      id: string
    }>`select id from events where type = ${calendarEdited} order by id desc limit 1`.execute(db)
    await followCalendars(platform).react((await eventsById(db, [rows[0]!.id]))[0]!)
    const waiting = (await recentRetargets(db, world.organisation, { calendar: calendar.id }, 5))[0]!
    expect(waiting).toMatchObject({ reason: 'calendar-edited', done: 0, finished_at: null })
    const { rows: causes } = await sql<{
      cause: string
    }>`select cause from retargets where id = ${waiting.id}`.execute(db)
    await retarget(platform, { level: waiting.service_level_id!, cause: causes[0]!.cause, reason: 'calendar-edited' })
    expect((await world.clock(t.subject.id))!.due_at).toBe(planned.items[0]!.newDueAt)
    expect((await recentRetargets(db, world.organisation, { calendar: calendar.id }, 5))[0]).toMatchObject({
      total: 1,
      done: 1,
      finished_at: expect.any(String),
    })
  })

  test('names no record that the reader does not see, and says how many there are', async () => {
    const mine = newId()
    const id = await level([target('resolution', 30 * hour)], { queues: [mine] })
    const t = thing({ facts: { queue: mine } })
    await tell(hourOf(-2), t, { kind: 'opened' })
    const kind = platform.subjects.get('thing')!
    const visible = kind.visible
    kind.visible = () => sql<boolean>`false`
    const planned = await preview(hourOf(0), { id, targets: [target('resolution', hour)], limit: 10 })
    kind.visible = visible
    expect(planned).toMatchObject({ open: 1, moved: 1, becomeLate: 1, hidden: 1, items: [], capped: false })
  })

  test('nothing moves by a name, and what cannot be promised is refused as the edit is', async () => {
    const id = await level([target('resolution', 30 * hour)], { queues: [newId()] })
    expect(await preview(hourOf(0), { id, name: 'Another', limit: 10 })).toMatchObject({ open: 0, moved: 0 })
    await expect(
      preview(hourOf(0), { id, targets: [target('resolution', hour), target('resolution', hour)], limit: 10 }),
    ).rejects.toMatchObject({ status: 400, code: 'service-levels.target-twice' })
    await expect(preview(hourOf(0), { id: newId(), limit: 10 })).rejects.toMatchObject({ status: 404 })
  })
})

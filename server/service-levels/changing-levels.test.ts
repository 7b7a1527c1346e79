import { afterAll, describe, expect, test } from 'vitest'
import { calendarEdited } from '../calendars/public.ts'
import { editServiceLevel } from './actions/save-service-level.ts'
import { eventsById } from '../platform/events.ts'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { ensureDefaultServiceLevel } from './default-service-level.ts'
import { followCalendars } from './follow-calendars.ts'
import { retarget } from './retarget.ts'
import { levelById } from './store.ts'
import { always, openWorld, target } from './world.ts'

const world = await openWorld()
afterAll(() => world.close())
const { tell, thing, level, clock, breaches, act, db } = world
const hour = 3600
/** The present hour, so that the moments of tests lie around the machine's own. */
const hourOf = (hours: number) =>
  new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + hours * 3_600_000).toISOString().replace('.000', '')

async function edit(
  id: string,
  change: Parameters<typeof editServiceLevel>[1] extends infer I ? Omit<I, 'id'> : never,
): Promise<void> {
  await act(new Date().toISOString(), (ctx) => editServiceLevel(ctx, { id, ...change }))
  await retarget(world.platform, {
    level: id,
    cause: newId(),
    reason: change['active' as never] === false ? 'level-off' : 'level-edited',
  })
}

describe('a service level that changes', () => {
  test('moves open clocks, writes and supersedes breaches, leaves closed clocks and the record alone (W9, K14–K18; Zammad 4037)', async () => {
    const mine = newId()
    const id = await level([target('resolution', 10 * hour)], { queues: [mine] })
    const [open, done] = [thing({ facts: { queue: mine } }), thing({ facts: { queue: mine } })]
    for (const t of [open, done]) await tell(hourOf(-5), t, { kind: 'opened' })
    await tell(hourOf(-1), { ...done, state: 'resolved' }, { kind: 'resolved' })
    await edit(id, { targets: [target('resolution', 2 * hour)] })
    expect(await clock(open.subject.id)).toMatchObject({ due_at: hourOf(-3), late: true })
    expect(world.dues.get(open.subject.id)).toBe(hourOf(-3))
    expect(await clock(done.subject.id)).toMatchObject({ phase: 'stopped', late: false })
    expect(await breaches(done.subject.id)).toEqual([])
    await edit(id, { targets: [target('resolution', 20 * hour)] })
    expect(await clock(open.subject.id)).toMatchObject({ due_at: hourOf(15), late: false })
    expect(await breaches(open.subject.id)).toMatchObject([{ deadline: hourOf(-3), superseded_at: expect.any(String) }])
    await edit(id, { targets: [target('resolution', 2 * hour)] })
    expect(await breaches(open.subject.id)).toMatchObject([
      { superseded_at: expect.any(String) },
      { deadline: hourOf(-3), superseded_at: null },
    ])
    await expect(sql`delete from breaches`.execute(db)).rejects.toThrow('never deleted')
  })

  test('cancels its open clocks when it is switched off (W8; Zammad 4353)', async () => {
    const mine = newId()
    const id = await level([target('resolution', hour)], { queues: [mine] })
    const t = thing({ facts: { queue: mine } })
    await tell(hourOf(-3), t, { kind: 'opened' })
    await edit(id, { active: false })
    expect(await clock(t.subject.id)).toMatchObject({ phase: 'cancelled', due_at: null, next_at: null })
    expect(world.dues.get(t.subject.id)).toBe(null)
    const { rows } = await sql<{
      reason: string
    }>`select e.reason from clock_events e join commitments m on m.id = e.commitment_id where m.subject_id = ${t.subject.id} and e.kind = 'cancel'`.execute(
      db,
    )
    expect(rows).toEqual([{ reason: 'level-off' }])
  })

  test('moves nothing by a rename, which is shown everywhere (W9)', async () => {
    const mine = newId()
    const id = await level([target('resolution', hour)], { queues: [mine] })
    const t = thing({ facts: { queue: mine } })
    await tell(hourOf(0), t, { kind: 'opened' })
    const before = await clock(t.subject.id)
    await edit(id, { name: 'Renamed' })
    expect(await clock(t.subject.id)).toEqual(before)
    expect((await levelById(db, world.organisation, id))!.revision).toBe(1)
    const { rows } = await sql<{ name: string }>`select name from commitment_terms where source_id = ${id}`.execute(db)
    expect(rows).toEqual([{ name: 'Renamed' }])
  })

  test('follows its calendar: new hours move open clocks (Zammad 534, GLPI 2.2.6)', async () => {
    const mine = newId()
    const calendar = await world.calendar(always)
    const id = await level([target('resolution', 10 * hour)], { queues: [mine] }, calendar)
    const t = thing({ facts: { queue: mine } })
    await tell(hourOf(-2), t, { kind: 'opened' })
    const { editCalendar } = await import('../calendars/actions/save-calendar.ts')
    await act(new Date().toISOString(), (ctx) =>
      editCalendar(async () => new Map())(ctx, {
        id: calendar.id,
        week: Object.fromEntries(Object.entries(always.week).map(([d]) => [d, [{ from: '00:00', to: '08:00' }]])),
      }),
    )
    const { rows } = await sql<{
      id: string
    }>`select id from events where type = ${calendarEdited} order by id desc limit 1`.execute(db)
    const [event] = await eventsById(db, [rows[0]!.id])
    await followCalendars(world.platform).react(event!)
    await followCalendars(world.platform).react(event!)
    expect((await levelById(db, world.organisation, id))!.revision).toBe(2)
    const before = (await clock(t.subject.id))!.due_at
    await retarget(world.platform, { level: id, cause: event!.id, reason: 'calendar-edited' })
    const after = (await clock(t.subject.id))!.due_at
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before))
  })
})

test('a new organisation begins with a level for each priority', async () => {
  const organisation = newId()
  await sql`insert into organisations (id, name) values (${organisation}, 'Other')`.execute(db)
  const { ensureDefaultCalendar } = await import('../calendars/public.ts')
  const calendar = await ensureDefaultCalendar(db, organisation, 'Europe/Berlin')
  expect(await ensureDefaultCalendar(db, organisation, 'UTC')).toBe(calendar)
  const first = await ensureDefaultServiceLevel(db, organisation, calendar)
  expect(await ensureDefaultServiceLevel(db, organisation, calendar)).toBe(first)
  const t = thing({ organisation, facts: { organisation, priority: 1 } })
  const kept = await tell('2026-03-02T09:00:00Z', t, { kind: 'opened' })
  expect(kept).toEqual({ dueAt: '2026-03-02T09:30:00Z', serviceLevel: first })
})

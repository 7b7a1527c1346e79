import { afterAll, expect, test } from 'vitest'
import type { CalendarDefinition } from '../../contract/calendars.ts'
import { epochSeconds } from '../calendars/public.ts'
import { replaceZoneRules } from '../calendars/rules/local-time.ts'
import { explainCommitment } from '../commitments/queries/explain-commitment.ts'
import { sql } from '../platform/db.ts'
import { newId } from '../platform/identifiers.ts'
import { retarget, type ZoneRetarget } from './retarget.ts'
import { openWorld, target } from './world.ts'
import { checkZoneRules } from './zone-watch.ts'

const world = await openWorld()
const zone = 'America/Sao_Paulo'
afterAll(async () => {
  replaceZoneRules(zone, null)
  await world.close()
})

const office: CalendarDefinition = {
  zone,
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((d) => [d, [{ from: '09:00', to: '17:00' }]])),
}
const day = 86_400_000
/** The next Monday, at least a week away, as a date in UTC. */
const monday = (() => {
  const from = new Date(Math.ceil(Date.now() / day) * day + 7 * day)
  return new Date(from.getTime() + ((8 - from.getUTCDay()) % 7) * day)
})()

test('new offset rules of a zone move its open clocks, and the explanation says so (C18)', async () => {
  const mine = newId()
  await world.level([target('resolution', 8 * 3600)], { queues: [mine] }, await world.calendar(office))
  const elsewhere = newId()
  await world.level([target('resolution', 8 * 3600)], { queues: [elsewhere] })
  const [t, other] = [thing(mine), thing(elsewhere)]
  for (const one of [t, other]) await world.tell(monday.toISOString().replace('.000', ''), one, { kind: 'opened' })
  // UTC-3 all year since 2019
  const at17 = monday.toISOString().replace('T00:00:00.000Z', 'T20:00:00Z')
  expect((await world.clock(t.subject.id))!.due_at).toBe(at17)
  expect(await checkZoneRules(world.platform, '2025b')).toEqual([])
  expect(await checkZoneRules(world.platform, '2026a')).toEqual([])

  const change = monday.getTime() / 1000 - 3 * 86_400
  replaceZoneRules(zone, (from) => ({
    at: Float64Array.of(from, change),
    offset: Float64Array.of(-3 * 3600, -2 * 3600),
  }))
  // a node that still has older data than the clocks were counted with moves nothing
  expect(await checkZoneRules(world.platform, '2025b')).toEqual([])
  expect(await checkZoneRules(world.platform, '2026b')).toEqual([zone])
  expect(await checkZoneRules(world.platform, '2026b')).toEqual([])
  const { rows } = await sql<{
    payload: ZoneRetarget
  }>`select payload from graphile_worker._private_jobs where payload->>'zone' = ${zone}`.execute(world.db)
  expect(rows).toHaveLength(1)
  const before = await world.clock(other.subject.id)
  await retarget(world.platform, rows[0]!.payload)
  await retarget(world.platform, rows[0]!.payload)
  const moved = (await world.clock(t.subject.id))!
  expect(epochSeconds(moved.due_at)).toBe(epochSeconds(at17) - 3600)
  expect(await world.clock(other.subject.id)).toEqual(before)
  const { sentences } = await world.act(monday.toISOString(), (ctx) =>
    explainCommitment(world.platform.subjects)(ctx, { id: moved.id }),
  )
  expect(sentences.join('\n')).toContain('the rules of local time changed')
})

function thing(queue: string) {
  return world.thing({ facts: { queue } })
}

import { commitmentSeries } from '../contract/commitment-series.ts'
import { commitments } from '../contract/commitments.ts'
import { onCall } from '../contract/on-call.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'
import { dayIn } from './day-in.ts'

/** What people of the invented company promised by hand, once and again and again. Nothing where some of it is there already. */
export async function promiseByHand(opened: Opened, cast: Cast): Promise<void> {
  if ((await sql`select 1 from commitment_series limit 1`.execute(opened.platform.database.db)).rows.length > 0) return
  const coordinator = [...cast.actors.values()].find((actor) => actor.role === 'coordinator')!
  const technicians = [...cast.actors.values()].filter((actor) => actor.role === 'technician')
  const [first, second] = technicians
  const vendor = [...cast.vendors.values()][0]
  for (const [title, rule, owner] of [
    ['Monthly restore test', 'FREQ=MONTHLY;BYDAY=1TU', first ?? coordinator],
    ['Quarterly access review', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15', coordinator],
    ['Walk through the server room', 'FREQ=WEEKLY;BYDAY=FR', second ?? coordinator],
  ] as const)
    await opened.act(coordinator, commitmentSeries.create, {
      title,
      kind: title.includes('test') ? 'test' : 'review',
      rule,
      startsOn: '2026-01-01',
      needsEvidence: true,
      owner: { kind: 'person', id: owner.id },
    })
  await opened.act(coordinator, commitments.make, {
    title: 'Ask for the delivery date of the docking stations',
    kind: 'follow_up',
    due: { on: dayIn(1), time: '10:00', zone: coordinator.zone },
    ...(vendor === undefined ? {} : { about: { kind: 'vendor', id: vendor } }),
  })
  await opened.act(coordinator, commitments.make, {
    title: 'Send the minutes of the migration meeting',
    due: { on: dayIn(0), zone: coordinator.zone },
    warnSeconds: 3600,
  })
  if (first !== undefined)
    await opened.act(coordinator, commitments.make, {
      title: 'Replace the batteries of the UPS in floor 2',
      note: '<p>The vendor left four of them in the stock room.</p>',
      due: { on: dayIn(4), zone: coordinator.zone },
      owner: { kind: 'person', id: first.id },
      needsEvidence: true,
    })
  const team = (
    await sql<{ id: string; name: string }>`
      select t.id, t.name from teams t join team_members m on m.team_id = t.id group by t.id order by count(*) desc, t.name limit 1`.execute(
      opened.platform.database.db,
    )
  ).rows[0]!
  const rota = await opened.act(coordinator, onCall.create, {
    team: team.id,
    name: `${team.name}, outside working hours`,
    zone: coordinator.zone,
    layers: [
      {
        name: 'First line',
        members: technicians.slice(0, 4).map((actor) => actor.id),
        turn: { unit: 'weeks', count: 1 },
        startsOn: '2026-01-05',
        handoverAt: '09:00',
      },
    ],
    path: [
      { afterMinutes: 0, tell: 'on_call' },
      { afterMinutes: 15, tell: 'next_on_call' },
      { afterMinutes: 30, tell: 'lead' },
    ],
  })
  await opened.act(coordinator, onCall.writeNote, {
    id: rota.id,
    body: '<p>The switch in the stock room hums; the vendor comes on Friday. Nothing else is open.</p>',
  })
}

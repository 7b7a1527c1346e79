import { randomUUID } from 'node:crypto'
import type { Action, Answer, Sent } from '../contract/action.ts'
import { assetAudits } from '../contract/asset-audits.ts'
import { assets } from '../contract/assets.ts'
import { attestations } from '../contract/attestations.ts'
import { locations } from '../contract/locations.ts'
import type { Opened } from '../server/main.ts'
import { actorOfPerson } from '../server/people/public.ts'
import { type Actor, systemActor } from '../server/platform/ctx.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'
import { dayIn } from './day-in.ts'

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

/** One audit that was closed, a blind one that two people are scanning, and a campaign that asks people what they have. Nothing where there is one already. */
export async function auditThings(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from asset_audits limit 1`.execute(db)).rows.length > 0) return
  const [keeper, first, second] = ['Cora Lindqvist', 'Jonas Weber', 'Hanne Moe'].map(
    (name) => cast.actors.get(name) ?? cast.actors.get('Cora Lindqvist')!,
  )
  const act = <A extends Action>(action: A, input: Sent<A>): Promise<Answer<A>> => opened.act(keeper!, action, input)
  const sites = (await act(locations.list, {})).items.filter((place) => place.depth === 0)
  const [home, branch] = [sites[0]!, sites[1] ?? sites[0]!]
  const thingsOf = async (location: string) => (await act(assets.list, { location, limit: 200 })).items
  const scanned = (tag: string, location: string | null, minutes: number, more: object = {}) => ({
    id: randomUUID(),
    code: tag,
    location,
    scannedAt: minutesAgo(minutes),
    ...more,
  })

  const closed = await act(assetAudits.plan, {
    name: `${branch.name}, spring audit`,
    scope: { kind: 'location', id: branch.id },
    plannedOn: dayIn(1),
    dueOn: dayIn(6),
    intervalMonths: 12,
  })
  const id = closed.id
  await act(assetAudits.start, { id })
  const there = await thingsOf(branch.id)
  const here = await thingsOf(home.id)
  // what is away for repair is not found in its room
  const found = there.filter((one, i) => i % 9 !== 4 && one.state !== 'in_repair')
  await opened.act(first!, assetAudits.scan, {
    id,
    scans: [
      ...found.map((one, i) => scanned(one.tag, one.location?.id ?? null, 90 - (i % 60))),
      ...here.slice(0, 2).map((one) => scanned(one.tag, branch.id, 20)),
      scanned('FAX-0031', branch.id, 15, { note: 'Grey fax machine behind the door', condition: 'worn' }),
    ],
  })
  await act(assetAudits.endScanning, { id })
  await act(assetAudits.confirmFound, { id })
  const { items: open } = await act(assetAudits.rows, { id, settled: false, limit: 200 })
  const elsewhere = open.filter((row) => row.bucket === 'elsewhere').map((row) => row.id)
  if (elsewhere.length > 0) await act(assetAudits.settle, { id, rows: elsewhere, remedy: 'place' })
  const missing = open.filter((row) => row.bucket === 'missing').map((row) => row.id)
  if (missing.length > 0)
    await act(assetAudits.settle, {
      id,
      rows: missing,
      remedy: 'follow_up',
      followUp: { owner: { kind: 'person', id: first!.id }, due: { on: dayIn(10) } },
    })
  await act(assetAudits.leaveRest, { id, reason: 'Goes to the recycler next week' })
  await act(assetAudits.close, { id })

  const blind = await act(assetAudits.plan, {
    name: `${home.name}, blind count`,
    scope: { kind: 'location', id: home.id },
    plannedOn: dayIn(0),
    dueOn: dayIn(4),
    blind: true,
    note: 'Two people, floor by floor.',
  })
  await act(assetAudits.start, { id: blind.id })
  for (const [n, who] of [first!, second!].entries())
    await opened.act(who, assetAudits.scan, {
      id: blind.id,
      scans: here
        .filter((_, i) => i % 3 === n)
        .map((one, i) =>
          scanned(i % 7 === 3 ? (one.serial ?? one.tag) : one.tag, one.location?.id ?? null, 40 - (i % 40)),
        ),
    })

  await askPeople(opened, act, second!)
}

/** A campaign over the people of one place; a few have answered, one misses something. */
async function askPeople(
  opened: Opened,
  act: <A extends Action>(action: A, input: Sent<A>) => Promise<Answer<A>>,
  owner: { id: string },
): Promise<void> {
  const { id } = await act(attestations.start, {
    name: 'Still yours?',
    note: 'We close the books in three weeks. Please look at what is on your list; it takes two minutes.',
    owner: owner.id,
    dueOn: dayIn(12),
    who: { kind: 'all' },
  })
  const { items: people } = await act(attestations.people, { id, limit: 200 })
  for (const [n, asked] of people.slice(0, 24).entries()) {
    const { items } = await act(attestations.ask, { id, person: asked.person.id })
    await opened.act(await personActor(opened, asked.person), attestations.answer, {
      id: asked.id,
      answers: items.map((item, i) =>
        n % 8 === 3 && i === 0
          ? { item: item.id, answer: 'not_mine' as const, note: 'Given to the service desk in spring' }
          : { item: item.id, answer: 'mine' as const },
      ),
      gaps: n % 11 === 5 ? [{ id: randomUUID(), note: 'A second monitor, 27 inch, View' }] : [],
      done: n % 6 !== 1 || n % 8 === 3,
    })
  }
}

/** Whoever is asked, as who they are. */
async function personActor(opened: Opened, person: { id: string; name: string }): Promise<Actor> {
  const known = await actorOfPerson(opened.platform.database.db, person.id)
  return known ?? { ...systemActor(opened.organisation, person.name), kind: 'person', id: person.id, person: person.id }
}

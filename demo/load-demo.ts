import { setup } from '../contract/set-up.ts'
import { tickets } from '../contract/tickets.ts'
import type { Opened } from '../server/main.ts'
import type { Actor, Ctx } from '../server/platform/ctx.ts'
import { systemActor } from '../server/platform/ctx.ts'
import { sql } from '../server/platform/db.ts'
import { writeEvents } from '../server/platform/events.ts'
import { newId } from '../server/platform/identifiers.ts'
import { openCtx } from '../server/platform/platform.ts'
import { setUpLink } from '../server/people/public.ts'
import { auditThings } from './audits-of-things.ts'
import { company, addressOf } from './company.ts'
import { demoPassword, itPeople, shownAccounts } from './it-department.ts'
import { layFoundations } from './lay-foundations.ts'
import { bigTrouble } from './major-incidents.ts'
import { askedTwice } from './tickets-together.ts'
import { mailThatCame } from './mail-that-came.ts'
import { type Act, planTickets, type PlannedTicket } from './plan-tickets.ts'
import { promiseByHand } from './promises-by-hand.ts'
import { seeded } from './random.ts'
import { fillRegister } from './register-of-things.ts'
import { linkThings } from './tickets-about-things.ts'
import { seenByAgents } from './seen-by-agents.ts'
import { enterTime } from './time-on-tickets.ts'
import { ruleTickets } from './rules-for-tickets.ts'
import { giveSkills } from './skills-of-people.ts'
import { shareViews } from './views-of-tickets.ts'
import { watchThings } from './watched-things.ts'
import { thingsToOrder } from './things-to-order.ts'
import { tellByMail } from './told-by-mail.ts'

const seed = 1042
const howMany = 450
/** Events older than this are history that nobody is told of. */
const newsMs = 3 * 86_400_000

export interface Loaded {
  accounts: { name: string; role: string; email: string }[]
  password: string
  tickets: number
  /** False where it was there already. */
  fresh: boolean
}

/** What is remembered, so that a run that was killed goes on where it stopped. */
interface Progress {
  /** The moment all of it is counted back from. */
  now: string
  done: number
}

/** Refused: there are tickets that the demo did not make. */
export class NotEmpty extends Error {
  override name = 'NotEmpty'
}

/** Loads the invented company through the same actions as everybody, with moments in the past. */
export async function loadDemo(opened: Opened, say: (line: string) => void = () => {}): Promise<Loaded> {
  const { db } = opened.platform.database
  const system = systemActor(opened.organisation, 'Demo')
  const known = (await sql<{ value: Progress }>`select value from settings where name = 'demo'`.execute(db)).rows[0]
    ?.value
  if (known === undefined && (await sql`select 1 from tickets limit 1`.execute(db)).rows.length > 0)
    throw new NotEmpty(
      'This installation has tickets of its own, so the demo was not loaded. Give the demo a data directory of its own: LINCHPIN_DATA=demo-data.',
    )
  const progress = known ?? { now: new Date().toISOString(), done: 0 }
  if (known === undefined) {
    say('Setting up the company')
    await firstAdministrator(opened, system)
  }
  const cast = await layFoundations(opened, system)
  await remember(opened, progress)
  const planned = planTickets(seeded(seed), Date.parse(progress.now), cast.requesters, howMany)
  for (let i = progress.done; i < planned.length; i++) {
    await play(opened, system, cast, planned[i]!, { ...progress, done: i + 1 })
    if ((i + 1) % 100 === 0) say(`${i + 1} of ${planned.length} tickets`)
  }
  await promiseByHand(opened, cast)
  await fillRegister(opened, cast)
  await linkThings(opened, cast)
  await seenByAgents(opened, cast)
  await auditThings(opened, cast)
  await watchThings(opened, cast)
  await giveSkills(opened, cast)
  await ruleTickets(opened, cast)
  await shareViews(opened, cast)
  await thingsToOrder(opened, cast)
  await bigTrouble(opened, cast)
  await askedTwice(opened, cast)
  await enterTime(opened, cast)
  await tellByMail(opened, cast)
  await mailThatCame(opened, cast)
  opened.platform.wakeOutbox()
  const roles = new Map(itPeople.map((p) => [p.name, p.role]))
  return {
    accounts: shownAccounts.map((name) => ({ name, role: roles.get(name) ?? 'requester', email: addressOf(name) })),
    password: demoPassword,
    tickets: planned.length,
    fresh: known === undefined || known.done < planned.length,
  }
}

/** Where nobody has set the installation up, the demo's administrator does. */
async function firstAdministrator(opened: Opened, system: Actor): Promise<void> {
  const link = await setUpLink(opened.platform.database.db, 'http://demo')
  if (link === null) return
  const token = new URL(link).searchParams.get('token')!
  await opened.act(system, setup.complete, {
    token,
    organisation: company.organisation,
    name: 'Ada Osei',
    email: addressOf('Ada Osei'),
    password: demoPassword,
    zone: company.zone,
  })
}

const remember = (opened: Opened, progress: Progress) =>
  sql`insert into settings (name, value) values ('demo', ${JSON.stringify(progress)}::jsonb)
    on conflict (name) do update set value = excluded.value`.execute(opened.platform.database.db)

export interface Cast {
  actors: Map<string, Actor>
  requesters: string[]
  categories: Map<string, string>
  vendors: Map<string, string>
}

/** One ticket with its whole history in one transaction: no timer of a running server sees it half done. */
async function play(
  opened: Opened,
  system: Actor,
  cast: Cast,
  ticket: PlannedTicket,
  progress: Progress,
): Promise<void> {
  const { platform } = opened
  const handlers = new Map(opened.routes.map((route) => [route.action.name, route]))
  await platform.database.db.transaction().execute(async (tx) => {
    // a crash may lose the last of it; the next run goes on from what is there
    await sql`set local synchronous_commit = off`.execute(tx)
    const perform = async (by: string, at: number, action: (typeof tickets)[keyof typeof tickets], input: object) => {
      const actor = cast.actors.get(by) ?? system
      const now = new Date(Math.floor(at)).toISOString()
      const { ctx, events } = openCtx(platform, actor, tx, null, now)
      let recorded = 0
      const past: Ctx = {
        ...ctx,
        record: (event) => ctx.record({ ...event, id: event.id ?? newId(Math.floor(at) + recorded++) }),
      }
      const run = handlers.get(action.name)!.handle as (ctx: Ctx, input: unknown) => Promise<unknown>
      const answer = await run(past, action.input.parse(input))
      await writeEvents(tx, events, null, at < Date.parse(progress.now) - newsMs)
      return answer as { id: string }
    }
    const { id } = await perform(ticket.requester, ticket.at, tickets.open, {
      title: ticket.title,
      description: ticket.description,
      queue: ticket.queue,
      kind: ticket.kind,
      category: cast.categories.get(ticket.category),
      impact: ticket.impact,
      urgency: ticket.urgency,
      confidential: ticket.confidential,
    })
    for (const act of ticket.acts) await perform(act.by, act.at, ...requestOf(cast, id, act))
    await sql`update settings set value = ${JSON.stringify(progress)}::jsonb where name = 'demo'`.execute(tx)
  })
}

function requestOf(cast: Cast, id: string, act: Act): [(typeof tickets)[keyof typeof tickets], object] {
  switch (act.do) {
    case 'assign':
      return [tickets.assign, { id, assignee: cast.actors.get(act.to)!.id }]
    case 'state':
      return [
        tickets.changeState,
        {
          id,
          state: act.to,
          reason: act.reason,
          vendor: act.vendor === undefined ? undefined : cast.vendors.get(act.vendor),
        },
      ]
    case 'say':
      return [tickets.addNote, { id, public: act.public, body: act.body }]
    case 'resolve':
      return [tickets.resolve, { id, resolution: act.words }]
    case 'close':
      return [tickets.close, { id }]
    case 'reopen':
      return [tickets.reopen, { id, reason: act.words }]
  }
}

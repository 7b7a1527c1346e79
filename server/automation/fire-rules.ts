import type { RuleEvent } from '../../contract/ticket-rules.ts'
import { newId } from '../platform/identifiers.ts'
import type { RecordedEvent } from '../platform/events.ts'
import type { Reaction } from '../platform/outbox.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { anyTicket, keepActivity } from '../tickets/public.ts'
import { carryOut, ruleActor } from './carry-out.ts'
import { factsOf, type KnownTicket, quietCause, quietTickets, saidIn } from './facts-store.ts'
import { allTeams, claimFiring, type EffectDone, firedFor, firedSince, settleFiring } from './firings-store.ts'
import { activeRules, eventsHeard, type StoredRule, waitingRules } from './rules-store.ts'
import { matchTicket } from './rules/match-ticket.ts'

/** A rule that fires on one ticket so often within an hour goes round in circles with somebody: it is contained. */
const mostAnHour = 20

/**
 * Fires a rule on a ticket where it matches: once for each cause, in a transaction of its own, so that one rule that is refused leaves the others be.
 * `quietSince`: of rules of time, the last activity; where something happened meanwhile it does not fire. What rules do is no activity: the moment of the
 * last one stays, for people who look for what is forgotten, and for rules of time. Answers whether it matched.
 */
async function fire(
  platform: Platform,
  rule: StoredRule,
  { id: ticketId, facts }: KnownTicket,
  cause: string,
  quietSince: string | null = null,
): Promise<boolean> {
  const { db } = platform.database
  const why = matchTicket(rule.conditions, facts)
  if (why === null) return false
  await runCommand(platform, ruleActor(rule, await allTeams(db, rule.organisation_id)), async (ctx) => {
    ctx.unchanged()
    const ticket = (await anyTicket(ctx.tx, ticketId))!
    if (quietSince !== null && (ticket.last_activity_at !== quietSince || !ticket.open)) return
    const hourAgo = new Date(Date.parse(ctx.now) - 3_600_000).toISOString()
    if ((await firedSince(ctx.tx, rule.id, ticketId, hourAgo)) >= mostAnHour) return
    const id = newId()
    const claimed = await claimFiring(ctx.tx, {
      id,
      organisation: rule.organisation_id,
      rule: rule.id,
      name: rule.name,
      ticket: ticketId,
      cause,
      at: ctx.now,
      conditions: rule.conditions.map((condition, place) => ({ ...condition, held: why[place] })),
    })
    if (!claimed) return
    const done: EffectDone[] = []
    for (const effect of rule.effects) done.push(await carryOut(ctx, rule, ticketId, effect, id))
    await settleFiring(ctx.tx, { id, rule: rule.id, at: ctx.now, done })
    await keepActivity(ctx.tx, ticketId, ticket.last_activity_at)
  })
  return true
}

const hears: Record<string, RuleEvent> = { 'ticket.opened': 'opened', 'ticket.replied': 'replied' }

/** Rules hear what people, mail and monitoring do; what rules do themselves they do not hear, so that they cannot set off each other. */
export const followRules = (platform: Platform): Reaction => ({
  name: 'automation.follow-rules',
  hears: Object.keys(hears),
  isWanted: async (tx) => {
    const heard = await eventsHeard(tx)
    return ({ organisation, type }) => heard.has(`${organisation ?? ''} ${hears[type]!}`)
  },
  async react(event: RecordedEvent) {
    if (event.actor.kind === 'automation') return
    const { db } = platform.database
    const ticket = await anyTicket(db, event.subject.id)
    if (ticket === undefined) return
    const rules = await activeRules(db, ticket.organisation_id, hears[event.type]!)
    if (rules.length === 0) return
    const note = event.after?.['note']
    const said = typeof note === 'string' ? await saidIn(db, note) : ''
    // taken up again after an interruption: what fired stands, and what is asked before it was asked already
    const fired = await firedFor(db, ticket.id, event.id)
    const lastFired = rules.findLastIndex((rule) => fired.has(rule.id))
    if (rules[lastFired]?.stops === true) return
    let known = await factsOf(db, ticket.id, said)
    for (const rule of rules.slice(lastFired + 1)) {
      if (known === undefined) return
      if (!(await fire(platform, rule, known, event.id))) continue
      if (rule.stops) return
      // the next rule sees what this one changed
      known = await factsOf(db, ticket.id, said)
    }
  },
})

const everyMs = 60_000
const atOnce = 500
const least = '00000000-0000-0000-0000-000000000000'
const always = '-infinity'
/** Whatever a condition came to hold by without activity is found by looking at all once an hour. */
const wholeLookMs = 3_600_000

/**
 * Rules of time: each looks at all open tickets on which nothing happened for as long as it says, as many as there are. Between whole looks it sees only those
 * whose time has come since it looked last.
 */
export class RuleTimer {
  readonly #platform: Platform
  readonly #clock: () => number
  readonly #rounds: Rounds
  /** Until which last activity a rule has looked, by rule and version; and when it looked at all. */
  readonly #looked = new Map<string, { until: string; wholeAt: number }>()

  /** `clock`: milliseconds since 1970, for tests. */
  constructor(platform: Platform, clock: () => number = Date.now) {
    this.#platform = platform
    this.#clock = clock
    this.#rounds = new Rounds(platform.log, {
      failed: 'rules of time could not be looked through; trying again',
      pauseMs: everyMs,
      round: () => this.round(),
    })
  }

  start(): void {
    this.#rounds.start(10_000)
  }

  async round(): Promise<void> {
    const now = this.#clock()
    for (const rule of await waitingRules(this.#platform.database.db)) {
      const key = `${rule.id} ${rule.version}`
      const before = new Date(now - rule.waits_seconds! * 1000).toISOString()
      const last = this.#looked.get(key)
      const isWhole = last === undefined || now - last.wholeAt >= wholeLookMs
      const isWell = await this.#look(rule, { since: isWhole ? always : last.until, before })
      if (this.#rounds.isStopping) return
      // where something failed it looks there again; the other rules go on
      if (isWell) this.#looked.set(key, { until: before, wholeAt: isWhole ? now : last.wholeAt })
    }
  }

  /** False where it was stopped on the way, or something failed. */
  async #look(rule: StoredRule, span: { since: string; before: string }): Promise<boolean> {
    const { db } = this.#platform.database
    let isWell = true
    for (let after = least; ;) {
      const quiet = await quietTickets(db, rule, span, after, atOnce)
      for (const { id, last } of quiet) {
        if (this.#rounds.isStopping) return false
        await this.#fire(rule, id, last).catch((error: Error) => {
          isWell = false
          this.#platform.log.error({ rule: rule.id, ticket: id, error: error.message }, 'a rule failed; trying again')
        })
      }
      if (quiet.length < atOnce) return isWell
      after = quiet.at(-1)!.id
    }
  }

  async #fire(rule: StoredRule, ticket: string, last: string): Promise<void> {
    const known = await factsOf(this.#platform.database.db, ticket)
    if (known !== undefined) await fire(this.#platform, rule, known, quietCause(last), last)
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }
}

import type { Logger } from 'pino'
import type { Permission, Role } from '../../contract/permissions.ts'
import { may } from '../../contract/permissions.ts'
import type { Db } from './db.ts'
import { forbidden, type Problem } from './errors.ts'

/** Who acts. Persons act through accounts; everything else acts under a name of its own and is seen as what it is. */
export interface Actor {
  kind: 'person' | 'apiKey' | 'job' | 'integration' | 'automation' | 'system'
  /** The person, or the key; a fixed id for the system. */
  id: string
  name: string
  role: Role
  organisation: string
  /** Null for all but persons. */
  person: string | null
  account: string | null
  session: string | null
  teams: readonly string[]
  /** Teams in which this person sees confidential records. */
  confidentialTeams: readonly string[]
  /** IANA zone in which this actor reads and writes local times. */
  zone: string
}

/** An event about to be recorded (events.ts). `before` and `after` hold the fields that changed. */
export interface EventDraft {
  type: string
  subject: { kind: string; id: string }
  before?: Record<string, unknown> | null
  after?: Record<string, unknown> | null
  /** Event id that caused this one. */
  cause?: string
  /** When it happened, where that is not now: imports. ISO instant. */
  at?: string
  /** Given only where the order among many made at once matters. */
  id?: string
  actor?: Pick<Actor, 'kind' | 'id' | 'name'>
}

export interface Ctx {
  actor: Actor
  /** In a command its transaction, in a query a plain connection. */
  tx: Db
  /** The moment of the request, ISO instant in UTC. */
  now: string
  requestId: string | null
  log: Logger
  /** Records an event with the transaction and answers its id. */
  record(event: EventDraft): string
  /** Says that this command rightly changed nothing (a repeat, an edit to the same values). */
  unchanged(): void
  /** Adds a job that exists only if the transaction commits. */
  addJob(
    task: string,
    payload: Record<string, unknown>,
    options?: { key?: string; runAt?: string; queue?: string },
  ): void
  /**
   * For commands that do one thing to many: does it as a transaction within theirs. What is refused leaves nothing behind, neither rows nor events nor
   * jobs, and is answered as its Problem; null when it was done. Any other error is thrown on and fails the command.
   */
  attempt(act: () => Promise<void>): Promise<Problem | null>
}

/** The moment of the request in whole epoch seconds, as the rules of working time count. */
export const nowSeconds = (ctx: Pick<Ctx, 'now'>): number => Math.floor(Date.parse(ctx.now) / 1000)

/** The date on which the request happens, in the zone of whoever acts. */
export const todayOf = (ctx: Pick<Ctx, 'now' | 'actor'>): string =>
  Temporal.Instant.from(ctx.now).toZonedDateTimeISO(ctx.actor.zone).toPlainDate().toString()

/** The date so many days after the one of the request, in the zone of whoever acts. */
export const dayAfter = (ctx: Pick<Ctx, 'now' | 'actor'>, days: number): string =>
  Temporal.PlainDate.from(todayOf(ctx)).add({ days }).toString()

/** Throws 403 unless the actor's role holds the permission. */
export function demand(actor: Actor, permission: Permission): void {
  if (!may(actor.role, permission)) throw forbidden(permission)
}

export const systemId = '00000000-0000-7000-8000-000000000000'
/** Linchpin itself: timers, jobs, the command line. */
export const systemActor = (organisation: string, name = 'Linchpin', kind: Actor['kind'] = 'system'): Actor => ({
  kind,
  id: systemId,
  name,
  role: 'administrator',
  organisation,
  person: null,
  account: null,
  session: null,
  teams: [],
  confidentialTeams: [],
  zone: 'UTC',
})

import type { FastifyRequest } from 'fastify'
import type { Role } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { type Db, sql } from '../platform/db.ts'
import { hashOf } from '../platform/identifiers.ts'
import type { SignIn } from './sign-in.ts'

/** For how long an answer is believed without asking the database; revocation empties the memory on every node. */
const believedMs = 5_000
const mostRemembered = 10_000

/** Says who a request comes from: a session cookie of the sign-in, or a bearer API key. */
export class Identification {
  readonly #db: Db
  readonly #signIn: SignIn
  readonly #known = new Map<string, { actor: Actor | null; until: number }>()

  constructor(db: Db, signIn: SignIn) {
    this.#db = db
    this.#signIn = signIn
  }

  /** Rights, teams or sessions changed: ask again. */
  forget(): void {
    this.#known.clear()
  }

  async of(request: FastifyRequest): Promise<Actor | null> {
    const { authorization, cookie } = request.headers
    const bearer = authorization?.match(/^Bearer\s+(\S{1,200})$/i)?.[1]
    if (bearer !== undefined) return this.#remembered(`key ${bearer}`, () => this.#byKey(bearer))
    if (authorization !== undefined || cookie === undefined || !cookie.includes('linchpin.session_token=')) return null
    return this.#remembered(cookie, () => this.#bySession(cookie))
  }

  async #remembered(what: string, ask: () => Promise<Actor | null>): Promise<Actor | null> {
    const now = Date.now()
    const known = this.#known.get(what)
    if (known !== undefined && known.until > now) return known.actor
    const actor = await ask()
    if (this.#known.size >= mostRemembered) this.#known.clear()
    this.#known.set(what, { actor, until: now + believedMs })
    return actor
  }

  async #byKey(key: string): Promise<Actor | null> {
    const { rows } = await sql<{ id: string; name: string; role: Role; organisation_id: string }>`
      update api_keys set last_used_at = now()
      where key_hash = ${hashOf(key)} and revoked_at is null and (expires_at is null or expires_at > now()) returning id, name, role, organisation_id`.execute(
      this.#db,
    )
    const row = rows[0]
    if (row === undefined) return null
    return {
      kind: 'apiKey',
      id: row.id,
      name: row.name,
      role: row.role,
      organisation: row.organisation_id,
      person: null,
      account: null,
      session: null,
      teams: [],
      confidentialTeams: [],
      zone: 'UTC',
    }
  }

  async #bySession(cookie: string): Promise<Actor | null> {
    const found = await this.#signIn.auth.api.getSession({ headers: new Headers({ cookie }) })
    return found === null ? null : actorOfAccount(this.#db, found.user.id, found.session.id)
  }
}

/** The actor behind an account, with teams; null where the account is closed. */
export async function actorOfAccount(db: Db, account: string, session: string | null): Promise<Actor | null> {
  const { rows } = await sql<{
    person_id: string
    name: string
    role: Role
    organisation_id: string
    zone: string | null
    teams: string[]
    confidential: string[]
  }>`
    select a.person_id, p.name, a.role, p.organisation_id, a.zone,
      array(select m.team_id from team_members m join teams t on t.id = m.team_id and t.active where m.person_id = p.id) as teams,
      array(select m.team_id from team_members m join teams t on t.id = m.team_id and t.active where m.person_id = p.id and m.confidential) as confidential
    from accounts a join persons p on p.id = a.person_id where a.id = ${account} and a.disabled_at is null and p.active`.execute(
    db,
  )
  const row = rows[0]
  if (row === undefined) return null
  return {
    kind: 'person',
    id: row.person_id,
    name: row.name,
    role: row.role,
    organisation: row.organisation_id,
    person: row.person_id,
    account,
    session,
    teams: row.teams,
    confidentialTeams: row.confidential,
    zone: row.zone ?? 'UTC',
  }
}

/** The actor behind a person: what they may see, whoever asks in their name. Null where they cannot sign in. */
export async function actorOfPerson(db: Db, person: string): Promise<Actor | null> {
  const { rows } = await sql<{ id: string }>`
    select id from accounts where person_id = ${person} and disabled_at is null`.execute(db)
  return rows[0] === undefined ? null : actorOfAccount(db, rows[0].id, null)
}

import type { Input, Output } from '../../../contract/action.ts'
import type { setup } from '../../../contract/set-up.ts'
import { tellAccess } from '../access.ts'
import { endSessions, makeInvitation, openInvitation, saveAccount, setPassword } from '../accounts-store.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type Db, sql } from '../../platform/db.ts'
import { Problem } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { insertPerson, personByEmail, setEmails } from '../persons-store.ts'

/** Hours in which the set-up link printed at the first start works. */
const setUpDays = 1

/** The organisation every installation begins with. Created with the first start, renamed by the set-up. */
export async function firstOrganisation(db: Db): Promise<{ id: string; name: string }> {
  await sql`insert into organisations (id, name) select ${newId()}, 'Linchpin' where not exists (select 1 from organisations)`.execute(
    db,
  )
  return (
    await sql<{ id: string; name: string }>`select id, name from organisations order by created_at, id limit 1`.execute(
      db,
    )
  ).rows[0]!
}

/** Whether nobody can sign in as administrator yet. */
export async function setUpNeeded(db: Db): Promise<boolean> {
  const { rows } =
    await sql`select 1 from accounts a join account_credentials c on c.account_id = a.id where a.role = 'administrator' and a.disabled_at is null limit 1`.execute(
      db,
    )
  return rows.length === 0
}

/** A fresh one-time link while the installation waits for its first administrator; null afterwards. */
export async function setUpLink(db: Db, publicUrl: string): Promise<string | null> {
  if (!(await setUpNeeded(db))) return null
  const { token } = await makeInvitation(db, null, setUpDays)
  return `${publicUrl}/setup?token=${token}`
}

export type HashPassword = (password: string) => Promise<string>

/** What the floors above lay down for a new organisation: a calendar, service levels, a first queue. */
export type LayFoundations = (
  ctx: Ctx,
  organisation: string,
  given: { zone: string; administrator: string },
) => Promise<void>

export function setUpActions(hashPassword: HashPassword, layFoundations: LayFoundations) {
  return {
    async status(ctx: Ctx): Promise<Output<typeof setup.status>> {
      return { needed: await setUpNeeded(ctx.tx), organisation: (await firstOrganisation(ctx.tx)).name }
    },

    async complete(ctx: Ctx, input: Input<typeof setup.complete>): Promise<Output<typeof setup.complete>> {
      await sql`select pg_advisory_xact_lock(hashtext('linchpin set-up'))`.execute(ctx.tx)
      if (!(await setUpNeeded(ctx.tx))) throw new Problem(409, 'setup.done')
      const opened = await openInvitation(ctx.tx, input.token, true)
      if (opened === undefined || opened.account_id !== null) throw new Problem(410, 'setup.link-invalid')
      const { id: organisation } = await firstOrganisation(ctx.tx)
      await sql`update organisations set name = ${input.organisation}, version = version + 1 where id = ${organisation}`.execute(
        ctx.tx,
      )
      const known = await personByEmail(ctx.tx, organisation, input.email)
      const person = known?.id ?? newId()
      if (known === undefined) {
        await insertPerson(ctx.tx, person, organisation, { name: input.name })
        await setEmails(ctx.tx, person, [input.email])
      }
      const account = await saveAccount(ctx.tx, { id: person, name: input.name, email: input.email }, 'administrator')
      await setPassword(ctx.tx, account, await hashPassword(input.password))
      await sql`update accounts set zone = ${input.zone} where id = ${account}`.execute(ctx.tx)
      await layFoundations(ctx, organisation, { zone: input.zone, administrator: person })
      ctx.record({
        type: 'installation.set-up',
        subject: { kind: 'organisation', id: organisation },
        after: { organisation: input.organisation, administrator: person },
      })
      return { email: input.email }
    },

    async invitation(ctx: Ctx, input: Input<typeof setup.invitation>): Promise<Output<typeof setup.invitation>> {
      const opened = await openInvitation(ctx.tx, input.token, false)
      if (opened?.account_id == null) throw new Problem(410, 'setup.link-invalid')
      return {
        name: opened.name!,
        email: opened.email!,
        organisation: opened.organisation!,
        expiresAt: opened.expires_at,
      }
    },

    async accept(ctx: Ctx, input: Input<typeof setup.accept>): Promise<Output<typeof setup.accept>> {
      const opened = await openInvitation(ctx.tx, input.token, true)
      if (opened?.account_id == null) throw new Problem(410, 'setup.link-invalid')
      await setPassword(ctx.tx, opened.account_id, await hashPassword(input.password))
      await endSessions(ctx.tx, opened.account_id)
      await tellAccess(ctx.tx)
      ctx.record({
        type: 'account.password-set',
        subject: { kind: 'person', id: opened.person_id! },
        actor: { kind: 'person', id: opened.person_id!, name: opened.name! },
      })
      return { email: opened.email! }
    },
  }
}

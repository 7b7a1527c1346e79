import type { Input, Output } from '../../../contract/action.ts'
import type { people } from '../../../contract/people.ts'
import { tellAccess } from '../access.ts'
import { makeInvitation, saveAccount } from '../accounts-store.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { notFound, refuse } from '../../platform/errors.ts'
import type { Estate } from '../estate.ts'
import { otherAdministrators, personById, type StoredPerson } from '../persons-store.ts'
import { shownPerson } from '../queries/show-person.ts'
import { whyNotDemote, whyNotGrant, whyNotInvite } from '../rules/people-rules.ts'

/** Days an invitation works. */
const invitationDays = 7

async function lockedPerson(ctx: Ctx, id: string): Promise<StoredPerson> {
  const found = await personById(ctx.tx, ctx.actor.organisation, id, true)
  if (found === undefined) throw notFound('person')
  return found
}
const demotion = async (ctx: Ctx, p: StoredPerson, role: string) =>
  whyNotDemote(
    {
      role: p.disabled_at === null ? p.role : null,
      otherAdministrators: await otherAdministrators(ctx.tx, p.organisation_id, p.id),
    },
    role,
  )

export const invitePerson =
  (publicUrl: string) =>
  async (ctx: Ctx, input: Input<typeof people.invite>): Promise<Output<typeof people.invite>> => {
    const person = await lockedPerson(ctx, input.id)
    refuse(whyNotInvite({ active: person.active, email: person.emails[0] ?? null }))
    refuse(whyNotGrant(ctx.actor.role, input.role))
    // a link sets a password: for an administrator's account only another administrator makes one
    if (person.role !== null) refuse(whyNotGrant(ctx.actor.role, person.role))
    refuse(await demotion(ctx, person, input.role))
    const account = await saveAccount(
      ctx.tx,
      { id: person.id, name: person.name, email: person.emails[0]! },
      input.role,
    )
    const { token, expiresAt } = await makeInvitation(ctx.tx, account, invitationDays)
    await tellAccess(ctx.tx)
    ctx.record({
      type: 'account.invited',
      subject: { kind: 'person', id: person.id },
      before: { role: person.role },
      after: { role: input.role },
    })
    return { link: `${publicUrl}/invitations/${token}`, expiresAt }
  }

export const changeRole =
  (estates: readonly Estate[]) =>
  async (ctx: Ctx, input: Input<typeof people.changeRole>): Promise<Output<typeof people.changeRole>> => {
    const person = await lockedPerson(ctx, input.id)
    if (person.role === null) throw notFound('account')
    refuse(whyNotGrant(ctx.actor.role, input.role))
    refuse(whyNotGrant(ctx.actor.role, person.role))
    refuse(await demotion(ctx, person, input.role))
    if (person.role === input.role) ctx.unchanged()
    else {
      await sql`update accounts set role = ${input.role}, updated_at = now() where person_id = ${person.id}`.execute(
        ctx.tx,
      )
      await tellAccess(ctx.tx)
      ctx.record({
        type: 'account.role-changed',
        subject: { kind: 'person', id: person.id },
        before: { role: person.role },
        after: { role: input.role },
      })
    }
    return shownPerson(ctx, (await personById(ctx.tx, ctx.actor.organisation, person.id))!, estates)
  }

export const unlockPerson =
  (estates: readonly Estate[]) =>
  async (ctx: Ctx, input: Input<typeof people.unlock>): Promise<Output<typeof people.unlock>> => {
    const person = await lockedPerson(ctx, input.id)
    if (person.locked_until === null) ctx.unchanged()
    else {
      await sql`update accounts set locked_until = null, failed_sign_ins = 0 where person_id = ${person.id}`.execute(
        ctx.tx,
      )
      ctx.record({ type: 'account.unlocked', subject: { kind: 'person', id: person.id } })
    }
    return shownPerson(ctx, (await personById(ctx.tx, ctx.actor.organisation, person.id))!, estates)
  }

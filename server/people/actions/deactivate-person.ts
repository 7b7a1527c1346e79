import type { Input, Output } from '../../../contract/action.ts'
import type { people } from '../../../contract/people.ts'
import { tellAccess } from '../access.ts'
import { endSessions } from '../accounts-store.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { notFound, refuse, stale } from '../../platform/errors.ts'
import type { Estate } from '../estate.ts'
import { otherAdministrators, personById, updatePerson } from '../persons-store.ts'
import { shownPerson } from '../queries/show-person.ts'
import { whyNotDeactivate, whyNotHandOver } from '../rules/people-rules.ts'
import { leaveTeams, teamsLed } from '../teams-store.ts'

/** Ends account and sessions at once and hands over everything open in the same transaction: nothing is left unowned. */
export const deactivatePerson =
  (estates: readonly Estate[]) =>
  async (ctx: Ctx, input: Input<typeof people.deactivate>): Promise<Output<typeof people.deactivate>> => {
    const organisation = ctx.actor.organisation
    const before = await personById(ctx.tx, organisation, input.id, true)
    if (before === undefined) throw notFound('person')
    if (input.version !== undefined && input.version !== before.version)
      throw stale(await shownPerson(ctx, before, estates), input)
    refuse(
      whyNotDeactivate({
        active: before.active,
        role: before.disabled_at === null ? before.role : null,
        otherAdministrators: await otherAdministrators(ctx.tx, organisation, before.id),
        self: before.id === ctx.actor.person,
        by: ctx.actor.role,
      }),
    )
    const successor = input.handOverTo === null ? null : await personById(ctx.tx, organisation, input.handOverTo)
    if (successor === undefined || successor?.id === before.id) throw notFound('successor')
    let owned = await teamsLed(ctx.tx, before.id)
    for (const estate of estates) owned += await estate.count(ctx.tx, before.id)
    refuse(whyNotHandOver(owned, successor))

    const handedOver = {
      tickets: 0,
      commitments: 0,
      approvals: 0,
      tasks: 0,
      incidents: 0,
      views: 0,
      teams: await leaveTeams(ctx.tx, before.id, successor?.id ?? null),
    }
    // first, so that nothing of theirs is handed back to them by a rule that looks for who is there
    await updatePerson(ctx.tx, before.id, { active: false })
    if (successor !== null)
      for (const estate of estates) handedOver[estate.name] = await estate.handOver(ctx, before.id, successor.id)
    if (before.account_id !== null) {
      await sql`update accounts set disabled_at = now() where id = ${before.account_id}`.execute(ctx.tx)
      await endSessions(ctx.tx, before.account_id)
    }
    await tellAccess(ctx.tx)
    ctx.record({
      type: 'person.deactivated',
      subject: { kind: 'person', id: before.id },
      before: { active: true },
      after: { active: false, successor: successor?.id ?? null, ...handedOver },
    })
    return { person: await shownPerson(ctx, (await personById(ctx.tx, organisation, before.id))!, estates), handedOver }
  }

export const reactivatePerson =
  (estates: readonly Estate[]) =>
  async (ctx: Ctx, input: Input<typeof people.reactivate>): Promise<Output<typeof people.reactivate>> => {
    const before = await personById(ctx.tx, ctx.actor.organisation, input.id, true)
    if (before === undefined) throw notFound('person')
    if (before.active) ctx.unchanged()
    else {
      await updatePerson(ctx.tx, before.id, { active: true })
      ctx.record({
        type: 'person.reactivated',
        subject: { kind: 'person', id: before.id },
        before: { active: false },
        after: { active: true },
      })
    }
    return shownPerson(ctx, (await personById(ctx.tx, ctx.actor.organisation, before.id))!, estates)
  }

import type { Input, Output } from '../../../contract/action.ts'
import type { people } from '../../../contract/people.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { may } from '../../../contract/permissions.ts'
import { notFound } from '../../platform/errors.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import {
  accountStatus,
  countPersons,
  otherAdministrators,
  personById,
  personPage,
  type StoredPerson,
  toRow,
} from '../persons-store.ts'
import { whyNotDeactivate, whyNotInvite } from '../rules/people-rules.ts'
import type { Estate } from '../estate.ts'

/** A person with everything its page shows. `estates` count what the person owns elsewhere. */
export async function shownPerson(
  ctx: Ctx,
  p: StoredPerson,
  estates: readonly Estate[],
): Promise<Output<typeof people.show>> {
  const tickets = estates.find((e) => e.name === 'tickets')
  const refusals = may(ctx.actor.role, 'people.write')
    ? shownRefusals({
        deactivate: whyNotDeactivate({
          active: p.active,
          role: p.disabled_at === null ? p.role : null,
          otherAdministrators: await otherAdministrators(ctx.tx, p.organisation_id, p.id),
          self: p.id === ctx.actor.person,
          by: ctx.actor.role,
        }),
        invite: whyNotInvite({ active: p.active, email: p.emails[0] ?? null }),
      })
    : {}
  return {
    ...toRow(p),
    emails: p.emails,
    username: p.username,
    jobTitle: p.job_title,
    employeeNumber: p.employee_number,
    costCentre: p.cost_centre,
    phone: p.phone,
    manager: p.manager_id === null ? null : { id: p.manager_id, name: p.manager_name ?? '' },
    sponsor: p.sponsor_id === null ? null : { id: p.sponsor_id, name: p.sponsor_name ?? '' },
    skills: p.skills,
    startsOn: p.starts_on,
    endsOn: p.ends_on,
    createdAt: p.created_at,
    account:
      p.role === null
        ? null
        : {
            role: p.role,
            status: accountStatus(p, ctx.now),
            lastSignInAt: p.last_sign_in_at,
            secondFactor: p.two_factor_enabled ?? false,
          },
    openTickets: tickets === undefined ? 0 : await tickets.count(ctx.tx, p.id, ctx.actor),
    refusals,
  }
}

export const showPerson =
  (estates: readonly Estate[]) =>
  async (ctx: Ctx, input: Input<typeof people.show>): Promise<Output<typeof people.show>> => {
    const found = await personById(ctx.tx, ctx.actor.organisation, input.id)
    if (found === undefined) throw notFound('person')
    return shownPerson(ctx, found, estates)
  }

export async function listPeople(ctx: Ctx, input: Input<typeof people.list>): Promise<Output<typeof people.list>> {
  const { rows, next } = await personPage(ctx.tx, ctx.actor.organisation, input, input.limit, input.after)
  if (input.count === undefined) return { items: rows.map(toRow), next }
  const cap = input.count === 'capped' ? 1000 : null
  const total = await countPersons(ctx.tx, ctx.actor.organisation, input, cap)
  return {
    items: rows.map(toRow),
    next,
    total: cap === null ? total : Math.min(total, cap),
    totalCapped: cap !== null && total > cap,
  }
}

import type { Ctx } from '../../platform/ctx.ts'
import { changes } from '../../platform/events.ts'
import { keepImported } from '../../platform/imports/imported-values.ts'
import { tellAccess } from '../access.ts'
import { personByEmail, type PersonColumns, setEmails, updatePerson } from '../persons-store.ts'
import { insertPersons, type NewPerson } from './imported-persons-store.ts'
import type { PersonPlan } from './plan-person.ts'

export const peopleSource = 'people'

const empty: Omit<NewPerson, 'id' | 'name' | 'email'> = {
  username: null,
  employee_number: null,
  department: null,
  job_title: null,
  phone: null,
  site: null,
  cost_centre: null,
  manager_id: null,
  starts_on: null,
  ends_on: null,
  active: true,
}

/**
 * Writes new people with a fixed number of statements, changed ones each by itself, and keeps what was written. No account is made. Answers whose
 * address became somebody else's since it was planned, with the name of that one.
 */
export async function writePeople(ctx: Ctx, plans: readonly PersonPlan[]): Promise<Map<PersonPlan, string>> {
  const { organisation } = ctx.actor
  const made = plans
    .filter((plan) => plan.before === null)
    .map((plan) => ({ ...empty, ...plan.changed, id: plan.id, email: plan.email }) as NewPerson)
  await insertPersons(ctx.tx, organisation, made)
  for (const { id, email, ...columns } of made)
    ctx.record({
      type: 'person.created',
      subject: { kind: 'person', id },
      after: {
        ...Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null)),
        emails: email === null ? [] : [email],
      },
    })
  let isAccessTouched = false
  const taken = new Map<PersonPlan, string>()
  for (const plan of plans) {
    const { id, before, changed } = plan
    if (before === null || (Object.keys(changed).length === 0 && plan.email === null)) continue
    const wanted = plan.email === null ? null : [plan.email, ...before.emails.filter((one) => one !== plan.email)]
    const refused = wanted === null ? null : await setEmails(ctx.tx, id, wanted)
    if (refused !== null) {
      taken.set(plan, (await personByEmail(ctx.tx, organisation, refused))?.name ?? '?')
      delete plan.said['email']
      if (Object.keys(changed).length === 0) continue
    }
    const emails = wanted === null || refused !== null ? before.emails : wanted
    const { active, ...columns } = changed
    await updatePerson(ctx.tx, id, {
      ...(columns as Partial<PersonColumns>),
      ...(active === undefined ? {} : { active: active === true }),
    })
    const change = changes({ ...before }, { ...before, ...columns, emails })
    if (Object.keys(change.after).length > 0)
      ctx.record({ type: 'person.changed', subject: { kind: 'person', id }, ...change })
    if (active !== undefined) {
      isAccessTouched = true
      ctx.record({
        type: active === true ? 'person.reactivated' : 'person.deactivated',
        subject: { kind: 'person', id },
        before: { active: before.active },
        after: { active },
      })
    }
  }
  if (isAccessTouched) await tellAccess(ctx.tx)
  const records = plans.map(({ id, identity, said }) => ({ id, identity, said }))
  await keepImported(ctx.tx, organisation, peopleSource, [...new Map(records.map((one) => [one.id, one])).values()])
  return taken
}

import type { Input, Output } from '../../../contract/action.ts'
import type { people } from '../../../contract/people.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Estate } from '../estate.ts'
import {
  insertPerson,
  managersAbove,
  personById,
  type PersonColumns,
  setEmails,
  type StoredPerson,
  updatePerson,
  whoElseIs,
} from '../persons-store.ts'
import { setSkillsOf } from '../skills-store.ts'
import { shownPerson } from '../queries/show-person.ts'
import { demandSkills } from './skills.ts'
import { whyNotManagedBy } from '../rules/people-rules.ts'

type Given = Omit<Input<typeof people.edit>, 'id' | 'version'>
const columnOf: Record<string, keyof PersonColumns> = {
  name: 'name',
  kind: 'kind',
  department: 'department',
  site: 'site',
  costCentre: 'cost_centre',
  username: 'username',
  jobTitle: 'job_title',
  employeeNumber: 'employee_number',
  phone: 'phone',
  manager: 'manager_id',
  sponsor: 'sponsor_id',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
}
const columnsOf = (given: Given): Partial<PersonColumns> =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([field, value]) => field in columnOf && value !== undefined)
      .map(([field, value]) => [columnOf[field]!, value]),
  )

async function saveEmails(ctx: Ctx, id: string, emails: readonly string[] | undefined): Promise<void> {
  if (emails === undefined) return
  const taken = await setEmails(ctx.tx, id, emails)
  if (taken !== null)
    throw new Problem(409, 'people.address-taken', { address: taken }, { fields: [{ path: 'emails', message: taken }] })
}

async function saveSkills(
  ctx: Ctx,
  id: string,
  skills: readonly string[] | undefined,
  before: readonly string[],
): Promise<void> {
  if (skills === undefined) return
  await demandSkills(ctx, 'skills', skills, before)
  await setSkillsOf(ctx.tx, id, skills)
}
const inOrder = (ids: readonly string[]): string[] => [...new Set(ids)].toSorted()

/** 409 where somebody else has the username or the employee number. */
async function demandOwn(ctx: Ctx, id: string, columns: Partial<PersonColumns>): Promise<void> {
  const other = await whoElseIs(ctx.tx, ctx.actor.organisation, id, columns)
  if (other === undefined) return
  const code = `people.${other.field === 'username' ? 'username' : 'number'}-taken`
  throw new Problem(409, code, { name: other.name }, { fields: [{ path: other.field, message: code }] })
}

export const createPerson =
  (estates: readonly Estate[]) =>
  async (ctx: Ctx, input: Input<typeof people.create>): Promise<Output<typeof people.create>> => {
    const id = newId()
    const columns = columnsOf(input)
    await demandOwn(ctx, id, columns)
    await insertPerson(ctx.tx, id, ctx.actor.organisation, { ...columns, name: input.name })
    await saveEmails(ctx, id, input.emails)
    await saveSkills(ctx, id, input.skills, [])
    ctx.record({
      type: 'person.created',
      subject: { kind: 'person', id },
      after: { ...columns, emails: input.emails ?? [], skills: input.skills ?? [] },
    })
    return shownPerson(ctx, (await personById(ctx.tx, ctx.actor.organisation, id))!, estates)
  }

const fieldsOf = (p: StoredPerson): Record<string, unknown> => ({
  ...Object.fromEntries(Object.values(columnOf).map((column) => [column, p[column]])),
  emails: p.emails,
  skills: inOrder(p.skills.map((skill) => skill.id)),
})

export const editPerson =
  (estates: readonly Estate[]) =>
  async (ctx: Ctx, input: Input<typeof people.edit>): Promise<Output<typeof people.edit>> => {
    const before = await personById(ctx.tx, ctx.actor.organisation, input.id, true)
    if (before === undefined) throw notFound('person')
    if (input.version !== undefined && input.version !== before.version)
      throw stale(await shownPerson(ctx, before, estates), input)
    if (input.manager != null) refuse(whyNotManagedBy(input.id, await managersAbove(ctx.tx, input.manager)))
    const change = changes(fieldsOf(before), {
      ...fieldsOf(before),
      ...columnsOf(input),
      ...(input.emails === undefined ? {} : { emails: input.emails }),
      ...(input.skills === undefined ? {} : { skills: inOrder(input.skills) }),
    })
    if (Object.keys(change.after).length === 0) {
      ctx.unchanged()
      return shownPerson(ctx, before, estates)
    }
    await demandOwn(ctx, input.id, columnsOf(input))
    await updatePerson(ctx.tx, input.id, columnsOf(input))
    await saveEmails(ctx, input.id, input.emails)
    await saveSkills(
      ctx,
      input.id,
      input.skills,
      before.skills.map((skill) => skill.id),
    )
    ctx.record({ type: 'person.changed', subject: { kind: 'person', id: input.id }, ...change })
    return shownPerson(ctx, (await personById(ctx.tx, ctx.actor.organisation, input.id))!, estates)
  }

import type { Input, Output } from '../../../contract/action.ts'
import type { Skill, skills } from '../../../contract/skills.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { invalid, notFound, Problem, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { whyNotCloseSkill } from '../rules/people-rules.ts'
import { allSkills, isNameTaken, saveSkill, skillById, skillsInUse, type StoredSkill } from '../skills-store.ts'

/** What needs each skill, in words; categories and rules stand on floors above and answer through assemble.ts. */
export type SkillNeeds = (db: Db, organisation: string) => Promise<Map<string, string[]>>

/** 400 for a skill that is not there, or closed and not among those that were kept before. */
export async function demandSkills(
  ctx: Ctx,
  path: string,
  given: readonly string[],
  before: readonly string[] = [],
): Promise<void> {
  const fresh = given.filter((id) => !before.includes(id))
  const known = new Set((await skillsInUse(ctx.tx, ctx.actor.organisation, fresh)).map(({ id }) => id))
  const missing = fresh.find((id) => !known.has(id))
  if (missing !== undefined) throw invalid(path, 'skills.unknown', { id: missing })
}

export function skillActions(needs: readonly SkillNeeds[]) {
  const neededBy = async (ctx: Ctx): Promise<Map<string, string[]>> => {
    const found = new Map<string, string[]>()
    for (const ask of needs)
      for (const [id, names] of await ask(ctx.tx, ctx.actor.organisation))
        found.set(id, [...(found.get(id) ?? []), ...names])
    return found
  }
  const shown = async (ctx: Ctx, rows: readonly StoredSkill[]): Promise<Skill[]> => {
    const by = await neededBy(ctx)
    return rows.map((row) => {
      const names = by.get(row.id) ?? []
      return { ...row, neededBy: names, refusals: shownRefusals({ close: whyNotCloseSkill(names) }) }
    })
  }
  const one = async (ctx: Ctx, id: string): Promise<Skill> =>
    (await shown(ctx, [(await skillById(ctx.tx, ctx.actor.organisation, id))!]))[0]!
  const demandName = async (ctx: Ctx, id: string, name: string): Promise<void> => {
    if (await isNameTaken(ctx.tx, ctx.actor.organisation, id, name))
      throw new Problem(409, 'skills.name-taken', { name }, { fields: [{ path: 'name', message: name }] })
  }

  return {
    list: async (ctx: Ctx): Promise<Output<typeof skills.list>> => ({
      items: await shown(ctx, await allSkills(ctx.tx, ctx.actor.organisation)),
    }),

    async create(ctx: Ctx, input: Input<typeof skills.create>): Promise<Output<typeof skills.create>> {
      const id = newId()
      await demandName(ctx, id, input.name)
      await saveSkill(ctx.tx, id, ctx.actor.organisation, { name: input.name, active: true })
      ctx.record({ type: 'skill.created', subject: { kind: 'skill', id }, after: { name: input.name } })
      return one(ctx, id)
    },

    async edit(ctx: Ctx, input: Input<typeof skills.edit>): Promise<Output<typeof skills.edit>> {
      const before = await skillById(ctx.tx, ctx.actor.organisation, input.id, true)
      if (before === undefined) throw notFound('skill')
      if (input.version !== undefined && input.version !== before.version) throw stale(await one(ctx, input.id), input)
      const was = { name: before.name, active: before.active }
      const after = { name: input.name ?? was.name, active: input.active ?? was.active }
      if (was.active && !after.active) refuse(whyNotCloseSkill((await neededBy(ctx)).get(input.id) ?? []))
      const change = changes(was, after)
      if (Object.keys(change.after).length === 0) ctx.unchanged()
      else {
        await demandName(ctx, input.id, after.name)
        await saveSkill(ctx.tx, input.id, ctx.actor.organisation, after)
        ctx.record({ type: 'skill.changed', subject: { kind: 'skill', id: input.id }, ...change })
      }
      return one(ctx, input.id)
    },
  }
}

import { z } from 'zod'
import { basedOn, command, id, line, query, refusals } from './action.ts'

export const skill = z.object({
  id,
  version: z.int(),
  name: z.string(),
  active: z.boolean(),
  /** How many active persons have it. */
  people: z.int(),
  /** What needs it, in words: categories and rules. */
  neededBy: z.array(z.string()),
  refusals,
})
export type Skill = z.output<typeof skill>

export const skills = {
  list: query({
    name: 'skills.list',
    path: '/skills',
    permission: 'people.write',
    summary: 'Skills by name, with how many have each and what needs it.',
    input: z.object({}),
    output: z.object({ items: z.array(skill) }),
  }),
  create: command({
    name: 'skills.create',
    method: 'POST',
    path: '/skills',
    permission: 'people.write',
    summary: 'Add a skill.',
    input: z.object({ name: line(80) }),
    output: skill,
  }),
  edit: command({
    name: 'skills.edit',
    method: 'PATCH',
    path: '/skills/{id}',
    permission: 'people.write',
    summary: 'Rename or close a skill, or open it again.',
    input: z.object({ id, name: line(80).optional(), active: z.boolean().optional(), version: basedOn }),
    output: skill,
  }),
}

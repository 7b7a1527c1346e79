import type { Input, Output } from '../../../contract/action.ts'
import type { teams, Team } from '../../../contract/people.ts'
import { tellAccess } from '../access.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { notFound, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { personById } from '../persons-store.ts'
import { removeMember, saveTeam, setMember, type StoredTeam, teamById, teamPage } from '../teams-store.ts'
import type { Db } from '../../platform/db.ts'

/** Which queues a team serves is known one floor up; main.ts hands the question down. */
export type QueuesOfTeams = (db: Db, teams: readonly string[]) => Promise<Map<string, { id: string; name: string }[]>>

export function teamActions(queuesOf: QueuesOfTeams) {
  const shown = async (ctx: Ctx, rows: readonly StoredTeam[]): Promise<Team[]> => {
    const queues = await queuesOf(
      ctx.tx,
      rows.map((t) => t.id),
    )
    return rows.map((t) => ({
      id: t.id,
      version: t.version,
      name: t.name,
      lead: t.lead_id === null ? null : { id: t.lead_id, name: t.lead_name ?? '' },
      members: t.members,
      queues: queues.get(t.id) ?? [],
      active: t.active,
      refusals: {},
    }))
  }
  const reread = async (ctx: Ctx, id: string): Promise<Team> => {
    const found = await teamById(ctx.tx, ctx.actor.organisation, id)
    if (found === undefined) throw notFound('team')
    return (await shown(ctx, [found]))[0]!
  }
  const lockedTeam = async (ctx: Ctx, id: string): Promise<StoredTeam> => {
    const found = await teamById(ctx.tx, ctx.actor.organisation, id, true)
    if (found === undefined) throw notFound('team')
    return found
  }
  const demandPerson = async (ctx: Ctx, id: string | null | undefined) => {
    if (id != null && (await personById(ctx.tx, ctx.actor.organisation, id))?.active !== true) throw notFound('person')
  }

  return {
    async list(ctx: Ctx, input: Input<typeof teams.list>): Promise<Output<typeof teams.list>> {
      const { rows, next } = await teamPage(ctx.tx, ctx.actor.organisation, input.q, input.limit, input.after)
      return { items: await shown(ctx, rows), next }
    },
    show: (ctx: Ctx, input: Input<typeof teams.show>): Promise<Output<typeof teams.show>> => reread(ctx, input.id),

    async create(ctx: Ctx, input: Input<typeof teams.create>): Promise<Output<typeof teams.create>> {
      await demandPerson(ctx, input.lead)
      const id = newId()
      await sql`insert into teams (id, organisation_id, name, lead_id) values (${id}, ${ctx.actor.organisation}, ${input.name}, ${input.lead ?? null})`.execute(
        ctx.tx,
      )
      ctx.record({
        type: 'team.created',
        subject: { kind: 'team', id },
        after: { name: input.name, lead_id: input.lead ?? null },
      })
      return reread(ctx, id)
    },

    async edit(ctx: Ctx, input: Input<typeof teams.edit>): Promise<Output<typeof teams.edit>> {
      const before = await lockedTeam(ctx, input.id)
      if (input.version !== undefined && input.version !== before.version)
        throw stale((await shown(ctx, [before]))[0]!, input)
      await demandPerson(ctx, input.lead)
      const columns = {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.lead === undefined ? {} : { lead_id: input.lead }),
        ...(input.active === undefined ? {} : { active: input.active }),
      }
      const change = changes(before, { ...before, ...columns })
      if (Object.keys(change.after).length === 0) ctx.unchanged()
      else {
        await saveTeam(ctx.tx, input.id, columns)
        await tellAccess(ctx.tx)
        ctx.record({ type: 'team.changed', subject: { kind: 'team', id: input.id }, ...change })
      }
      return reread(ctx, input.id)
    },

    async setMember(ctx: Ctx, input: Input<typeof teams.setMember>): Promise<Output<typeof teams.setMember>> {
      const before = await lockedTeam(ctx, input.id)
      await demandPerson(ctx, input.person)
      const member = before.members.find((m) => m.id === input.person)
      if (member?.confidential === input.confidential) ctx.unchanged()
      else {
        await setMember(ctx.tx, input.id, input.person, input.confidential)
        await tellAccess(ctx.tx)
        ctx.record({
          type: member === undefined ? 'team.member-added' : 'team.member-changed',
          subject: { kind: 'team', id: input.id },
          before: member === undefined ? null : { person: input.person, confidential: member.confidential },
          after: { person: input.person, confidential: input.confidential },
        })
      }
      return reread(ctx, input.id)
    },

    async removeMember(ctx: Ctx, input: Input<typeof teams.removeMember>): Promise<Output<typeof teams.removeMember>> {
      const before = await lockedTeam(ctx, input.id)
      if (!before.members.some((m) => m.id === input.person)) ctx.unchanged()
      else {
        await removeMember(ctx.tx, input.id, input.person)
        await tellAccess(ctx.tx)
        ctx.record({
          type: 'team.member-removed',
          subject: { kind: 'team', id: input.id },
          before: { person: input.person },
        })
      }
      return reread(ctx, input.id)
    },
  }
}

import type { Input, Output } from '../../../contract/action.ts'
import type { approvals } from '../../../contract/approvals.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { forbidden, invalid, notFound, Problem, refuse } from '../../platform/errors.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { unknownApprovers } from '../people-around.ts'
import { reread } from '../queries.ts'
import { startApproval } from '../run-stages.ts'

/** Asks by hand for an approval of a record one works on. The asker's own decision does not count. */
export const askApproval =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof approvals.ask>): Promise<Output<typeof approvals.ask>> => {
    const { about } = input
    if (!(await subjects.visibleIds(ctx.tx, ctx.actor, about.kind, [about.id])).has(about.id))
      throw notFound(about.kind)
    const { rows } = await sql<{ inside: boolean }>`
      select ${subjects.get(about.kind)!.insider(ctx.actor, sql`${about.id}::uuid`)} as inside`.execute(ctx.tx)
    if (rows[0]?.inside !== true) throw forbidden('commitments.make')
    refuse(await subjects.whyNotAsk(ctx.tx, about))
    const approvers = input.definition.stages.flatMap((stage) => stage.approvers)
    if ((await unknownApprovers(ctx.tx, ctx.actor.organisation, approvers)).length > 0)
      throw invalid('definition', 'approvals.approver-unknown')
    const id = await startApproval(ctx, {
      subject: about,
      purpose: 'asked',
      title: input.title,
      facts: input.words === '' ? [] : [{ label: sentence('approvals.words'), text: input.words }],
      amount: input.amount,
      requester: ctx.actor.person,
      definition: input.definition,
    })
    if (id === null) throw new Problem(409, 'approvals.none-needed')
    return reread(ctx, subjects, id)
  }

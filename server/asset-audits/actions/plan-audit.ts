import type { Input, Output } from '../../../contract/action.ts'
import type { assetAudits } from '../../../contract/asset-audits.ts'
import { categoryNames } from '../../assets/public.ts'
import { locationById } from '../../locations/public.ts'
import { personById } from '../../people/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, refuse } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { type AuditColumns, auditById, insertAudit, saveAudit, type StoredAudit } from '../audits-store.ts'
import { heldAudit } from '../held-audit.ts'
import { keepAuditMoments } from '../moments.ts'
import { whyNotDays, whyNotEdit, whyNotRescope } from '../rules/audit-states.ts'
import { shownAudit } from '../shown-audit.ts'

type Scope = Input<typeof assetAudits.plan>['scope']

/** What is audited: there, and of this organisation. 400 otherwise. */
async function demandScope(ctx: Ctx, { kind, id }: Scope): Promise<Pick<AuditColumns, 'scope_kind' | 'scope_id'>> {
  const { organisation } = ctx.actor
  if (kind === 'everything') return { scope_kind: kind, scope_id: null }
  const isThere =
    id !== undefined &&
    (kind === 'location'
      ? (await locationById(ctx.tx, organisation, id)) !== undefined
      : kind === 'person'
        ? (await personById(ctx.tx, organisation, id)) !== undefined
        : (await categoryNames(ctx.tx, organisation)).some((category) => category.id === id))
  if (!isThere) throw invalid('scope', 'assetAudits.scope-unknown', { kind })
  return { scope_kind: kind, scope_id: id }
}

async function demandOwner(ctx: Ctx, owner: string | null): Promise<string> {
  const person = owner === null ? undefined : await personById(ctx.tx, ctx.actor.organisation, owner)
  if (person === undefined || !person.active) throw invalid('owner', 'assetAudits.owner-unknown')
  return person.id
}

const reread = async (ctx: Ctx, id: string): Promise<StoredAudit> => (await auditById(ctx.tx, ctx.actor, id))!

/** Plans an audit: its day and its due moment are commitments of its owner. */
export async function planAudit(
  ctx: Ctx,
  input: Input<typeof assetAudits.plan>,
): Promise<Output<typeof assetAudits.plan>> {
  refuse(whyNotDays(input))
  const id = newId()
  const columns: AuditColumns = {
    name: input.name,
    note: input.note,
    owner_id: await demandOwner(ctx, input.owner ?? ctx.actor.person),
    ...(await demandScope(ctx, input.scope)),
    classes: [...new Set(input.classes)],
    blind: input.blind,
    planned_on: input.plannedOn,
    due_on: input.dueOn,
    interval_months: input.intervalMonths,
  }
  const reference = await insertAudit(ctx.tx, ctx.actor.organisation, id, columns)
  const made = await reread(ctx, id)
  const cause = ctx.record({
    type: 'asset-audit.planned',
    subject: { kind: 'asset_audit', id },
    after: { reference, ...columns, scope_name: made.scope_name, owner_name: made.owner_name },
  })
  await keepAuditMoments(ctx, made, cause)
  return shownAudit(ctx.actor, made)
}

/** Changes an audit; what it covers and whether it is blind stays once it has begun. */
export async function editAudit(
  ctx: Ctx,
  input: Input<typeof assetAudits.edit>,
): Promise<Output<typeof assetAudits.edit>> {
  const before = await heldAudit(ctx, input)
  refuse(whyNotEdit(before.state))
  const columns: Partial<AuditColumns> = {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.note === undefined ? {} : { note: input.note }),
    ...(input.owner === undefined || input.owner === before.owner_id
      ? {}
      : { owner_id: await demandOwner(ctx, input.owner) }),
    ...(input.scope === undefined ? {} : await demandScope(ctx, input.scope)),
    ...(input.classes === undefined ? {} : { classes: [...new Set(input.classes)] }),
    ...(input.blind === undefined ? {} : { blind: input.blind }),
    ...(input.plannedOn === undefined ? {} : { planned_on: input.plannedOn }),
    ...(input.dueOn === undefined ? {} : { due_on: input.dueOn }),
    ...(input.intervalMonths === undefined ? {} : { interval_months: input.intervalMonths }),
  }
  const change = changes(before, { ...before, ...columns })
  if (Object.keys(change.after).length === 0) {
    ctx.unchanged()
    return shownAudit(ctx.actor, before)
  }
  refuse(whyNotRescope(before.state, Object.keys(change.after)))
  const days = { plannedOn: columns.planned_on ?? before.planned_on, dueOn: columns.due_on ?? before.due_on }
  refuse(whyNotDays(days))
  await saveAudit(ctx.tx, before.id, change.after)
  const after = await reread(ctx, before.id)
  const cause = ctx.record({
    type: 'asset-audit.changed',
    subject: { kind: 'asset_audit', id: before.id },
    before: { ...change.before, ...(columns.owner_id === undefined ? {} : { owner_name: before.owner_name }) },
    after: { ...change.after, ...(columns.owner_id === undefined ? {} : { owner_name: after.owner_name }) },
  })
  await keepAuditMoments(ctx, after, cause)
  return shownAudit(ctx.actor, after)
}

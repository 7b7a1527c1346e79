import type { Input, Output } from '../../../contract/action.ts'
import type { catalogueSetup, ServiceDefinition } from '../../../contract/catalogue.ts'
import { unknownApprovers } from '../../approvals/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sql } from '../../platform/db.ts'
import { invalid, notFound, Problem, refuse, stale } from '../../platform/errors.ts'
import { canonical } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { whyNotPublish } from '../rules/form.ts'
import {
  categoriesOf,
  insertService,
  publishRevision,
  saveService,
  serviceById,
  servicePage,
  type StoredService,
} from '../services-store.ts'
import { formStateOf, shownManaged, shownManagedRow } from '../shown.ts'

async function held(ctx: Ctx, input: { id: string; version?: number | undefined }): Promise<StoredService> {
  const found = await serviceById(ctx.tx, ctx.actor.organisation, input.id, true)
  if (found === undefined) throw notFound('service')
  if (input.version !== undefined && input.version !== found.version) throw stale(shownManaged(ctx.actor, found), input)
  return found
}
const reread = async (ctx: Ctx, id: string) =>
  shownManaged(ctx.actor, (await serviceById(ctx.tx, ctx.actor.organisation, id))!)

async function demandCategory(ctx: Ctx, id: string): Promise<void> {
  if (!(await categoriesOf(ctx.tx, ctx.actor.organisation)).some((one) => one.id === id))
    throw invalid('category', 'catalogue.category-unknown')
}

/** 400 where a definition names who or what is not here. */
async function demandKnown(ctx: Ctx, definition: ServiceDefinition): Promise<void> {
  const { organisation } = ctx.actor
  const approvers = (definition.approval?.stages ?? []).flatMap((stage) => stage.approvers)
  if ((await unknownApprovers(ctx.tx, organisation, approvers)).length > 0)
    throw invalid('definition.approval', 'approvals.approver-unknown')
  const owners = definition.tasks.flatMap((task) => (task.owner === null ? [] : [task.owner.id]))
  const { rows } = await sql<{ id: string }>`
    select g.id from unnest(${[...owners, ...definition.visibleTo.teams]}::uuid[]) as g(id)
    where not exists (select 1 from persons x where x.id = g.id and x.organisation_id = ${organisation}) and not exists (select 1 from teams x where x.id = g.id and x.organisation_id = ${organisation})
      and not exists (select 1 from queues x where x.id = g.id and x.organisation_id = ${organisation})`.execute(ctx.tx)
  if (rows.length > 0) throw invalid('definition.tasks', 'catalogue.owner-unknown')
  const { rows: places } = await sql<{ queue: boolean; category: boolean }>`
    select ${definition.queue}::uuid is null or exists (select 1 from queues where id = ${definition.queue}::uuid and organisation_id = ${organisation} and active) as queue,
      ${definition.category}::uuid is null or exists (select 1 from categories where id = ${definition.category}::uuid and organisation_id = ${organisation} and active) as category`.execute(
    ctx.tx,
  )
  if (!places[0]!.queue) throw invalid('definition.queue', 'catalogue.queue-unknown')
  if (!places[0]!.category) throw invalid('definition.category', 'catalogue.category-unknown')
}

export async function listManaged(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.list>,
): Promise<Output<typeof catalogueSetup.list>> {
  const { rows, next } = await servicePage(ctx.tx, ctx.actor.organisation, input.category, input.limit, input.after)
  return { items: rows.map((s) => shownManagedRow(ctx.actor, s)), next }
}

export async function showManaged(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.show>,
): Promise<Output<typeof catalogueSetup.show>> {
  const found = await serviceById(ctx.tx, ctx.actor.organisation, input.id)
  if (found === undefined) throw notFound('service')
  return shownManaged(ctx.actor, found)
}

export async function createService(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.create>,
): Promise<Output<typeof catalogueSetup.create>> {
  await demandCategory(ctx, input.category)
  await demandKnown(ctx, input.definition)
  const id = newId()
  await insertService(ctx.tx, {
    id,
    organisation: ctx.actor.organisation,
    category: input.category,
    definition: input.definition,
  })
  ctx.record({
    type: 'catalogue-service.created',
    subject: { kind: 'catalogue_service', id },
    after: { name: input.definition.name },
  })
  return reread(ctx, id)
}

export async function saveManaged(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.save>,
): Promise<Output<typeof catalogueSetup.save>> {
  const before = await held(ctx, input)
  if (input.category !== undefined) await demandCategory(ctx, input.category)
  if (input.definition !== undefined) await demandKnown(ctx, input.definition)
  const isOther = input.definition !== undefined && canonical(input.definition) !== canonical(before.draft)
  const columns = {
    ...(isOther ? { draft: input.definition, changed: true } : {}),
    ...(input.category === undefined || input.category === before.category_id ? {} : { category_id: input.category }),
    ...(input.position === undefined || input.position === before.position ? {} : { position: input.position }),
  }
  if (Object.keys(columns).length === 0) {
    ctx.unchanged()
    return shownManaged(ctx.actor, before)
  }
  await saveService(ctx.tx, before.id, columns as Parameters<typeof saveService>[2])
  ctx.record({
    type: 'catalogue-service.changed',
    subject: { kind: 'catalogue_service', id: before.id },
    after: { name: (input.definition ?? before.draft).name },
  })
  return reread(ctx, before.id)
}

export async function tryForm(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.try>,
): Promise<Output<typeof catalogueSetup.try>> {
  const found = await serviceById(ctx.tx, ctx.actor.organisation, input.id)
  if (found === undefined) throw notFound('service')
  return formStateOf(found.draft, input.answers)
}

export async function publishService(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.publish>,
): Promise<Output<typeof catalogueSetup.publish>> {
  const before = await held(ctx, input)
  refuse(whyNotPublish(before.draft)[0] ?? null)
  await demandKnown(ctx, before.draft)
  if (before.revision !== null && !before.changed) throw new Problem(409, 'catalogue.nothing-new')
  const revision = await publishRevision(ctx.tx, before.id, { name: ctx.actor.name, at: ctx.now })
  await saveService(ctx.tx, before.id, { revision, changed: false })
  ctx.record({
    type: 'catalogue-service.published',
    subject: { kind: 'catalogue_service', id: before.id },
    before: { revision: before.revision },
    after: { name: before.draft.name, revision },
  })
  return reread(ctx, before.id)
}

export async function retireService(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.retire>,
): Promise<Output<typeof catalogueSetup.retire>> {
  const before = await held(ctx, input)
  if (before.revision === null) throw new Problem(409, 'catalogue.not-published')
  await saveService(ctx.tx, before.id, { revision: null, changed: true })
  ctx.record({
    type: 'catalogue-service.retired',
    subject: { kind: 'catalogue_service', id: before.id },
    before: { revision: before.revision },
    after: { name: before.draft.name },
  })
  return reread(ctx, before.id)
}

export async function listCategories(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.categories>,
): Promise<Output<typeof catalogueSetup.categories>> {
  return { items: await categoriesOf(ctx.tx, ctx.actor.organisation, input.active) }
}

async function demandFreeName(ctx: Ctx, name: string, but: string | null): Promise<void> {
  if (
    (await categoriesOf(ctx.tx, ctx.actor.organisation)).some(
      (one) => one.id !== but && one.name.toLowerCase() === name.toLowerCase(),
    )
  )
    throw invalid('name', 'catalogue.category-twice', { name })
}

export async function createCategory(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.createCategory>,
): Promise<Output<typeof catalogueSetup.createCategory>> {
  await demandFreeName(ctx, input.name, null)
  const id = newId()
  await sql`insert into catalogue_categories (id, organisation_id, name, position) values (${id}, ${ctx.actor.organisation}, ${input.name}, ${input.position})`.execute(
    ctx.tx,
  )
  ctx.record({
    type: 'catalogue-category.created',
    subject: { kind: 'catalogue_category', id },
    after: { name: input.name },
  })
  return (await categoriesOf(ctx.tx, ctx.actor.organisation)).find((one) => one.id === id)!
}

export async function editCategory(
  ctx: Ctx,
  input: Input<typeof catalogueSetup.editCategory>,
): Promise<Output<typeof catalogueSetup.editCategory>> {
  await sql`select 1 from catalogue_categories where id = ${input.id} for update`.execute(ctx.tx)
  const before = (await categoriesOf(ctx.tx, ctx.actor.organisation)).find((one) => one.id === input.id)
  if (before === undefined) throw notFound('category')
  if (input.version !== undefined && input.version !== before.version) throw stale(before, input)
  if (input.name !== undefined) await demandFreeName(ctx, input.name, before.id)
  const after = {
    name: input.name ?? before.name,
    position: input.position ?? before.position,
    active: input.active ?? before.active,
  }
  if (after.name === before.name && after.position === before.position && after.active === before.active) {
    ctx.unchanged()
    return before
  }
  await sql`update catalogue_categories set name = ${after.name}, position = ${after.position}, active = ${after.active}, version = version + 1 where id = ${before.id}`.execute(
    ctx.tx,
  )
  ctx.record({
    type: 'catalogue-category.changed',
    subject: { kind: 'catalogue_category', id: before.id },
    before: { ...before },
    after,
  })
  return (await categoriesOf(ctx.tx, ctx.actor.organisation)).find((one) => one.id === before.id)!
}

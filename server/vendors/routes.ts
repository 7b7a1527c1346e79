import type { Input, Output } from '../../contract/action.ts'
import { vendors } from '../../contract/vendors.ts'
import type { Ctx } from '../platform/ctx.ts'
import { notFound, stale } from '../platform/errors.ts'
import { changes } from '../platform/events.ts'
import { newId } from '../platform/identifiers.ts'
import { type Route, serve } from '../platform/mount.ts'
import { saveVendor, shownVendor, vendorById, vendorPage } from './store.ts'

async function create(ctx: Ctx, input: Input<typeof vendors.create>): Promise<Output<typeof vendors.create>> {
  const id = newId()
  const vendor = {
    name: input.name,
    email: input.email ?? null,
    phone: input.phone ?? null,
    note: input.note ?? '',
    calendar: input.calendar ?? null,
    active: input.active ?? true,
  }
  await saveVendor(ctx.tx, id, ctx.actor.organisation, vendor)
  ctx.record({ type: 'vendor.created', subject: { kind: 'vendor', id }, after: vendor })
  return shownVendor((await vendorById(ctx.tx, ctx.actor.organisation, id))!)
}

async function edit(ctx: Ctx, input: Input<typeof vendors.edit>): Promise<Output<typeof vendors.edit>> {
  const before = await vendorById(ctx.tx, ctx.actor.organisation, input.id, true)
  if (before === undefined) throw notFound('vendor')
  if (input.version !== undefined && input.version !== before.version) throw stale(shownVendor(before), input)
  const was = {
    name: before.name,
    email: before.email,
    phone: before.phone,
    note: before.note,
    calendar: before.calendar_id,
    active: before.active,
  }
  const after = {
    ...was,
    ...(Object.fromEntries(
      Object.entries(input).filter(([field, value]) => field in was && value !== undefined),
    ) as Partial<typeof was>),
  }
  const change = changes(was, after)
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    await saveVendor(ctx.tx, input.id, ctx.actor.organisation, after)
    ctx.record({ type: 'vendor.changed', subject: { kind: 'vendor', id: input.id }, ...change })
  }
  return shownVendor((await vendorById(ctx.tx, ctx.actor.organisation, input.id))!)
}

export const vendorRoutes: Route[] = [
  serve(vendors.list, async (ctx, input) => {
    const { rows, next } = await vendorPage(ctx.tx, ctx.actor.organisation, input.q, input.limit, input.after)
    return { items: rows.map(shownVendor), next }
  }),
  serve(vendors.show, async (ctx, input) => {
    const found = await vendorById(ctx.tx, ctx.actor.organisation, input.id)
    if (found === undefined) throw notFound('vendor')
    return shownVendor(found)
  }),
  serve(vendors.create, create),
  serve(vendors.edit, edit),
]

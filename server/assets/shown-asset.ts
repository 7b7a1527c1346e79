import type { Asset, AssetRow } from '../../contract/assets.ts'
import type { Refusal } from '../platform/errors.ts'
import { may, type Permission } from '../../contract/permissions.ts'
import { clocksOf } from '../commitments/public.ts'
import { type CustomValues, fieldsOf } from '../fields/public.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { StoredAsset } from './assets-store.ts'
import { disposalOf } from './disposals-store.ts'
import { lastAuditOf } from './last-audits-store.ts'
import { endOfLifeOf } from './moments.ts'
import { writtenOff } from './written-off.ts'
import { type LifeFacts, waysFrom, whyNotBecome, whyNotEdit, whyNotHandOut } from './rules/life-cycle.ts'

export const refOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

/** What decides where an asset can go. What is disposed of comes there with its record alone. */
export const lifeFacts = (a: StoredAsset): LifeFacts => ({
  state: a.state,
  hasHolder: a.holder_id !== null,
  hasPlace: a.location_id !== null,
  disposal: { code: 'disposals.record-it' },
})

const lacking = (actor: Actor, permission: Permission): Refusal | null =>
  may(actor.role, permission) ? null : { code: 'forbidden', params: { permission } }

/** What the actor may do to an asset and why not, from the rules that guard the acts. */
export const assetRefusals = (actor: Actor, a: Pick<StoredAsset, 'state' | 'tag' | 'holder_id'>) =>
  shownRefusals({
    edit: lacking(actor, 'assets.write') ?? whyNotEdit(a.state),
    dispose:
      lacking(actor, 'assets.write') ??
      (a.state === 'retired' ? null : { code: 'disposals.retire-first', params: { state: a.state } }),
    changeState: lacking(actor, 'assets.work') ?? whyNotEdit(a.state),
    handOut: lacking(actor, 'assets.work') ?? whyNotHandOut(a.state),
    takeBack:
      lacking(actor, 'assets.work') ??
      (a.holder_id === null ? { code: 'custody.with-nobody', params: { tag: a.tag } } : null),
    reveal: lacking(actor, 'fields.secrets'),
  })

export const shownRow = (actor: Actor, a: StoredAsset): AssetRow => ({
  id: a.id,
  tag: a.tag,
  version: a.version,
  name: a.name,
  serial: a.serial,
  state: a.state,
  stateSince: a.state_since,
  class: a.class,
  category: { id: a.category_id, name: a.category_name },
  model: refOf(a.model_id, a.model_name),
  manufacturer: refOf(a.manufacturer_id, a.manufacturer_name),
  location: refOf(a.location_id, a.location_name),
  holder: a.holder_kind === null ? null : { kind: a.holder_kind, id: a.holder_id!, name: a.holder_name ?? '' },
  dueBackOn: a.due_back_on,
  warrantyUntil: a.warranty_until,
  pool: refOf(a.pool_id, a.pool_name),
  createdAt: a.created_at,
  updatedAt: a.updated_at,
  refusals: assetRefusals(actor, a),
})

async function shownLastAudit(ctx: Ctx, asset: string): Promise<Asset['lastAudit']> {
  const last = await lastAuditOf(ctx.tx, asset)
  if (last === undefined) return null
  return {
    audit: { id: last.audit_id, reference: last.reference, name: last.name },
    at: last.found_at,
    by: last.by_name,
    location: refOf(last.location_id, last.location_name),
    condition: last.condition,
  }
}

/** An asset with everything its page shows. */
export async function shownAsset(ctx: Ctx, customValues: CustomValues, a: StoredAsset): Promise<Asset> {
  const fields = await fieldsOf(ctx.tx, a.organisation_id, 'asset')
  const facts = lifeFacts(a)
  const ways = waysFrom(a.state)
  const refusals = shownRefusals(Object.fromEntries(ways.map(({ to }) => [to, whyNotBecome(facts, to)])))
  return {
    ...shownRow(ctx.actor, a),
    modelNumber: a.model_number,
    heldSince: a.held_since,
    vendor: refOf(a.vendor_id, a.vendor_name),
    orderNumber: a.order_number,
    purchasedOn: a.purchased_on,
    receivedOn: a.received_on,
    inServiceOn: a.in_service_on,
    retiredOn: a.retired_on,
    disposedOn: a.disposed_on,
    cost: a.cost_minor === null ? null : { minor: a.cost_minor, currency: a.currency! },
    warrantyVendor: refOf(a.warranty_vendor_id, a.warranty_vendor_name),
    supportTerms: a.support_terms,
    leaseUntil: a.lease_until,
    depreciation: writtenOff(a, ctx.now.slice(0, 10)),
    disposal: a.state === 'disposed' ? await disposalOf(ctx.tx, a.id) : null,
    endOfLife: endOfLifeOf(a),
    nextAuditOn: a.next_audit_on,
    lastAudit: await shownLastAudit(ctx, a.id),
    note: a.note,
    fields: await customValues.shown(ctx.tx, a.organisation_id, a.category_id, fields, a),
    commitments: await clocksOf(ctx, a.id),
    moves: ways.map(({ to, needsReason }) => ({ state: to, needsReason, refusal: refusals[to] ?? null })),
  }
}

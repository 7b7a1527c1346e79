import type { AssetState } from '../../contract/assets.ts'
import { changedValues } from '../fields/public.ts'
import { type Ctx, todayOf } from '../platform/ctx.ts'
import { notFound, refuse } from '../platform/errors.ts'
import { changes } from '../platform/events.ts'
import { type AssetColumns, assetByKey, assetsById, saveAssets, type StoredAsset } from './assets-store.ts'
import { type AssetMoment, keepAssetMoments } from './moments.ts'
import { stages, whyNotBecome } from './rules/life-cycle.ts'
import { lifeFacts } from './shown-asset.ts'

/** The asset, held for this transaction; 404 where the actor does not see it. */
export async function lockedAsset(ctx: Ctx, key: string): Promise<StoredAsset> {
  const found = await assetByKey(ctx.tx, ctx.actor, key, true)
  if (found === undefined) throw notFound('asset')
  return found
}

/** One asset and what shall change of it. */
export interface AssetChange {
  before: StoredAsset
  columns: Partial<AssetColumns>
}

/** How a change is told: the type of its event, and readable names beside ids. */
export interface AssetAct {
  type: string
  reason?: string
  /** What was seen to by it: the promise is kept rather than cancelled. */
  done?: readonly AssetMoment[]
  /** What is promised anew by it, even for the same date: to another person. */
  anew?: readonly AssetMoment[]
  /** What its event says besides. */
  also?: Record<string, unknown>
  /** The event that led to it. */
  cause?: string
}

/** Columns that events name by what people read. */
const named = {
  model_id: 'model_name',
  category_id: 'category_name',
  location_id: 'location_name',
  pool_id: 'pool_name',
  vendor_id: 'vendor_name',
  warranty_vendor_id: 'warranty_vendor_name',
  holder_id: 'holder_name',
} as const satisfies Partial<Record<keyof AssetColumns, keyof StoredAsset>>
/** Kept beside what they follow from. */
const silent = new Set(['pool_loan_days', 'serial_key', 'state_since', 'held_since', 'custom', 'sealed'])

/**
 * The one way assets change: what differs is saved as a new version each, recorded with before and after, and the commitments about their dates
 * follow. The assets must be held. Any number of them with a fixed number of statements. Answers those that changed, as they are now.
 */
export async function changeAssets(ctx: Ctx, list: readonly AssetChange[], act: AssetAct): Promise<StoredAsset[]> {
  const changed = list.filter(
    ({ before, columns }) => Object.keys(changes(before, { ...before, ...columns }).after).length > 0,
  )
  await saveAssets(
    ctx.tx,
    ctx.now,
    changed.map(({ before, columns }) => ({ ...before, ...columns })),
  )
  const now = new Map(
    (
      await assetsById(
        ctx.tx,
        ctx.actor.organisation,
        changed.map(({ before }) => before.id),
      )
    ).map((a) => [a.id, a]),
  )
  const causes = new Map<string, string>()
  for (const { before } of changed) causes.set(before.id, tellChange(ctx, before, now.get(before.id)!, act))
  await keepAssetMoments(ctx, [...now.values()], causes, act)
  return changed.map(({ before }) => now.get(before.id)!)
}

function tellChange(ctx: Ctx, before: StoredAsset, after: StoredAsset, act: AssetAct): string {
  const pick = (a: StoredAsset) =>
    Object.fromEntries(
      Object.entries(a).filter(
        ([name]) =>
          !silent.has(name) &&
          !['version', 'updated_at', 'words'].includes(name) &&
          !/^(class|model_|category_|manufacturer_|depreciation_)/.test(name),
      ),
    )
  const change = changes(
    { ...pick(before), model_id: before.model_id, category_id: before.category_id },
    { ...pick(after), model_id: after.model_id, category_id: after.category_id },
  )
  for (const [id, name] of Object.entries(named) as [keyof typeof named, (typeof named)[keyof typeof named]][]) {
    delete change.before[name]
    delete change.after[name]
    if (id in change.after) {
      change.before[name] = before[name]
      change.after[name] = after[name]
    }
  }
  const values = changedValues(before, after)
  return ctx.record({
    type: act.type,
    subject: { kind: 'asset', id: before.id },
    before: { ...change.before, ...values.before },
    after: {
      ...change.after,
      ...values.after,
      ...act.also,
      ...(act.reason === undefined || act.reason === '' ? {} : { reason: act.reason }),
    },
    ...(act.cause === undefined ? {} : { cause: act.cause }),
  })
}

/**
 * What coming into a state changes of an asset, without what else the act says: who has it, and the date of the first time. Also for those who hand
 * out and take back: they say who holds it in `given`.
 */
export function comingInto(
  ctx: Pick<Ctx, 'now' | 'actor'>,
  a: StoredAsset,
  to: AssetState,
  given: Partial<AssetColumns> = {},
): Partial<AssetColumns> {
  const stage = stages[to]
  return {
    state: to,
    ...(to === a.state ? {} : { state_since: ctx.now }),
    ...(stage.holder === 'released' ? { holder_kind: null, holder_id: null, held_since: null, due_back_on: null } : {}),
    ...(stage.dates === null || a[stage.dates] !== null ? {} : { [stage.dates]: todayOf(ctx) }),
    // back from the end of its life
    ...(a.state === 'retired' && to !== 'disposed' ? { retired_on: null } : {}),
    ...given,
  }
}

/** Moves an asset into another state if the life cycle allows it; 409 with the reason otherwise. */
export async function moveAsset(
  ctx: Ctx,
  before: StoredAsset,
  to: AssetState,
  {
    reason = '',
    given = {},
    certified = false,
    ...act
  }: { reason?: string; given?: Partial<AssetColumns>; certified?: boolean } & Partial<AssetAct>,
): Promise<StoredAsset> {
  const facts = lifeFacts({ ...before, ...given })
  refuse(whyNotBecome(certified ? { ...facts, disposal: null } : facts, to, reason))
  const released = stages[to].holder === 'released' && before.due_back_on !== null
  const [after] = await changeAssets(ctx, [{ before, columns: comingInto(ctx, before, to, given) }], {
    type: 'asset.state-changed',
    reason,
    ...(released ? { done: ['expected_return'] } : {}),
    ...act,
  })
  return after ?? before
}

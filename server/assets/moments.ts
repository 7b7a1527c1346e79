import { keepMoments, type RecordMoment } from '../commitments/public.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { saveLifeEnds, type StoredAsset } from './assets-store.ts'
import { endOfLife } from './rules/end-of-life.ts'
import { stages } from './rules/life-cycle.ts'

const day = 86_400
/** The moments an asset can have, and how long before each its owner hears of it. */
const warnings = {
  warranty_end: 30 * day,
  lease_end: 60 * day,
  end_of_life: 90 * day,
  next_audit: 7 * day,
  expected_return: day,
} as const
export type AssetMoment = keyof typeof warnings

/** When an asset should be replaced, and what says so. */
export const endOfLifeOf = (a: StoredAsset) =>
  endOfLife({
    own: a.end_of_life_on,
    modelEnd: a.model_end_of_life_on,
    modelMonths: a.model_life_months,
    categoryMonths: a.category_life_months,
    inServiceOn: a.in_service_on,
    purchasedOn: a.purchased_on,
  })

/** What must be seen to about an asset, and when; nothing while its life has not begun or is over. */
function momentsOf(a: StoredAsset, done: readonly AssetMoment[], anew: readonly AssetMoment[]): RecordMoment[] {
  const dates: Record<AssetMoment, string | null> = {
    warranty_end: a.warranty_until,
    lease_end: a.lease_until,
    end_of_life: endOfLifeOf(a)?.on ?? null,
    next_audit: a.next_audit_on,
    expected_return: a.due_back_on,
  }
  const rests = stages[a.state].moments === 'rest'
  return (Object.keys(warnings) as AssetMoment[]).map((kind) => ({
    kind,
    title: sentence(`assets.moment.${kind}`, { tag: a.tag }),
    on: rests ? null : dates[kind],
    warnSeconds: warnings[kind],
    done: done.includes(kind),
    anew: anew.includes(kind),
  }))
}

/**
 * Keeps the commitments of assets, and the day on which their life ends, in step with their dates. `done`: what was seen to just now (an audit, a return), so that the promise is kept
 * rather than cancelled; `anew`: what is promised anew, even for the same date. `causes`: the event that changed each. `fresh`: the assets are new.
 */
export async function keepAssetMoments(
  ctx: Ctx,
  assets: readonly StoredAsset[],
  causes: ReadonlyMap<string, string>,
  {
    done = [],
    anew = [],
    fresh = false,
  }: { done?: readonly AssetMoment[]; anew?: readonly AssetMoment[]; fresh?: boolean } = {},
): Promise<void> {
  const moved = assets.flatMap((a) => {
    const on = endOfLifeOf(a)?.on ?? null
    return on === a.life_ends_on ? [] : [{ id: a.id, on }]
  })
  await saveLifeEnds(ctx.tx, moved)
  await keepMoments(
    ctx,
    ctx.actor.organisation,
    assets.map((a) => ({
      subject: { kind: 'asset', id: a.id },
      owner: { person: null, teams: [] },
      moments: momentsOf(a, done, anew),
      cause: causes.get(a.id)!,
    })),
    fresh,
  )
}

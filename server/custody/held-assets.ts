import type { HolderKind } from '../../contract/assets.ts'
import { assetByKey, assetsById, type StoredAsset } from '../assets/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { notFound } from '../platform/errors.ts'
import { chainOf } from './custody-store.ts'
import type { CustodyFacts } from './rules/why-not-custody.ts'

/**
 * The assets by id or tag, each once, held for this transaction in one order, so that two acts never wait for each other. 404 for one not seen.
 * Where they are to be with an asset, that one and what it is with are held too: nobody puts it into one of them meanwhile.
 */
export async function heldAssets(
  ctx: Ctx,
  keys: readonly string[],
  to?: { kind: HolderKind; id: string },
): Promise<StoredAsset[]> {
  const ids = new Set<string>()
  for (const key of keys) {
    const found = await assetByKey(ctx.tx, ctx.actor, key)
    if (found === undefined) throw notFound('asset')
    ids.add(found.id)
  }
  const around = to?.kind === 'asset' ? await chainOf(ctx.tx, to.id) : []
  const held = await assetsById(ctx.tx, ctx.actor.organisation, [...new Set([...ids, ...around])], true)
  return held.filter((a) => ids.has(a.id))
}

export const custodyFacts = (a: StoredAsset): CustodyFacts => ({
  tag: a.tag,
  state: a.state,
  holder: a.holder_kind === null ? null : { kind: a.holder_kind, id: a.holder_id ?? '', name: a.holder_name ?? '' },
})

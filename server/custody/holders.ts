import type { HolderKind } from '../../contract/assets.ts'
import { assetsById, type StoredAsset } from '../assets/public.ts'
import { locationById } from '../locations/public.ts'
import { personById } from '../people/public.ts'
import type { Ctx } from '../platform/ctx.ts'
import { invalid, refuse } from '../platform/errors.ts'
import { chainOf } from './custody-store.ts'
import { whyNotInside } from './rules/why-not-custody.ts'

/** Whoever or whatever is to have the assets: there, still with us, and not inside one of them. 400 or 409 otherwise. */
export async function demandHolder(
  ctx: Ctx,
  to: { kind: HolderKind; id: string },
  assets: readonly StoredAsset[],
): Promise<void> {
  const { organisation } = ctx.actor
  const unknown = invalid('to', 'custody.holder-unknown')
  if (to.kind === 'person') {
    const person = await personById(ctx.tx, organisation, to.id)
    if (person === undefined) throw unknown
    if (!person.active) throw invalid('to', 'custody.holder-left', { name: person.name })
    return
  }
  if (to.kind === 'location') {
    const location = await locationById(ctx.tx, organisation, to.id)
    if (location === undefined || !location.active) throw unknown
    return
  }
  const [other] = await assetsById(ctx.tx, organisation, [to.id])
  if (other === undefined || other.state === 'disposed' || other.state === 'retired') throw unknown
  const chain = await chainOf(ctx.tx, to.id)
  for (const a of assets) refuse(whyNotInside(a.tag, a.id, chain))
}

import { assetsById, changeAssets, whyNotEdit } from '../../assets/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem, refuse } from '../../platform/errors.ts'
import { deviceById } from '../devices-store.ts'
import { deviceOfAsset, factsOf, saveFacts } from '../facts-store.ts'
import { columnsFor } from '../register-device.ts'
import type { FactField } from '../rules/trust.ts'

/**
 * Writes into the register what a source says of a field, whoever wrote what stands there: a person says that the source is right. From then on
 * the field follows the source. Answers the event that says so; 409 where the register cannot take the value.
 */
export async function acceptFact(
  ctx: Ctx,
  asset: string,
  field: FactField,
  act: { reason: string; cause?: string },
): Promise<void> {
  const [before] = await assetsById(ctx.tx, ctx.actor.organisation, [asset], true)
  if (before === undefined) throw notFound('asset')
  refuse(whyNotEdit(before.state))
  const facts = (await factsOf(ctx.tx, asset)).filter((fact) => fact.field === field)
  const fact = facts.find((one) => one.source === 'agent') ?? facts[0]
  const id = await deviceOfAsset(ctx.tx, asset)
  const device = id === undefined ? undefined : await deviceById(ctx.tx, ctx.actor.organisation, id)
  if (fact === undefined || fact.agent_id === null || device === undefined) throw new Problem(409, 'discovery.no-agent')
  const columns = await columnsFor(ctx, field, fact.value, device, asset)
  if (columns === null) throw new Problem(409, 'discovery.not-to-take', { value: fact.value })
  await changeAssets(ctx, [{ before, columns }], { type: 'asset.changed', ...act })
  await saveFacts(ctx.tx, asset, fact.source, fact.agent_id, { [field]: fact.value }, [field], ctx.now)
}

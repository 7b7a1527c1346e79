import type { Input, Output } from '../../../contract/action.ts'
import type { ModelFailure, modelFailures } from '../../../contract/model-failures.ts'
import { type Ctx, todayOf } from '../../platform/ctx.ts'
import { figuresOfModels, type ModelFigures } from '../model-failures-store.ts'
import { type Exposure, judgeFailures, rateOf } from '../rules/failure-rate.ts'

const exposureOf = (rows: readonly ModelFigures[]): Exposure => ({
  failures: rows.reduce((n, row) => n + row.failures, 0),
  deviceYears: rows.reduce((n, row) => n + row.device_years, 0),
})
const shown = (side: Exposure) => ({ ...side, rate: rateOf(side) })
const order = { more: 0, as_peers: 1, few: 2 } as const

/** Models by how they fail: those that fail more often than their peers first, the surest first. */
export async function listModelFailures(
  ctx: Ctx,
  input: Input<typeof modelFailures.list>,
): Promise<Output<typeof modelFailures.list>> {
  const to = todayOf(ctx)
  const from = Temporal.PlainDate.from(to).subtract({ months: input.months }).toString()
  const rows = await figuresOfModels(ctx.tx, ctx.actor, { from, to, category: input.category })
  const items = [...Map.groupBy(rows, (row) => row.category_id).values()].flatMap((category) => {
    const all = exposureOf(category)
    return category.map((row): ModelFailure => {
      const own = exposureOf([row])
      const peers = {
        failures: all.failures - own.failures,
        deviceYears: category.length === 1 ? 0 : all.deviceYears - own.deviceYears,
      }
      return {
        model: { id: row.model_id, name: row.model_name },
        manufacturer:
          row.manufacturer_id === null ? null : { id: row.manufacturer_id, name: row.manufacturer_name ?? '' },
        category: { id: row.category_id, name: row.category_name },
        devices: row.devices,
        own: shown(own),
        peers: shown(peers),
        ...judgeFailures(own, peers, category.length),
      }
    })
  })
  return {
    from,
    to,
    items: items.toSorted(
      (a, b) =>
        order[a.verdict] - order[b.verdict] ||
        (a.chance ?? 1) - (b.chance ?? 1) ||
        a.model.name.localeCompare(b.model.name),
    ),
  }
}

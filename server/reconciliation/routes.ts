import { differenceKinds, differences, reconciliationSettings } from '../../contract/reconciliation.ts'
import type { CustomValues } from '../fields/public.ts'
import { notFound } from '../platform/errors.ts'
import { type Route, serve } from '../platform/mount.ts'
import { leave, reopen } from './actions/leave.ts'
import { mend, mendMany, undo } from './actions/mend.ts'
import { saveSettings } from './actions/save-settings.ts'
import { countDifferences, differencePage } from './differences-list.ts'
import { differencesByIds } from './differences-store.ts'
import { kindsOf } from './kinds-store.ts'
import { shownSettings } from './settings.ts'
import { shownDifference } from './shown-difference.ts'

const most = 100_000

export const reconciliationRoutes = (customValues: CustomValues): Route[] => [
  serve(differences.list, async (ctx, input) => {
    const { rows, next } = await differencePage(ctx.tx, ctx.actor, input, input.limit, input.after)
    const items = rows.map((f) => shownDifference(ctx, f))
    if (input.count === undefined) return { items, next }
    const bound = input.count === 'capped' ? 1001 : most + 1
    const total = await countDifferences(ctx.tx, ctx.actor, input, bound)
    return { items, next, total: Math.min(total, bound - 1), totalCapped: total >= bound }
  }),
  serve(differences.counts, async (ctx) => {
    const kinds = new Map((await kindsOf(ctx.tx, ctx.actor.organisation)).map((one) => [one.kind, one]))
    return {
      items: differenceKinds.map((kind) => ({
        kind,
        open: kinds.get(kind)?.open ?? 0,
        left: kinds.get(kind)?.set_aside ?? 0,
      })),
    }
  }),
  serve(differences.show, async (ctx, { id }) => {
    const [found] = await differencesByIds(ctx.tx, ctx.actor, [id])
    if (found === undefined) throw notFound('difference')
    return shownDifference(ctx, found)
  }),
  serve(differences.mend, mend(customValues)),
  serve(differences.mendMany, mendMany(customValues)),
  serve(differences.undo, undo),
  serve(differences.leave, leave),
  serve(differences.reopen, reopen),
  serve(reconciliationSettings.show, (ctx) => shownSettings(ctx.tx, ctx.actor.organisation)),
  serve(reconciliationSettings.save, saveSettings),
]

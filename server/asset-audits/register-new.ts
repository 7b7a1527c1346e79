import type { Input } from '../../contract/action.ts'
import type { assetAudits } from '../../contract/asset-audits.ts'
import { assetTag } from '../../contract/assets.ts'
import { categoryNames, insertListed, listedPage, registerAssets } from '../assets/public.ts'
import type { CustomValues } from '../fields/public.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { invalid } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import type { StoredAudit } from './audits-store.ts'
import type { ShownRowColumns } from './rows-store.ts'
import { foundPlace } from './shown-row.ts'

type Given = Input<typeof assetAudits.settle>['register']

/** The model that stands for what nobody recognised, one for each category; made when it is first needed. */
async function unknownModel(ctx: Ctx, category: string): Promise<string> {
  const { organisation } = ctx.actor
  const known = (await categoryNames(ctx.tx, organisation)).find((one) => one.id === category)
  if (known === undefined) throw invalid('category', 'assets.category-unknown')
  const name = sentence('assetAudits.unknownModel', { category: known.name }).slice(0, 120)
  const { rows } = await listedPage(ctx.tx, 'asset_models', organisation, { q: name, category }, 1, undefined)
  const [there] = rows
  if (there !== undefined && there.name === name) return there.id
  const id = newId()
  const columns = { name, category_id: category, note: '', active: true }
  await insertListed(ctx.tx, 'asset_models', organisation, id, columns)
  ctx.record({ type: 'asset-model.created', subject: { kind: 'asset-model', id }, after: columns })
  return id
}

/** Registers what nobody knew, its code as tag or as serial number, where it was found. Answers the assets in the order of the rows. */
export async function registerNew(
  ctx: Ctx,
  customValues: CustomValues,
  u: StoredAudit,
  rows: readonly ShownRowColumns[],
  given: Given,
): Promise<string[]> {
  if (given === undefined || (given.model === undefined && given.category === undefined))
    throw invalid('category', 'assetAudits.kind-needed')
  const model = given.model ?? (await unknownModel(ctx, given.category!))
  const made = await registerAssets(
    ctx,
    customValues,
    rows.map((row) => {
      const location = foundPlace(u, row)
      if (given.codeIs === 'tag' && !assetTag.safeParse(row.label).success)
        throw invalid('codeIs', 'assetAudits.no-tag', { label: row.label })
      return {
        given: {
          model,
          location,
          note: row.note ?? '',
          ...(given.codeIs === 'tag' ? { tag: row.label } : { serial: row.label.slice(0, 120) }),
        },
        state: location === null ? ('received' as const) : ('in_stock' as const),
      }
    }),
  )
  return made.map((a) => a.id)
}

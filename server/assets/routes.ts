import { assets } from '../../contract/assets.ts'
import { relations, services } from '../../contract/relations.ts'
import { stock } from '../../contract/stock.ts'
import type { CustomValues } from '../fields/public.ts'
import { type Route, serve } from '../platform/mount.ts'
import { changeState } from './actions/change-state.ts'
import { disposeAsset } from './actions/dispose-asset.ts'
import { editAsset, editManyAssets } from './actions/edit-asset.ts'
import { registerAsset } from './actions/register-asset.ts'
import {
  createService,
  editService,
  listRelations,
  listServices,
  relate,
  showImpact,
  unrelate,
} from './actions/relate.ts'
import { revealField } from './actions/reveal-field.ts'
import { listedRoutes } from './actions/save-listed.ts'
import { countStock, createStock, editStock, listStock, showStock } from './actions/save-stock.ts'
import { listAssets, showAsset, showHistory } from './queries/list-assets.ts'

export const assetRoutes = (customValues: CustomValues): Route[] => [
  serve(assets.list, listAssets),
  serve(assets.show, showAsset(customValues)),
  serve(assets.history, showHistory),
  serve(assets.register, registerAsset(customValues)),
  serve(assets.edit, editAsset(customValues)),
  serve(assets.editMany, editManyAssets(customValues)),
  serve(assets.changeState, changeState(customValues)),
  serve(assets.dispose, disposeAsset(customValues)),
  serve(assets.reveal, revealField(customValues)),
  serve(relations.list, listRelations),
  serve(relations.impact, showImpact),
  serve(relations.relate, relate),
  serve(relations.remove, unrelate),
  serve(services.list, listServices),
  serve(services.create, createService),
  serve(services.edit, editService),
  serve(stock.list, listStock),
  serve(stock.show, showStock),
  serve(stock.create, createStock),
  serve(stock.edit, editStock),
  serve(stock.move, countStock),
  ...listedRoutes,
]

import { catalogue, catalogueSetup } from '../../contract/catalogue.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Subjects } from '../platform/subjects.ts'
import { forgetDraft, keepDraft } from './actions/keep-draft.ts'
import { changeOrder, orderService, withdrawOrder } from './actions/order-service.ts'
import {
  createCategory,
  createService,
  editCategory,
  listCategories,
  listManaged,
  publishService,
  retireService,
  saveManaged,
  showManaged,
  tryForm,
} from './actions/set-up-catalogue.ts'
import { listColleagues, listServices, showOrder, showService } from './queries.ts'

export const catalogueRoutes = (subjects: Subjects): Route[] => [
  serve(catalogue.people, listColleagues),
  serve(catalogue.list, listServices),
  serve(catalogue.show, showService),
  serve(catalogue.saveDraft, keepDraft),
  serve(catalogue.discardDraft, forgetDraft),
  serve(catalogue.order, orderService(subjects)),
  serve(catalogue.showOrder, showOrder(subjects)),
  serve(catalogue.changeOrder, changeOrder(subjects)),
  serve(catalogue.withdrawOrder, withdrawOrder(subjects)),
  serve(catalogueSetup.list, listManaged),
  serve(catalogueSetup.show, showManaged),
  serve(catalogueSetup.create, createService),
  serve(catalogueSetup.save, saveManaged),
  serve(catalogueSetup.try, tryForm),
  serve(catalogueSetup.publish, publishService),
  serve(catalogueSetup.retire, retireService),
  serve(catalogueSetup.categories, listCategories),
  serve(catalogueSetup.createCategory, createCategory),
  serve(catalogueSetup.editCategory, editCategory),
]

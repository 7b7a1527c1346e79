/** The door of this capability. */
export { fieldRoutes } from './routes.ts'
export {
  changedValues,
  checkedValue,
  type CustomValues,
  fieldsFor,
  havingValues,
  noValues,
  openCustomValues,
  type StoredValues,
} from './custom-values.ts'
export { claimersOf, fieldsOf, type StoredField } from './store.ts'

/** The door of this capability. */
export { fieldRoutes } from './routes.ts'
export {
  changedValues,
  type CustomValues,
  fieldsFor,
  havingValues,
  noValues,
  openCustomValues,
  type StoredValues,
} from './custom-values.ts'
export { fieldsOf, type StoredField } from './store.ts'

/** The door of this capability. */
export { mountLabels } from './mount-labels.ts'

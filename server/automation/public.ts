/** The door of this capability. */
export { followRules, RuleTimer } from './fire-rules.ts'
export { rulesNeeding } from './candidates-store.ts'
export { automationRoutes } from './routes.ts'

/** The door of this capability. */
export { followRules, RuleTimer } from './fire-rules.ts'
export { automationRoutes } from './routes.ts'

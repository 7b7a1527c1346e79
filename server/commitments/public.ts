/** The door of this capability. */
export { commitmentRoutes } from './routes.ts'
export { clocksOf } from './queries/clocks-of.ts'
export { CommitmentTimer } from './timer.ts'
export { commitmentEstate } from './estate.ts'

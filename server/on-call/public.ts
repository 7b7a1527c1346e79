/** The door of this capability. */
export { onCallRoutes } from './routes.ts'
export { OnCallTimer } from './on-call-timer.ts'
export { callOnCall } from './calling.ts'
export { takeByWorking } from './reactions.ts'

/** The door of this capability. */
export { onCallRoutes } from './routes.ts'
export { onCallTimer } from './on-call-timer.ts'
export { callOnCall } from './calling.ts'
export { onCallSubject } from './subject.ts'
export { takeByWorking } from './reactions.ts'

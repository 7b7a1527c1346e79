/** The door of this capability. */
export { handInAlerts } from './hand-in.ts'
export { mountPings } from './heartbeat-alerts.ts'
export { mountAlerts } from './mount-alerts.ts'
export { monitoringRoutes } from './routes.ts'
export { alertSubject } from './subject.ts'
export { MonitoringTimer } from './timer.ts'

import { heartbeats } from '../../contract/heartbeats.ts'
import { alerts, alertSources } from '../../contract/monitoring.ts'
import { serviceChecks } from '../../contract/service-checks.ts'
import { type Route, serve } from '../platform/mount.ts'
import type { Platform } from '../platform/platform.ts'
import { linkHost, listAlerts, showAlert, showAlertHistory } from './actions/alerts.ts'
import { checkActions, listChecks } from './actions/checks.ts'
import { listDeliveries, showDelivery, takeAgain } from './actions/deliveries.ts'
import { heartbeatActions, listHeartbeats } from './actions/heartbeats.ts'
import { createSource, editSource, explain, listSources, makeKey, showSource } from './actions/set-up-sources.ts'

export function monitoringRoutes(platform: Platform): Route[] {
  const onHeartbeats = heartbeatActions(platform.config.publicUrl)
  const onChecks = checkActions(platform)
  return [
    serve(alerts.list, listAlerts),
    serve(alerts.show, showAlert),
    serve(alerts.history, showAlertHistory),
    serve(alerts.linkHost, linkHost),
    serve(alertSources.list, listSources),
    serve(alertSources.show, showSource),
    serve(alertSources.create, createSource),
    serve(alertSources.edit, editSource),
    serve(alertSources.newKey, makeKey),
    serve(alertSources.deliveries, listDeliveries),
    serve(alertSources.delivery, showDelivery),
    serve(alertSources.again, takeAgain),
    serve(alertSources.explain, explain),
    serve(heartbeats.list, listHeartbeats),
    serve(heartbeats.create, onHeartbeats.create),
    serve(heartbeats.edit, onHeartbeats.edit),
    serve(heartbeats.remove, onHeartbeats.remove),
    serve(serviceChecks.list, listChecks),
    serve(serviceChecks.create, onChecks.create),
    serve(serviceChecks.edit, onChecks.edit),
    serve(serviceChecks.now, onChecks.now),
    serve(serviceChecks.remove, onChecks.remove),
  ]
}

import { keepers, type Row, staff } from './rows.ts'

/** Who may do what in monitoring: technicians look, coordinators set it up. */
export const monitoringTable: Record<string, Row> = {
  'alerts.list': staff,
  'alerts.show': staff,
  'alerts.history': staff,
  'alert-sources.list': staff,
  'alert-sources.show': staff,
  'heartbeats.list': staff,
  'service-checks.list': staff,
  'alerts.link-host': keepers,
  'alert-sources.create': keepers,
  'alert-sources.edit': keepers,
  'alert-sources.new-key': keepers,
  'alert-sources.deliveries': keepers,
  'alert-sources.delivery': keepers,
  'alert-sources.again': keepers,
  'alert-sources.explain': keepers,
  'heartbeats.create': keepers,
  'heartbeats.edit': keepers,
  'heartbeats.remove': keepers,
  'service-checks.create': keepers,
  'service-checks.edit': keepers,
  'service-checks.now': keepers,
  'service-checks.remove': keepers,
}

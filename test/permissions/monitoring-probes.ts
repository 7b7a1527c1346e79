import { heartbeats } from '../../contract/heartbeats.ts'
import { alerts, alertSources } from '../../contract/monitoring.ts'
import { serviceChecks } from '../../contract/service-checks.ts'
import type { Probe } from './probes.ts'

/** One good request to each action of monitoring. */
export const monitoringProbes: Record<string, Probe> = {
  'alerts.list': ({ client }) => client(alerts.list, {}),
  'alerts.show': async ({ client, ground }) => client(alerts.show, { id: await ground.watching.alert() }),
  'alerts.history': async ({ client, ground }) => client(alerts.history, { id: await ground.watching.alert() }),
  'alerts.link-host': async ({ client, ground }) =>
    client(alerts.linkHost, { id: await ground.watching.alert(), asset: ground.register.asset }),
  'alert-sources.list': ({ client }) => client(alertSources.list, {}),
  'alert-sources.show': async ({ client, ground }) => client(alertSources.show, { id: await ground.watching.source() }),
  'alert-sources.create': ({ client, ground, fresh }) =>
    client(alertSources.create, {
      slug: fresh.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
      name: fresh,
      way: 'grafana',
      queue: ground.queue,
    }),
  'alert-sources.edit': async ({ client, ground, fresh }) =>
    client(alertSources.edit, { id: await ground.watching.source(), name: fresh }),
  'alert-sources.new-key': async ({ client, ground }) =>
    client(alertSources.newKey, { id: await ground.watching.source() }),
  'alert-sources.deliveries': async ({ client, ground }) =>
    client(alertSources.deliveries, { id: await ground.watching.source() }),
  'alert-sources.delivery': async ({ client, ground }) =>
    client(alertSources.delivery, { id: await ground.watching.delivery('taken') }),
  'alert-sources.again': async ({ client, ground }) =>
    client(alertSources.again, { id: await ground.watching.delivery('failed') }),
  'alert-sources.explain': ({ client }) => client(alertSources.explain, { way: 'grafana', body: '{}' }),
  'heartbeats.list': ({ client }) => client(heartbeats.list, {}),
  'heartbeats.create': ({ client, fresh }) =>
    client(heartbeats.create, { name: fresh, severity: 'error', everySeconds: 3600 }),
  'heartbeats.edit': async ({ client, ground, fresh }) =>
    client(heartbeats.edit, { id: await ground.watching.heartbeat(), name: fresh }),
  'heartbeats.remove': async ({ client, ground }) =>
    client(heartbeats.remove, { id: await ground.watching.heartbeat() }),
  'service-checks.list': ({ client }) => client(serviceChecks.list, {}),
  'service-checks.create': ({ client, fresh }) =>
    client(serviceChecks.create, { name: fresh, kind: 'certificate', target: 'shop.invalid', severity: 'error' }),
  'service-checks.edit': async ({ client, ground, fresh }) =>
    client(serviceChecks.edit, { id: await ground.watching.check(), name: fresh }),
  'service-checks.now': async ({ client, ground }) => client(serviceChecks.now, { id: await ground.watching.check() }),
  'service-checks.remove': async ({ client, ground }) =>
    client(serviceChecks.remove, { id: await ground.watching.check() }),
}

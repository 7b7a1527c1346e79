import type { Client } from '../../contract/client.ts'
import { heartbeats } from '../../contract/heartbeats.ts'
import { alerts, alertSources } from '../../contract/monitoring.ts'
import { serviceChecks } from '../../contract/service-checks.ts'
import { ticketRules } from '../../contract/ticket-rules.ts'
import { handInAlerts } from '../../server/monitoring/public.ts'
import type { TestServer } from '../support/server.ts'

/** What monitoring sees of the furnished company, and a rule for its tickets. */
export interface Watched {
  alert: string
  alertSource: string
  rule: string
}

export async function furnishMonitoring(server: TestServer, admin: Client, queue: string): Promise<Watched> {
  const { record } = await admin(alertSources.create, {
    slug: 'alertmanager',
    name: 'Prometheus',
    way: 'alertmanager',
    queue,
  })
  const { platform } = server.opened
  const fires = (summary: string, instance: string, severity: string) => ({
    status: 'firing',
    labels: { alertname: summary, instance, severity },
    annotations: { summary, description: 'Two lines\nof what is wrong.' },
    generatorURL: 'https://prometheus.example/graph',
  })
  await handInAlerts(platform, record.id, {
    version: '4',
    alerts: [fires('Disk is full', 'desk-12:9100', 'critical'), fires('Fan is loud', 'rack7', 'info')],
  })
  await handInAlerts(platform, record.id, { not: 'understood' })
  await admin(heartbeats.create, { name: 'Nightly backup', severity: 'error', everySeconds: 86_400 })
  await admin(serviceChecks.create, {
    name: 'Intranet',
    kind: 'http',
    target: 'https://intranet.invalid/',
    severity: 'error',
    active: false,
  })
  const rule = await admin(ticketRules.create, {
    name: 'Payroll to finance',
    event: 'opened',
    conditions: [{ field: 'text', any: ['payroll'] }],
    effects: [
      { do: 'queue', value: queue },
      { do: 'assignee', value: 'in-turn' },
    ],
  })
  const { items } = await admin(alerts.list, { q: 'Disk' })
  return { alert: items[0]!.id, alertSource: record.id, rule: rule.id }
}

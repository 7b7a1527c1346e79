import { heartbeats } from '../contract/heartbeats.ts'
import { alertSources } from '../contract/monitoring.ts'
import { serviceChecks } from '../contract/service-checks.ts'
import type { Opened } from '../server/main.ts'
import { handInAlerts } from '../server/monitoring/public.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'

/** What monitoring of the invented company reports, and what is expected to report. Nothing where some of it is there already. */
export async function watchThings(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from alert_sources limit 1`.execute(db)).rows.length > 0) return
  const cora = cast.actors.get('Cora Lindqvist')!
  const queue = (await sql<{ id: string }>`select id from queues where active order by name limit 1`.execute(db))
    .rows[0]!.id
  const hosts = (
    await sql<{
      name: string
    }>`select name from assets where name <> '' and state = 'deployed' order by name limit 3`.execute(db)
  ).rows.map((row) => row.name)
  const source = async (slug: 'alertmanager' | 'nagios', name: string) =>
    (await opened.act(cora, alertSources.create, { slug, name, way: slug, queue, holdSeconds: 0, quietSeconds: 300 }))
      .record.id
  const prometheus = await source('alertmanager', 'Prometheus, head office')
  const nagios = await source('nagios', 'Nagios, yard')
  const alert = (
    status: 'firing' | 'resolved',
    alertname: string,
    instance: string,
    severity: string,
    description: string,
  ) => ({
    status,
    labels: { alertname, instance, severity },
    annotations: { summary: `${alertname} on ${instance}`, description },
    startsAt: new Date().toISOString(),
  })
  const told = (...alerts: object[]) => handInAlerts(opened.platform, prometheus, { version: '4', alerts })
  await told(
    alert(
      'firing',
      'Disk almost full',
      `${hosts[0] ?? 'file1'}:9100`,
      'critical',
      '/srv has 3 % left and fills within 4 hours.',
    ),
    alert(
      'firing',
      'High memory use',
      'build2.halvorsen-marine.example:9100',
      'warning',
      '94 % of memory in use for 30 minutes.',
    ),
    alert(
      'firing',
      'Backup snapshot is old',
      `${hosts[1] ?? 'nas1'}:9100`,
      'info',
      'The last snapshot is 30 hours old.',
    ),
  )
  for (const status of ['firing', 'resolved', 'firing', 'resolved', 'firing', 'resolved'] as const)
    await told(alert(status, 'Link flaps', 'switch-yard:9116', 'error', 'Port 14 goes up and down.'))
  await handInAlerts(opened.platform, nagios, {
    NOTIFICATIONTYPE: 'PROBLEM',
    HOSTNAME: hosts[2] ?? 'crane-pc',
    SERVICEDESC: 'Ping',
    SERVICESTATE: 'CRITICAL',
    SERVICEOUTPUT: 'PING CRITICAL - Packet loss = 100%',
  })
  await handInAlerts(opened.platform, nagios, { hello: 'This is not from Nagios' })
  await opened.act(cora, heartbeats.create, {
    name: 'Nightly backup of the yard',
    severity: 'critical',
    everySeconds: 86_400,
    graceSeconds: 7200,
  })
  await opened.act(cora, heartbeats.create, {
    name: 'Payroll export',
    severity: 'error',
    everySeconds: 7 * 86_400,
    graceSeconds: 86_400,
  })
  await opened.act(cora, serviceChecks.create, {
    name: 'Web shop',
    kind: 'http',
    target: 'https://shop.halvorsen-marine.example/',
    severity: 'critical',
    expectedText: 'Basket',
    active: false,
  })
  await opened.act(cora, serviceChecks.create, {
    name: 'Certificate of the mail server',
    kind: 'certificate',
    target: 'mail.halvorsen-marine.example:993',
    severity: 'warning',
    warnDays: 21,
    active: false,
  })
}

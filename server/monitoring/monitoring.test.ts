import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import type { Sent } from '../../contract/action.ts'
import { heartbeats } from '../../contract/heartbeats.ts'
import { alerts, alertSources } from '../../contract/monitoring.ts'
import { serviceChecks } from '../../contract/service-checks.ts'
import { ticketMerges } from '../../contract/ticket-merges.ts'
import { ticketItems } from '../../contract/ticket-items.ts'
import { tickets } from '../../contract/tickets.ts'
import { codeOf, placeOf } from '../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'
import { insertDelivery } from './deliveries-store.ts'
import { takeDelivery } from './take-alerts.ts'
import { MonitoringTimer } from './timer.ts'

let server: TestServer
let queue: string
let cora: TestPerson
let tess: TestPerson
let rita: TestPerson
let key: string
let category: string
let now = Date.now()
let timer: MonitoringTimer

beforeAll(async () => {
  server = await startTestServer({ config: { outgoingAllow: '127.0.0.0/8' } })
  queue = await server.queue('Infrastructure', ['Infra'])
  cora = await server.person({ name: 'Cora', role: 'coordinator', teams: ['Infra'] })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Infra'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  category = (await cora.client(assetCategories.create, { name: 'Servers', class: 'device' })).id
  key = (await server.key('coordinator')).key
  timer = new MonitoringTimer(server.opened.platform, () => now)
})
afterAll(async () => await server.stop())

const send = async (source: string, body: unknown, given: { key?: string; form?: boolean; basic?: boolean } = {}) => {
  const secret = given.key ?? key
  const answer = await fetch(`${server.base}/api/v1/alerts/${source}`, {
    method: 'POST',
    headers: {
      'content-type': given.form === true ? 'application/x-www-form-urlencoded' : 'application/json',
      authorization:
        given.basic === true ? `Basic ${Buffer.from(`linchpin:${secret}`).toString('base64')}` : `Bearer ${secret}`,
    },
    body:
      typeof body === 'string'
        ? body
        : given.form === true
          ? new URLSearchParams(body as Record<string, string>).toString()
          : JSON.stringify(body),
  })
  return {
    status: answer.status,
    body: (await answer.json()) as { id: string; alerts: number; left: string[]; error?: { code: string } },
  }
}

const group = (name: string, status: 'firing' | 'resolved', labels: Record<string, string> = {}) => ({
  version: '4',
  status,
  alerts: [
    {
      status,
      labels: { alertname: name, severity: 'critical', ...labels },
      annotations: { summary: name },
      startsAt: '2026-11-30T01:00:00Z',
    },
  ],
})
const alertOf = async (title: string) => (await cora.client(alerts.list, { q: title })).items[0]!
const registered = (name: string) => cora.client(assets.register, { name, category })
const source = async (slug: string, more: Partial<Sent<typeof alertSources.create>> = {}) =>
  cora.client(alertSources.create, { slug, name: slug, way: 'alertmanager', queue, ...more })

describe('an alert and its ticket', () => {
  it('opens one ticket, about the device it names, and resolves it', async () => {
    const { tag } = await registered('db1')
    const fires = await send('alertmanager', group('Disk is full', 'firing', { instance: 'db1.example:9100' }))
    expect(fires).toMatchObject({ status: 202, body: { alerts: 1, left: [] } })
    await send('alertmanager', group('Disk is full', 'firing', { instance: 'db1.example:9100' }))
    const alert = await alertOf('Disk is full')
    expect(alert).toMatchObject({ status: 'firing', times: 2, host: 'db1.example', severity: 'critical' })
    const ticket = await tess.client(tickets.show, { id: alert.ticket!.reference })
    expect(ticket).toMatchObject({
      title: 'Disk is full',
      state: 'new',
      priority: 1,
      source: 'monitoring',
      requester: null,
    })
    const { items } = await tess.client(ticketItems.list, { id: ticket.id })
    expect(items.map(({ item }) => item.reference)).toEqual([tag])
    await send('alertmanager', group('Disk is full', 'resolved', { instance: 'db1.example:9100' }))
    expect(await tess.client(tickets.show, { id: ticket.id })).toMatchObject({ state: 'resolved' })
    // it comes again: the same ticket
    await send('alertmanager', group('Disk is full', 'firing', { instance: 'db1.example:9100' }))
    expect(await tess.client(tickets.show, { id: ticket.id })).toMatchObject({ state: 'new', reopenCount: 1 })
    expect((await cora.client(tickets.list, {})).items.filter((one) => one.title === 'Disk is full')).toHaveLength(1)
  })

  it('goes on in the ticket into which its own was merged, which is about more', async () => {
    await send('alertmanager', group('Switch is hot', 'firing', { instance: 'sw-2' }))
    const alert = await alertOf('Switch is hot')
    const ticket = alert.ticket!
    const { id: other } = await tess.client(tickets.open, { title: 'No network on floor 2', queue })
    await tess.client(ticketMerges.merge, { id: ticket.id, into: other })
    // there it is worked on, so that one is named, and a device is linked there
    expect((await alertOf('Switch is hot')).ticket).toMatchObject({ id: other, open: true })
    const { tag } = await registered('Switch of floor 2')
    await cora.client(alerts.linkHost, { id: alert.id, asset: tag })
    expect((await tess.client(ticketItems.list, { id: other })).items.map(({ item }) => item.reference)).toEqual([tag])
    await send('alertmanager', group('Switch is hot', 'resolved', { instance: 'sw-2' }))
    expect(await tess.client(tickets.show, { id: other })).toMatchObject({ state: 'new' })
    const notes = async () =>
      (await tess.client(tickets.timeline, { id: other, limit: 50 })).items.flatMap((one) =>
        one.note?.from === null ? [one.note.body] : [],
      )
    expect(await notes()).toEqual([expect.stringContaining('Switch is hot')])
    // it comes again when the other is done: that one, and no new one
    await tess.client(tickets.resolve, { id: other })
    await send('alertmanager', group('Switch is hot', 'firing', { instance: 'sw-2' }))
    expect(await tess.client(tickets.show, { id: other })).toMatchObject({ reopenCount: 1 })
    expect((await cora.client(tickets.list, {})).items.filter((one) => one.title === 'Switch is hot')).toHaveLength(1)
    // taken apart, it is the ticket of the alert again
    await tess.client(ticketMerges.takeApart, { id: ticket.id })
    await send('alertmanager', group('Switch is hot', 'resolved', { instance: 'sw-2' }))
    expect(await tess.client(tickets.show, { id: ticket.id })).toMatchObject({ state: 'resolved' })
  })

  it('is not about something that is over and of which nobody heard', async () => {
    expect(await send('alertmanager', group('Long gone', 'resolved'))).toMatchObject({ status: 202 })
    expect((await cora.client(alerts.list, { q: 'Long gone' })).items).toMatchObject([
      { status: 'resolved', ticket: null },
    ])
  })

  it('leaves a ticket to the person who resolved it while the alert goes on', async () => {
    await send('alertmanager', group('Known noise', 'firing'))
    const { ticket } = await alertOf('Known noise')
    await tess.client(tickets.resolve, { id: ticket!.id, resolution: 'Known, ordered.' })
    await send('alertmanager', group('Known noise', 'firing'))
    expect(await tess.client(tickets.show, { id: ticket!.id })).toMatchObject({ state: 'resolved' })
  })

  it('waits until the alert has lasted, and until it has been over', async () => {
    const { record, secret } = await source('patient', { holdSeconds: 60, quietSeconds: 120 })
    now = Date.now()
    await send('patient', group('Slow', 'firing'), { key: secret })
    expect((await alertOf('Slow')).ticket).toBeNull()
    now += 61_000
    await timer.round()
    const { ticket } = await alertOf('Slow')
    expect(ticket).toMatchObject({ open: true })
    await send('patient', group('Slow', 'resolved'), { key: secret })
    now = Date.now() + 60_000
    await timer.round()
    expect((await alertOf('Slow')).ticket).toMatchObject({ open: true })
    now = Date.now() + 121_000
    await timer.round()
    expect((await alertOf('Slow')).ticket).toMatchObject({ open: false })
    expect(await cora.client(alertSources.show, { id: record.id })).toMatchObject({ firing: 0 })
  })

  it('flaps: one ticket, which stays open until it is really over', async () => {
    const { secret } = await source('flapper', { flapChanges: 4, flapSeconds: 600 })
    for (const status of ['firing', 'resolved', 'firing', 'resolved', 'firing', 'resolved'] as const)
      await send('flapper', group('Link flaps', status), { key: secret })
    const alert = await alertOf('Link flaps')
    expect(alert).toMatchObject({ flapping: true, status: 'resolved', ticket: { open: true } })
    now = Date.now() + 601_000
    await timer.round()
    expect((await alertOf('Link flaps')).ticket).toMatchObject({ open: false })
  })

  it('one ticket for a device: others join it, and the last one over resolves it', async () => {
    const { secret } = await source('by-device', { oneTicketFor: 'device' })
    const first = group('CPU', 'firing', { instance: 'web7' })
    await send('by-device', first, { key: secret })
    // the inventory names it otherwise: a person says which it is, for all alerts of the name
    const { tag } = await registered('Web server, rack 7')
    await cora.client(alerts.linkHost, { id: (await alertOf('CPU')).id, asset: tag })
    await send('by-device', group('Memory', 'firing', { instance: 'web7' }), { key: secret })
    const { ticket } = await alertOf('CPU')
    expect((await alertOf('Memory')).ticket?.id).toBe(ticket?.id)
    const { items } = await tess.client(ticketItems.list, { id: ticket!.id })
    expect(items).toHaveLength(1)
    await send('by-device', group('CPU', 'resolved', { instance: 'web7' }), { key: secret })
    expect((await alertOf('Memory')).ticket).toMatchObject({ open: true })
    await send('by-device', group('Memory', 'resolved', { instance: 'web7' }), { key: secret })
    expect((await alertOf('Memory')).ticket).toMatchObject({ open: false })
  })

  it('is not changed by news that is older than what is known', async () => {
    const { db } = server.opened.platform.database
    const { items } = await cora.client(alertSources.list, {})
    const source = items.find((one) => one.slug === 'alertmanager')!
    const late = await insertDelivery(db, {
      organisation_id: server.organisation,
      source_id: source.id,
      media_type: 'application/json',
      body: Buffer.from(JSON.stringify(group('Overtaken', 'firing'))),
      at: new Date(Date.now() - 60_000).toISOString(),
    })
    await send('alertmanager', group('Overtaken', 'resolved'))
    await takeDelivery(server.opened.platform, late)
    expect(await alertOf('Overtaken')).toMatchObject({ status: 'resolved', ticket: null })
  })

  it('one ticket for a device, also where its alerts come and go at once', async () => {
    const { secret } = await source('all-at-once', { oneTicketFor: 'device' })
    await registered('storm1')
    const titles = ['CPU storm', 'Disk storm', 'Fan storm', 'Raid storm', 'Net storm', 'Swap storm']
    await Promise.all(
      titles.map((title) => send('all-at-once', group(title, 'firing', { instance: 'storm1' }), { key: secret })),
    )
    const found = await Promise.all(titles.map(alertOf))
    expect(new Set(found.map((one) => one.ticket?.id)).size).toBe(1)
    await Promise.all(
      titles.map((title) => send('all-at-once', group(title, 'resolved', { instance: 'storm1' }), { key: secret })),
    )
    expect((await alertOf('CPU storm')).ticket).toMatchObject({ open: false })
  })

  it('becomes one alert however many messages come at once', async () => {
    await Promise.all(Array.from({ length: 12 }, () => send('alertmanager', group('At once', 'firing'))))
    expect((await cora.client(alerts.list, { q: 'At once' })).items).toMatchObject([{ times: 12 }])
    expect((await cora.client(tickets.list, {})).items.filter((one) => one.title === 'At once')).toHaveLength(1)
  })
})

describe('what is handed in', () => {
  it('is kept where it cannot be understood, and read again once its source is mended', async () => {
    const { record, secret } = await source('own-tool', { way: 'mapped', mapping: { title: '{wrong}' } })
    const body = { what: 'Raid degraded', node: 'nas1' }
    expect(await send('own-tool', body, { key: secret })).toMatchObject({
      status: 422,
      body: { error: { code: 'monitoring.no-title' } },
    })
    const [failed] = (await cora.client(alertSources.deliveries, { id: record.id, state: 'failed' })).items
    expect(await cora.client(alertSources.delivery, { id: failed!.id })).toMatchObject({
      body: JSON.stringify(body),
      read: [],
    })
    await cora.client(alertSources.edit, { id: record.id, mapping: { title: '{what}', host: ['node'] } })
    await cora.client(alertSources.again, { id: failed!.id })
    now = Date.now() + 31_000
    await timer.round()
    expect(await alertOf('Raid degraded')).toMatchObject({ host: 'nas1', ticket: { open: true } })
    await expect(cora.client(alertSources.again, { id: failed!.id })).rejects.toMatchObject({
      code: 'monitoring.read-already',
    })
  })

  it('comes as a form too, with a key as password', async () => {
    const { secret } = await source('site-nagios', { way: 'nagios' })
    const fields = {
      NOTIFICATIONTYPE: 'PROBLEM',
      HOSTNAME: 'gw',
      SERVICEDESC: 'Ping "wan"',
      SERVICESTATE: 'WARNING',
      SERVICEOUTPUT: 'a & b\nc',
    }
    expect(await send('site-nagios', fields, { key: secret, form: true, basic: true })).toMatchObject({ status: 202 })
    expect(await alertOf('gw: Ping')).toMatchObject({ title: 'gw: Ping "wan" WARNING', severity: 'warning' })
  })

  test.each([
    ['no key', 'alertmanager', { key: 'lpa_nonsense' }, 401],
    ['a source that is not there', 'nobody', {}, 404],
  ] as const)('%s is refused', async (_, slug, given, status) => {
    expect(await send(slug, group('x', 'firing'), given)).toMatchObject({ status })
  })

  it('only with the key of that source, while it takes', async () => {
    const one = await source('one')
    await source('two')
    expect(await send('two', group('x', 'firing'), { key: one.secret })).toMatchObject({ status: 401 })
    expect(
      await send('alertmanager', group('x', 'firing'), { key: (await server.key('technician')).key }),
    ).toMatchObject({ status: 403 })
    await cora.client(alertSources.edit, { id: one.record.id, active: false })
    expect(await send('one', group('x', 'firing'), { key: one.secret })).toMatchObject({ status: 409 })
    const next = await cora.client(alertSources.newKey, { id: one.record.id })
    expect(await send('one', group('x', 'firing'), { key: one.secret })).toMatchObject({ status: 401 })
    expect(next.record.keyPrefix).toBe(next.secret.slice(0, 9))
  })

  test.each([
    '{"broken',
    '[1,',
    '"text"',
    '[]',
    'null',
    '{"alerts":[null]}',
    '\u0000',
    JSON.stringify(group(`${'x'.repeat(249)}😀 half`, 'firing', { 'k\u0000ey': `${'y'.repeat(499)}😀` })),
  ])('no bytes do harm: %s', async (body) => {
    expect((await send('alertmanager', body)).status).toBeLessThan(500)
  })
})

describe('real messages of many systems', () => {
  const folder = resolve(import.meta.dirname, '../../../shared/data/alerts')
  const files = (() => {
    try {
      return readdirSync(folder)
    } catch {
      console.warn('Tests with real messages of monitoring systems are skipped: the data is not there.')
      return []
    }
  })()
  const read = async (file: string, way: string) =>
    cora.client(alertSources.explain, { way, body: readFileSync(join(folder, file), 'utf8') } as never)
  test.skipIf(files.length === 0).each([
    ['alerta__prometheus_v4_alert.json', 'alertmanager', 'No things for over 10 minutes', 'firing', 'critical'],
    ['alerta__prometheus_v3_alert.json', 'alertmanager', expect.any(String), 'firing', expect.any(String)],
    ['prom_post_request.json', 'alertmanager', 'Server High Memory usage', 'firing', 'warning'],
    ['oncall_legacy_alertmanager__example_payload.json', 'alertmanager', 'This is test alert', 'firing', 'critical'],
    ['oncall_grafana__example_payload.json', 'grafana', 'TestAlert', 'firing', 'warning'],
    ['alerta__grafana_alert_alerting.json', 'grafana', 'Zeta CPU alert', 'firing', 'warning'],
    ['alerta__grafana_6.json', 'grafana', 'Testing -> Battery Voltage alert', 'firing', 'warning'],
    ['oncall_zabbix__example_payload.json', 'zabbix', 'TestAlert: The whole system is down', 'firing', 'warning'],
    ['alerta__cloudwatch_notification.json', 'cloudwatch', 'bucketbytesAlarm', 'firing', 'warning'],
    ['alerta__stackdriver_open.json', 'google-cloud', expect.stringContaining('Webserver Health'), 'firing', 'warning'],
    ['alerta__stackdriver_closed.json', 'google-cloud', 'Webserver Health: webserver-85', 'resolved', 'warning'],
    ['alerta__pingdom_down.json', 'pingdom', 'Alerta API on OpenShift: HTTP Error 503', 'firing', 'error'],
    ['alerta__graylog_notification.json', 'graylog', expect.any(String), 'firing', 'warning'],
    ['keep_graylog_provider__ALERTS.json', 'graylog', 'Event - 1', 'firing', 'warning'],
    [
      'keep_libre_nms_provider__ALERTS.json',
      'librenms',
      'Device 10.10.1.147 recovered from Devices up/down',
      'resolved',
      'info',
    ],
    ['alerta__vmware_vrealize.json', 'vrealize', 'sample-info: sample-object-name', 'firing', 'warning'],
    ['keep_checkly_provider__ALERTS.json', 'checkly', 'API Check #1', 'resolved', 'warning'],
    ['keep_wazuh_provider__ALERTS.json', 'wazuh', 'New dpkg (Debian Package) installed.', 'firing', 'info'],
  ])('%s', async (file, way, title, status, severity) => {
    const { alerts: seen } = await read(file, way)
    expect(seen[0]).toMatchObject({ title, status, severity })
  })
  test.skipIf(files.length === 0).each([
    ['alerta__cloudwatch_insufficient_data.json', 'cloudwatch', 'monitoring.no-alert'],
    ['alerta__telegram_close.json', 'alertmanager', 'monitoring.handshake'],
  ])('%s is no alert', async (file, way, code) => {
    expect(await read(file, way)).toMatchObject({ alerts: [], left: [{ code }] })
  })
  test.skipIf(files.length === 0)('an act on an incident is no alert, its end is', async () => {
    const { alerts: seen, left } = await read('alerta__pagerduty_alert.json', 'pagerduty')
    expect(seen).toMatchObject([{ title: '45645', status: 'resolved' }])
    expect(left).toMatchObject([{ code: 'monitoring.no-alert' }])
  })
})

describe('heartbeats', () => {
  const ping = async (address: string, rest = '', body?: string) =>
    fetch(`${server.base}${new URL(address).pathname}${rest}`, body === undefined ? {} : { method: 'POST', body })

  it('one that does not come is an alert with a ticket, and over when it comes', async () => {
    const { record, secret } = await cora.client(heartbeats.create, {
      name: 'Nightly backup',
      severity: 'error',
      everySeconds: 86_400,
      graceSeconds: 3600,
    })
    const state = async () => (await cora.client(heartbeats.list, {})).items.find((one) => one.id === record.id)!.state
    expect(await state()).toBe('waiting')
    expect(await (await ping(secret)).json()).toEqual({ heard: true })
    expect(await state()).toBe('alive')
    now = Date.now() + 86_000_000
    await timer.round()
    expect(await state()).toBe('alive')
    now = Date.now() + 90_001_000
    await timer.round()
    expect(await state()).toBe('missed')
    expect(await alertOf('Nightly backup')).toMatchObject({
      title: 'No report: Nightly backup',
      severity: 'error',
      ticket: { open: true },
    })
    await ping(secret)
    expect(await alertOf('Nightly backup')).toMatchObject({ status: 'resolved', ticket: { open: false } })
    expect(await state()).toBe('alive')
  })

  it('one that says itself that it failed, with its words', async () => {
    const { secret } = await cora.client(heartbeats.create, {
      name: 'Payroll export',
      severity: 'critical',
      everySeconds: 3600,
    })
    await ping(secret, '/fail', 'no space left on device')
    const alert = await alertOf('Payroll export')
    expect(await cora.client(alerts.show, { id: alert.id })).toMatchObject({
      status: 'firing',
      text: 'no space left on device',
    })
    expect((await ping(`${secret}x`)).status).toBe(404)
  })

  it('an edit moves the moment it is due; at rest it is not due, and what it failed with is over', async () => {
    const { record, secret } = await cora.client(heartbeats.create, {
      name: 'Mirror',
      severity: 'error',
      everySeconds: 3600,
      graceSeconds: 600,
    })
    await ping(secret)
    const { lastAt, dueAt } = (await cora.client(heartbeats.list, {})).items.find((one) => one.id === record.id)!
    expect(Date.parse(dueAt!) - Date.parse(lastAt!)).toBe(4_200_000)
    const edited = await cora.client(heartbeats.edit, { id: record.id, version: record.version, everySeconds: 7200 })
    expect(edited).toMatchObject({ everySeconds: 7200, graceSeconds: 600, severity: 'error', state: 'alive' })
    expect(Date.parse(edited.dueAt!) - Date.parse(lastAt!)).toBe(7_800_000)
    await expect(
      cora.client(heartbeats.edit, { id: record.id, version: record.version, everySeconds: 60 }),
    ).rejects.toMatchObject({ status: 409 })
    expect(await placeOf(cora.client(heartbeats.edit, { id: record.id, name: 'Nightly backup' }))).toBe('name')
    expect(await codeOf(tess.client(heartbeats.edit, { id: record.id, name: 'Mine' }))).toBe('forbidden')
    await ping(secret, '/fail')
    expect(await alertOf('Mirror')).toMatchObject({ status: 'firing' })
    expect(await cora.client(heartbeats.edit, { id: record.id, active: false })).toMatchObject({
      state: 'resting',
      dueAt: null,
    })
    expect(await alertOf('Mirror')).toMatchObject({ status: 'resolved' })
  })

  it('is removed with its alert', async () => {
    const { record, secret } = await cora.client(heartbeats.create, {
      name: 'Old job',
      severity: 'error',
      everySeconds: 3600,
    })
    await ping(secret, '/fail')
    await cora.client(heartbeats.remove, { id: record.id })
    expect(await alertOf('Old job')).toMatchObject({ status: 'resolved', ticket: { open: false } })
    expect((await ping(secret)).status).toBe(404)
  })
})

describe('checks', () => {
  let peer: Server
  let port: number
  let answer = { status: 200, body: 'all well' }
  beforeAll(async () => {
    peer = createServer((_request, response) => response.writeHead(answer.status).end(answer.body))
    await new Promise<void>((done) => peer.listen(0, '127.0.0.1', done))
    port = (peer.address() as AddressInfo).port
  })
  afterAll(() => peer.close())
  const state = async (id: string) => (await cora.client(serviceChecks.list, {})).items.find((one) => one.id === id)!

  it('an address: enough failures are an alert, one success ends it', async () => {
    const { id } = await cora.client(serviceChecks.create, {
      name: 'Intranet',
      kind: 'http',
      target: `http://127.0.0.1:${port}/`,
      severity: 'error',
      expectedText: 'well',
    })
    const again = async () => {
      await cora.client(serviceChecks.now, { id })
      await timer.checkRound()
    }
    await again()
    expect((await state(id)).result).toMatchObject({ ok: true })
    answer = { status: 200, body: 'maintenance' }
    await again()
    expect(await state(id)).toMatchObject({
      failures: 1,
      result: { ok: false, words: 'Answered, but without the text “well”.' },
    })
    expect((await cora.client(alerts.list, { q: 'Intranet' })).items).toEqual([])
    await again()
    expect(await alertOf('Intranet')).toMatchObject({ status: 'firing', ticket: { open: true } })
    answer = { status: 200, body: 'all well' }
    await again()
    expect(await alertOf('Intranet')).toMatchObject({ status: 'resolved', ticket: { open: false } })
  })

  it('a port', async () => {
    const { id } = await cora.client(serviceChecks.create, {
      name: 'SSH of gw',
      kind: 'tcp',
      target: `127.0.0.1:${port}`,
      severity: 'error',
    })
    await timer.checkRound()
    expect((await state(id)).result).toMatchObject({ ok: true, words: 'Connected.' })
    await cora.client(serviceChecks.edit, { id, target: '127.0.0.1:1', failuresNeeded: 1 })
    await timer.checkRound()
    expect((await state(id)).result).toMatchObject({ ok: false })
    expect(await alertOf('SSH of gw')).toMatchObject({ status: 'firing' })
    await cora.client(serviceChecks.edit, { id, active: false })
    expect(await alertOf('SSH of gw')).toMatchObject({ status: 'resolved' })
    await expect(cora.client(serviceChecks.now, { id })).rejects.toMatchObject({ code: 'monitoring.check.rests' })
  })

  it('one that is removed is checked no more, and its alert is over', async () => {
    const { id } = await cora.client(serviceChecks.create, {
      name: 'Old gateway',
      kind: 'tcp',
      target: '127.0.0.1:1',
      severity: 'error',
      failuresNeeded: 1,
    })
    await timer.checkRound()
    expect(await alertOf('Old gateway')).toMatchObject({ status: 'firing', ticket: { open: true } })
    expect(await codeOf(tess.client(serviceChecks.remove, { id }))).toBe('forbidden')
    expect(await cora.client(serviceChecks.remove, { id })).toEqual({ removed: true })
    expect(await alertOf('Old gateway')).toMatchObject({ status: 'resolved', ticket: { open: false } })
    expect(await codeOf(cora.client(serviceChecks.remove, { id }))).toBe('not-found')
  })

  test.each([
    ['http', 'http://169.254.169.254/latest/meta-data'],
    ['tcp', '10.0.0.1:22'],
    ['tcp', 'no port'],
    ['http', 'file:///etc/passwd'],
  ] as const)('%s %s is refused', async (kind, target) => {
    await expect(
      cora.client(serviceChecks.create, { name: target, kind, target, severity: 'error' }),
    ).rejects.toMatchObject({ status: 400 })
  })
})

describe('what an alert is about', () => {
  it('is said of a device that is there, where the alert names one', async () => {
    const { secret } = await source('about')
    await send('about', group('Nameless', 'firing'), { key: secret })
    await send('about', group('Named', 'firing', { instance: 'pump-7' }), { key: secret })
    const [nameless, named] = [await alertOf('Nameless'), await alertOf('Named')]
    const pump = await registered('Pump controller')
    expect(await codeOf(cora.client(alerts.linkHost, { id: nameless.id, asset: pump.tag }))).toBe('monitoring.no-host')
    expect(await placeOf(cora.client(alerts.linkHost, { id: named.id, asset: 'NONE-1' }))).toBe('asset')
    expect(await codeOf(tess.client(alerts.linkHost, { id: named.id, asset: pump.tag }))).toBe('forbidden')
    expect(await cora.client(alerts.linkHost, { id: named.id, asset: pump.tag })).toMatchObject({
      asset: { tag: pump.tag },
    })
  })
})

describe('who may what', () => {
  it('technicians look, coordinators set up, requesters see nothing', async () => {
    expect((await tess.client(alerts.list, {})).items.length).toBeGreaterThan(0)
    await expect(
      tess.client(alertSources.create, { slug: 'x', name: 'x', way: 'grafana', queue }),
    ).rejects.toMatchObject({ status: 403 })
    await expect(rita.client(alerts.list, {})).rejects.toMatchObject({ status: 403 })
  })
  it('a ticket that the reader does not see is not named', async () => {
    const outsider = await server.person({ name: 'Otto', role: 'technician', teams: ['Elsewhere'] })
    const { items } = await outsider.client(alerts.list, {})
    expect(items.length).toBeGreaterThan(0)
    expect(items.every((one) => one.ticket === null)).toBe(true)
  })
  it('a ticket has the alerts that opened it, to whoever sees the ticket', async () => {
    const { secret } = await source('locks')
    await send('locks', group('Gate open', 'firing', { instance: 'lock1' }), { key: secret })
    await send('locks', group('Gate shut', 'firing', { instance: 'lock2' }), { key: secret })
    const ticket = (await alertOf('Gate open')).ticket!.id
    const of = async (who: TestPerson) => (await who.client(alerts.list, { ticket })).items.map(({ title }) => title)
    const outsider = await server.person({ name: 'Oda', role: 'technician', teams: ['Elsewhere'] })
    expect(await of(cora)).toEqual(['Gate open'])
    expect(await of(tess)).toEqual(['Gate open'])
    expect(await of(outsider)).toEqual([])
    await expect(of(rita)).rejects.toMatchObject({ status: 403 })
  })
  it('a device has its own alerts, open and over, to whoever may look', async () => {
    const [pump, other] = [await registered('bilge1'), await registered('ballast1')]
    const { secret } = await source('pumps')
    const told = (title: string, name: string, status: 'firing' | 'resolved') =>
      send('pumps', group(title, status, { instance: `${name}.example:9100` }), { key: secret })
    await told('Dry', 'bilge1', 'firing')
    await told('Hot', 'bilge1', 'firing')
    await told('Hot', 'bilge1', 'resolved')
    await told('Loud', 'ballast1', 'firing')
    const of = async (who: TestPerson, asset: string, status: 'firing' | 'resolved') =>
      (await who.client(alerts.list, { asset, status })).items
    const outsider = await server.person({ name: 'Olga', role: 'technician', teams: ['Elsewhere'] })
    expect((await of(tess, pump.id, 'firing')).map(({ title }) => title)).toEqual(['Dry'])
    expect((await of(tess, pump.id, 'resolved')).map(({ title }) => title)).toEqual(['Hot'])
    expect((await of(tess, other.id, 'firing')).map(({ title }) => title)).toEqual(['Loud'])
    expect((await of(cora, pump.id, 'firing'))[0]!.ticket).not.toBeNull()
    // the ticket of another team's queue is not named, the alert is
    expect(await of(outsider, pump.id, 'firing')).toMatchObject([{ title: 'Dry', ticket: null }])
    await expect(of(rita, pump.id, 'firing')).rejects.toMatchObject({ status: 403 })
  })
  it('an edit on an old version is refused', async () => {
    const { record } = await source('versions')
    await cora.client(alertSources.edit, { id: record.id, name: 'Other' })
    await expect(
      cora.client(alertSources.edit, { id: record.id, version: record.version, name: 'Third' }),
    ).rejects.toMatchObject({ status: 409 })
    await expect(source('versions')).rejects.toMatchObject({ code: 'monitoring.slug-taken' })
  })
})

it('an alert whose ticket cannot be written holds up no other that is due', async () => {
  const { secret } = await source('broken-first', { holdSeconds: 60 })
  const named = (title: string) => group(title, 'firing').alerts
  const broken = Array.from({ length: 60 }, (_, n) => named(`Breaks ${n}`)).flat()
  await send('broken-first', { ...group('', 'firing'), alerts: broken }, { key: secret })
  await sql`create function breaks() returns trigger language plpgsql as $$ begin raise 'broken'; end $$`.execute(
    server.db,
  )
  await sql`create trigger breaks before update on alerts for each row when (old.title like 'Breaks %') execute function breaks()`.execute(
    server.db,
  )
  await send('broken-first', group('Comes later', 'firing'), { key: secret })
  now = Date.now() + 61_000
  await timer.round()
  expect((await alertOf('Comes later')).ticket).toBeNull()
  await timer.round()
  expect((await alertOf('Comes later')).ticket).toMatchObject({ open: true })
  // and what failed is tried again
  await sql`drop trigger breaks on alerts`.execute(server.db)
  now += 60_000
  await timer.round()
  await timer.round()
  expect((await alertOf('Breaks 59')).ticket).toMatchObject({ open: true })
})

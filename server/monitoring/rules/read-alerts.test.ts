import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alertMapping, type AlertWay, alertWays } from '../../../contract/monitoring.ts'
import { fill } from './fields.ts'
import { hostIn, readAlerts } from './read-alerts.ts'
import { severityOf } from './severity-words.ts'

const one = (body: unknown, way: AlertWay) => {
  const read = readAlerts(body, way, null)
  if ('code' in read) throw new Error(read.code)
  expect(read.alerts).toHaveLength(1)
  return read.alerts[0]!
}

test('Alertmanager: labels make the alert, whatever their order', () => {
  const body = (labels: object, status = 'firing') => ({
    version: '4',
    status,
    alerts: [
      {
        status,
        labels,
        annotations: { summary: 'Disk is full' },
        startsAt: '2026-11-30T01:00:00.5Z',
        endsAt: '0001-01-01T00:00:00Z',
      },
    ],
  })
  const fires = one(body({ alertname: 'DiskFull', instance: 'db1.example:9100', severity: 'critical' }), 'alertmanager')
  expect(fires).toMatchObject({
    status: 'firing',
    severity: 'critical',
    title: 'Disk is full',
    host: 'db1.example',
    at: '2026-11-30T01:00:00.500Z',
  })
  const over = one(
    body({ severity: 'critical', instance: 'db1.example:9100', alertname: 'DiskFull' }, 'resolved'),
    'alertmanager',
  )
  expect(over).toMatchObject({ status: 'resolved', fingerprint: fires.fingerprint })
})

const nagios = {
  HOSTNAME: 'db1',
  HOSTADDRESS: '10.0.0.5',
  SERVICEDESC: 'Disk',
  SERVICESTATE: 'CRITICAL',
  SERVICEOUTPUT: '99 %',
}
test.each(['PROBLEM', 'RECOVERY'])('Nagios: %s', (NOTIFICATIONTYPE) => {
  expect(one({ ...nagios, NOTIFICATIONTYPE }, 'nagios')).toMatchObject({
    status: NOTIFICATIONTYPE === 'PROBLEM' ? 'firing' : 'resolved',
    title: 'db1: Disk CRITICAL',
    text: '99 %',
    fingerprint: 'db1/Disk',
    severity: 'critical',
  })
})
test.each(['ACKNOWLEDGEMENT', 'FLAPPINGSTART', 'FLAPPINGSTOP', 'DOWNTIMESTART', 'DOWNTIMEEND', 'CUSTOM'])(
  'Nagios: %s is an act on the object and no alert',
  (NOTIFICATIONTYPE) => {
    const read = readAlerts({ ...nagios, NOTIFICATIONTYPE }, 'nagios', null)
    expect(read).toMatchObject({ alerts: [], left: [{ code: 'monitoring.no-alert' }] })
  },
)
test('the names of macros come in any writing', () => {
  const body = { NAGIOS_HOSTNAME: 'db1', $HOSTSTATE$: 'DOWN', notification_type: 'PROBLEM', 'host.output': 'no ping' }
  expect(one(body, 'nagios')).toMatchObject({
    title: 'db1: DOWN',
    host: 'db1',
    severity: 'critical',
    fingerprint: 'db1',
  })
})

test.each([
  [
    { Type: 'SubscriptionConfirmation', SubscribeURL: 'https://sns.example/confirm' },
    'cloudwatch',
    'monitoring.confirm',
  ],
  [{ challenge: 'abc' }, 'mapped', 'monitoring.handshake'],
  [{ event: { event_type: 'pagey.ping', data: {} } }, 'pagerduty', 'monitoring.handshake'],
  [{ update_id: 1, callback_query: { data: '/close' } }, 'mapped', 'monitoring.handshake'],
  [{}, 'alertmanager', 'monitoring.handshake'],
] as const)('a handshake is no alert: %j', (body, way, code) => {
  expect(readAlerts(body, way, null)).toMatchObject({ alerts: [], left: [{ code }] })
})

test('what cannot be understood says so', () => {
  expect(readAlerts('text', 'alertmanager', null)).toEqual({ code: 'monitoring.no-object' })
  expect(readAlerts({ some: 'thing' }, 'alertmanager', null)).toMatchObject({ code: 'monitoring.no-list' })
  expect(readAlerts({ some: 'thing' }, 'pingdom', null)).toMatchObject({ code: 'monitoring.no-title' })
  expect(readAlerts({ alerts: Array.from({ length: 3000 }, () => ({})) }, 'alertmanager', null)).toMatchObject({
    code: 'monitoring.too-many',
  })
})

test('any JSON is read by a mapping', () => {
  const mapping = alertMapping.parse({
    each: 'data.events',
    title: '{check} on {node|site}',
    host: ['node'],
    severity: ['level'],
    status: ['phase'],
    over: ['fine'],
    ignored: ['muted'],
  })
  const body = {
    site: 'Bergen',
    data: {
      events: [
        { check: 'Raid', node: 'nas1', level: 'P1', phase: 'bad' },
        { check: 'Fan', phase: 'FINE' },
        { check: 'Fan', phase: 'muted' },
      ],
    },
  }
  const read = readAlerts(body, 'mapped', mapping)
  expect(read).toMatchObject({
    alerts: [
      { title: 'Raid on nas1', host: 'nas1', severity: 'critical', status: 'firing', fingerprint: 'Raid on nas1/nas1' },
      { title: 'Fan on Bergen', host: null, status: 'resolved' },
    ],
    left: [{ code: 'monitoring.no-alert', params: { said: 'muted' } }],
  })
})

test.each([
  ['{a}: {b}', { a: '/srv is full', b: '-' }, '/srv is full: -'],
  ['{a}: {b}', { b: '/srv' }, '/srv'],
  ['{a}/{b}', { a: 'x' }, 'x'],
  ['{a} on {b} of {c}', { b: 'y' }, 'y'],
  ['on {a}', {}, null],
  ['always', {}, 'always'],
])('%s filled with %j is %s', (template, fields, words) => expect(fill(template, fields, fields)).toBe(words))

test.each([
  ['db1:9100', 'db1'],
  ['https://shop.example/health', 'shop.example'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['Fileserver Lyon', 'Fileserver Lyon'],
])('%s is of host %s', (words, host) => expect(hostIn(words)).toBe(host))

test.each([
  ['CRITICAL', 'critical'],
  ['Not classified', 'info'],
  ['ALERT_CRITICALITY_LEVEL_WARNING', 'warning'],
  ['Disaster', 'critical'],
  ['P2', 'error'],
  ['ominous', 'warning'],
])('the word %s means %s', (word, severity) => expect(severityOf(word)).toBe(severity))

test('whatever comes is read or refused, and what is read can be kept', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...alertWays.filter((way) => way !== 'mapped')), (body, way) => {
      const read = readAlerts(body, way, null)
      if ('code' in read) return
      for (const alert of read.alerts) {
        expect(alert.title).not.toBe('')
        expect(alert.title).not.toMatch(/\p{Cc}/u)
        expect(alert.fingerprint.length).toBeLessThanOrEqual(2000)
        expect(JSON.stringify(alert)).not.toContain('\\u0000')
      }
    }),
  )
})
